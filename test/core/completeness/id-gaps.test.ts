import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCoverage } from '#core/completeness/coverage.ts';
import { idsCountUp, readIdSequence } from '#core/completeness/id-gaps.ts';
import { describeIds } from '#core/completeness/sentences.ts';
import { loadPresets } from '#core/mapping/preset.ts';
import type { Store } from '#core/store/open.ts';
import { importInto, openTemporaryStore, temporaryFile } from '../../support/workspace.ts';

const start = Date.UTC(2026, 0, 1);
const hour = 3_600_000;
/** Flowtriq events with these ids, an hour apart in the order of the list. */
const withIds = (ids: readonly (number | string)[]) => {
  const lines = ids.map((id, at) => {
    const timestamp = new Date(start + at * hour).toISOString();
    return JSON.stringify({ id, timestamp, event: 'node.add', actor: 'a', node: `n${at}`, ip: null });
  });
  return temporaryFile('ids.ndjson', `${lines.join('\n')}\n`);
};
const always = { from: 0, to: Number.MAX_SAFE_INTEGER };
const sourceOf = (store: Store) =>
  store.db.prepare('SELECT id, name FROM source').get() as {
    id: number;
    name: string;
    preset: string;
  };
async function read(ids: readonly (number | string)[], period = always) {
  const store = openTemporaryStore();
  await importInto(store, withIds(ids), { preset: 'flowtriq' });
  return { store, sequence: readIdSequence(store, sourceOf(store), period) };
}

describe('ids that count up', () => {
  it('names each gap with the events on both sides', async () => {
    const { sequence } = await read([9, 10, 12, 20]);
    expect(sequence).toMatchObject({ held: 4, absent: 8, gapCount: 2 });
    expect(sequence.gaps).toMatchObject([
      { after: 10, before: 12, absent: 1, earlierTime: '2026-01-01T01:00:00.000Z' },
      { after: 12, before: 20, absent: 7, laterTime: '2026-01-01T03:00:00.000Z' },
    ]);
    expect(sequence.gaps[0]?.later).toBe(sequence.gaps[1]?.earlier);
  });

  it('sees no gap where ids follow one another in any order of the file', async () => {
    expect((await read([12, 9, 11, 10])).sequence).toEqual({ held: 4, absent: 0, gapCount: 0, gaps: [] });
  });

  it('takes the events that one record was split into for one id', async () => {
    const { sequence } = await read(['7#1', '7#2', '8', '9#1', '9#2', '9#3']);
    expect(sequence).toMatchObject({ held: 3, absent: 0, gapCount: 0 });
  });

  it('leaves out texts that are no number, and numbers too long to count with', async () => {
    const { sequence } = await read([1, 'evt_5', '7x', '9007199254740993123', '', 2]);
    expect(sequence).toMatchObject({ held: 2, gapCount: 0 });
  });

  it('keeps to the period: gaps that touch it, ids held in it', async () => {
    const ids = [1, 3, 5, 7, 9];
    const { sequence } = await read(ids, { from: start + 2 * hour, to: start + 3 * hour });
    expect(sequence.held).toBe(1);
    expect(sequence.gaps.map((gap) => [gap.after, gap.before])).toEqual([
      [3, 5],
      [5, 7],
    ]);
  });

  it('agrees with counting by hand on any set of ids', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1 }), async (ids) => {
        const { sequence } = await read(ids);
        const sorted = ids.toSorted((a, b) => a - b);
        const absent = [];
        for (let id = sorted[0] as number; id < (sorted.at(-1) as number); id++)
          if (!ids.includes(id)) absent.push(id);
        expect(sequence.absent).toBe(absent.length);
        expect(sequence.gapCount).toBe(absent.filter((id) => ids.includes(id - 1)).length);
      }),
      { numRuns: 25 },
    );
  });

  it('are a matter of the preset that mapped the last import', async () => {
    const flowtriq = loadPresets().find((preset) => preset.id === 'flowtriq');
    const own = (idSequence: boolean) =>
      temporaryFile('own.json', JSON.stringify({ ...flowtriq, id: 'own', idSequence }));
    const store = openTemporaryStore();
    await importInto(store, withIds([1, 3]), { preset: own(false) });
    expect(idsCountUp(store, 1)).toBe(false);
    await importInto(store, withIds([4, 7]), { preset: own(true) });
    expect(idsCountUp(store, 1)).toBe(true);
    const [source] = readCoverage(store, { from: '2026-01-01', to: '2026-01-01', zone: 'UTC' }).sources;
    expect(source?.ids).toMatchObject({ held: 4, absent: 3, gapCount: 2 });
    expect(source?.warnings.map(({ code }) => code)).toContain('id-gap');
  });

  it('are told in a sentence that accuses nobody', async () => {
    const { sequence } = await read([1, 3, 5]);
    expect(describeIds('GitLab', sequence)[0]?.message).toMatch(
      /^2 record ids of GitLab, in 2 gaps, occur in no imported record\./,
    );
    expect(describeIds('GitLab', { ...sequence, gapCount: 0 })).toEqual([]);
  });
});
