// What must be there before a pack is made, and in which words it is asked for.
import { describe, expect, test } from 'vitest';
import { createRate } from '../../renderer/engine/rate.ts';
import {
  type Draft,
  emptyDraft,
  problemsOf,
  readNamed,
  requestOf,
  type SampleDraft,
  stepOf,
} from '../../renderer/evidence/draft.ts';
import { progressWords, shareDone } from '../../renderer/words/progress.ts';

const draft: Draft = {
  ...emptyDraft,
  framework: 'soc2',
  into: { id: 'g1', name: 'Evidence', kind: 'folder', bytes: null },
};

const sampled = (parts: Partial<SampleDraft>): SampleDraft => ({
  ...{ key: 1, method: 'random', size: '', basis: { kind: 'given', words: '' }, strata: 'category' },
  ...{ allocation: 'fixed', categories: [], seed: '', attributes: '', chosen: '', replaced: '' },
  ...parts,
});

describe('a pack', () => {
  test('needs both dates and a folder, and nothing else', () => {
    expect(problemsOf(draft, '2026-01-01', '2026-03-31')).toEqual({});
    expect(Object.keys(problemsOf({ ...draft, into: null }, null, '2026-03-31'))).toEqual(['period', 'into']);
    expect(problemsOf(draft, '2026-04-01', '2026-03-31').period).toContain('after the last');
  });

  test('with a sample needs its size and seed, or the events that are named, each with a reason', () => {
    const found = (...samples: SampleDraft[]) =>
      problemsOf({ ...draft, samples }, '2026-01-01', '2026-03-31');
    const problems = (size: string, seed: string) => Object.keys(found(sampled({ size, seed })));
    expect(problems('25', '4711')).toEqual([]);
    expect(problems('25', ' ')).toEqual(['seed 1']);
    expect(problems('', '4711')).toEqual(['size 1']);
    const second = sampled({ key: 2, size: '5' });
    expect(Object.keys(found(sampled({ size: '25', seed: 's' }), second))).toEqual(['seed 2']);
    expect([stepOf('seed 2'), stepOf('period')]).toEqual(['sampling', 'scope']);
    const named = (chosen: string) => found(sampled({ method: 'judgemental', chosen }))['chosen 1'];
    expect(named('')).toContain('at least one event');
    expect(named('abc\nxyz looks odd')).toContain('Say why');
    expect(named('abc, too late\nxyz looks odd')).toBeUndefined();
    expect(readNamed(' abc, too late \n\n')).toEqual([{ uid: 'abc', reason: 'too late' }]);
    expect(problems('0', '4711')).toEqual(['size 1']);
    expect(problems('2.5', '4711')).toEqual(['size 1']);
  });

  test('asks for no more than what the chosen method takes', () => {
    const period = { from: '2026-01-01', to: '2026-03-31', zone: 'UTC', filter: 'actor:x' };
    const samples = [
      sampled({ size: '5', seed: 's', chosen: 'abc why' }),
      sampled({ key: 2, method: 'judgemental', chosen: 'abc why', seed: 's', size: '5' }),
    ];
    const asked = { ...draft, samples };
    expect(requestOf(asked, period)).toMatchObject({
      filter: '',
      samples: [
        { size: 5, strata: null, allocation: null, chosen: [] },
        { size: 0, seed: '', chosen: [{ uid: 'abc', reason: 'why' }] },
      ],
      redaction: null,
    });
  });
});

describe('progress', () => {
  const at = (done: number, total: number | null, unit = 'bytes') => ({
    stage: 'reading',
    done,
    total,
    unit,
  });

  test('has a rate once there is time to tell, and begins anew with another stage', () => {
    const rate = createRate();
    expect(rate(at(0, 100), 0)).toBeNull();
    expect(rate(at(50, 100), 200)).toBeNull();
    expect(rate(at(100, 100), 1000)).toBe(100);
    expect(rate({ ...at(0, 100), stage: 'indexing' }, 2000)).toBeNull();
  });

  test('says how much of how much, how fast and how long still', () => {
    expect(progressWords({ progress: at(2_000_000, 8_000_000), rate: 1_000_000 })).toBe(
      '2 MB of 8 MB · 1 MB a second · about 6 s left',
    );
    expect(progressWords({ progress: at(1200, null, 'records'), rate: null })).toBe('1,200 records');
    expect(progressWords({ progress: null, rate: null })).toBe('Starting…');
  });

  test('claims a share only of a known whole, and the whole only at its end', () => {
    expect(shareDone(at(5, null))).toBeNull();
    expect(shareDone(at(999, 1000))).toBe(99);
    expect(shareDone(at(1000, 1000))).toBe(100);
  });
});
