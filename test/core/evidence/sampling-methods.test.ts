// Each method of sampling, drawn again from the pack's own files by plain sorts and loops, and by the pack's verifiers.

import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { areas } from '#core/evidence/areas.ts';
import { allocate } from '#core/evidence/sample-rule.ts';
import { verifyPack } from '#core/evidence/verify-pack.ts';
import type { SampleRequest } from '#core/sampling-model.ts';
import { attributeHeadings, attributeSize, checkSampling } from '#core/sampling-model.ts';
import { exhibit } from '../../support/command-line.ts';
import { temporaryFile, temporaryFolder } from '../../support/workspace.ts';
import { create, openSmall, parseCsv, parseNdjson, readPackText, sampling } from './create.ts';
import { readPdf } from './pdf-text.ts';
import { python } from './verifiers.ts';

type Row = {
  event: { uid: string };
  rank: number;
  score: string;
  stratum: string;
  state: string;
  reason: string;
};
type Event = { uid: string; time: string; category: string; actor: string };

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
const score = (seed: string, { uid }: Event) => sha256(`${seed}\u001f${uid}`);
const byScore = (seed: string) => (a: Event, b: Event) => (score(seed, a) < score(seed, b) ? -1 : 1);
const uidsOf = (rows: Row[]) => rows.map(({ event }) => event.uid);

/** A pack with that sample: its events in order, its sampled rows, and that both verifiers accept it. */
async function draw(parts: Partial<SampleRequest>) {
  const { folder } = await create(await openSmall(), { samples: [sampling(parts)] });
  const events = parseNdjson<Event>(readPackText(folder, 'data/10_populations/00_all-events.ndjson'));
  const rows = parseNdjson<Row>(readPackText(folder, 'data/11_samples/01_sample.ndjson'));
  const report = await verifyPack(folder, { signal: new AbortController().signal, progress: () => {} });
  expect(report.failures).toEqual([]);
  expect(report.checks).toContainEqual(expect.objectContaining({ name: 'Sample S-01', status: 'passed' }));
  expect(python(folder).stdout).toMatch(/^passed {3}Sample S-01: \d+ rows drawn again/m);
  return { folder, events, rows };
}

describe('a random sample', () => {
  it('is the first n of all rows by their hash, and replaces a row by the next rank', async () => {
    const first = await draw({ method: 'random', strata: null, allocation: null, size: 8, seed: 'Prüfer' });
    const ranked = first.events.toSorted(byScore('Prüfer')).map(({ uid }) => uid);
    expect(uidsOf(first.rows)).toEqual(ranked.slice(0, 8));

    const [, second, third] = ranked as [string, string, string];
    const replacements = [
      { uid: third, reason: 'the device was scrapped, and its owner’s "file" with it' },
      { uid: second, reason: 'no access to the ticket' },
    ];
    const { folder, rows } = await draw({
      ...{ method: 'random', strata: null, allocation: null, size: 8, seed: 'Prüfer' },
      replacements,
    });
    expect(uidsOf(rows)).toEqual(ranked.slice(0, 10));
    expect(rows.map(({ state }) => state).join(' ')).toBe(
      'drawn replaced replaced drawn drawn drawn drawn drawn replacement replacement',
    );
    const [, ...log] = parseCsv(readPackText(folder, 'data/11_samples/01_replacements.csv'));
    expect(log).toEqual([
      [third, 'all', '3', replacements[0]?.reason, ranked[8]],
      [second, 'all', '2', replacements[1]?.reason, ranked[9]],
    ]);
  });

  it('replaces a replacement, too, and takes rows of the named categories alone', async () => {
    const of = { categories: ['config.changed', 'remote_access'] as SampleRequest['categories'] };
    const usual = { method: 'random', strata: null, allocation: null, size: 2, seed: 's', ...of } as const;
    const { events } = await draw(usual);
    const ranked = events
      .filter(({ category }) => (of.categories as string[]).includes(category))
      .sort(byScore('s'))
      .map(({ uid }) => uid);
    const gone = ranked.slice(1, 3).map((uid) => ({ uid, reason: 'lost' }));
    const { rows } = await draw({ ...usual, replacements: gone });
    expect(uidsOf(rows)).toEqual(ranked.slice(0, 4));
    await expect(
      draw({ ...usual, replacements: [{ uid: ranked[9] as string, reason: 'x' }] }),
    ).rejects.toThrow('is not in the sample');
  });
});

describe('a stratified sample', () => {
  it('takes so many of each month, by rank', async () => {
    const { events, rows } = await draw({ strata: 'month', allocation: 'fixed', size: 2 });
    const months = [...new Set(events.map(({ time }) => time.slice(0, 7)))].sort();
    expect(uidsOf(rows)).toEqual(
      months.flatMap((month) =>
        events
          .filter(({ time }) => time.startsWith(month))
          .sort(byScore('seed'))
          .slice(0, 2)
          .map(({ uid }) => uid),
      ),
    );
  });

  it('shares its rows out in proportion, the rest by the largest remainder', async () => {
    const { events, rows } = await draw({ strata: 'month', allocation: 'proportional', size: 7 });
    // 31, 28 and 1 of 60 events: 3.62, 3.27 and 0.12 rows.
    expect(rows.map(({ stratum }) => stratum)).toEqual([
      ...Array(4).fill('2026-01'),
      ...Array(3).fill('2026-02'),
    ]);
    const january = events.filter(({ time }) => time.startsWith('2026-01')).sort(byScore('seed'));
    expect(uidsOf(rows).slice(0, 4)).toEqual(january.slice(0, 4).map(({ uid }) => uid));
    expect(
      allocate(
        new Map([
          ['b', 1],
          ['a', 1],
          ['c', 1],
        ]),
        2,
      ),
    ).toEqual(
      new Map([
        ['a', 1],
        ['b', 1],
        ['c', 0],
      ]),
    );
  });
});

describe('a systematic sample', () => {
  it('takes every k-th row in order of time from a start that the seed gives', async () => {
    const usual = { method: 'systematic', strata: null, allocation: null, size: 7, seed: 'k' } as const;
    const { events, rows } = await draw(usual);
    const start = Number(BigInt(`0x${sha256('k').slice(0, 12)}`) % 8n);
    const expected = [0, 1, 2, 3, 4, 5, 6].map((at) => (events[start + at * 8] as Event).uid);
    expect(uidsOf(rows)).toEqual(expected);
    expect(rows.map(({ score: position }) => Number(position))).toEqual(
      expected.map((_, at) => start + at * 8),
    );

    const { rows: again } = await draw({
      ...usual,
      replacements: [{ uid: expected[2] as string, reason: 'unreadable' }],
    });
    const next = events.toSorted(byScore('k')).find(({ uid }) => !expected.includes(uid));
    expect(uidsOf(again)).toEqual([...expected, next?.uid]);
    expect(again.at(-1)).toMatchObject({ stratum: 'replacement', rank: 1, state: 'replacement' });
  });
});

describe('a judgemental sample', () => {
  const usual = { method: 'judgemental', seed: '', size: 0, strata: null, allocation: null } as const;

  it('is the rows that were named, in their order, each with its reason, and a sheet to tick', async () => {
    const { events } = await draw({});
    const chosen = [events[40], events[3]].map((event, at) => ({
      uid: (event as Event).uid,
      reason: `suspicious ${at}`,
    }));
    const { folder, rows } = await draw({
      ...usual,
      chosen,
      attributes: ['approved before', 'by somebody else'],
    });
    expect(rows.map(({ event, reason, state }) => [event.uid, reason, state])).toEqual(
      chosen.map(({ uid, reason }) => [uid, reason, 'chosen']),
    );
    const [header, ...cells] = parseCsv(readPackText(folder, 'data/11_samples/01_tick-sheet.csv'));
    expect(header?.slice(-6)).toEqual([
      'A: approved before',
      'B: by somebody else',
      'Evidence',
      'Tester',
      'Tested on',
      'Exception',
    ]);
    expect(cells.map((row) => row.slice(-6))).toEqual(chosen.map(() => Array(6).fill(null)));
  });

  it('refuses an event that is not in the population, and one without a reason', async () => {
    await expect(draw({ ...usual, chosen: [{ uid: 'NOWHERE', reason: 'x' }] })).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('NOWHERE is not in the population'),
    });
    expect(() => checkSampling(sampling({ ...usual, chosen: [{ uid: 'A', reason: ' ' }] }))).toThrow(
      'each event of a judgemental sample has a reason',
    );
  });
});

describe('several samples', () => {
  const random = { method: 'random', strata: null, allocation: null } as const;

  it('have a population, files, a sheet and a verdict each, and an event that is in two counts once', async () => {
    const store = await openSmall();
    const rights: SampleRequest['categories'] = [...(areas[0]?.categories ?? [])];
    const alone = await create(store, { samples: [sampling({ ...random, size: 4, categories: rights })] });
    const both = await create(store, {
      samples: [sampling({ ...random, size: 60 }), sampling({ ...random, size: 4, categories: rights })],
    });
    expect(both.sampled).toBe(64);
    const text = (folder: string, name: string) => readPackText(folder, `data/11_samples/${name}`);
    expect(text(both.folder, '02_sample.ndjson')).toBe(text(alone.folder, '01_sample.ndjson'));
    expect(text(both.folder, '02_tick-sheet.csv')).toBe(text(alone.folder, '01_tick-sheet.csv'));
    const populations = JSON.parse(readPackText(both.folder, 'data/30_query/populations.json'));
    expect(JSON.parse(text(both.folder, '02_sampling.json'))).toMatchObject({
      id: 'S-02',
      population: { id: 'P-01', rows: populations[1].rows, root: populations[1].root },
    });
    const { checks, failures } = await verifyPack(both.folder, {
      signal: new AbortController().signal,
      progress: () => {},
    });
    expect(failures).toEqual([]);
    expect(checks.filter(({ name }) => name.startsWith('Sample')).map(({ name }) => name)).toEqual([
      'Sample S-01',
      'Sample S-02',
    ]);
    // All sixty events are in the first sample: no control counts one twice.
    const { pages } = readPdf(readFileSync(join(both.folder, 'data/01_Evidence_Report.pdf')));
    const report = pages.join(' ').replace(/\s+/g, ' ');
    expect(report).toContain(`Random sample of P-01 accounts and access rights`);
    expect(report).toMatch(/Events listed, sampled (\d+) \1 /);

    const second = join(both.folder, 'data/11_samples/02_sample.ndjson');
    writeFileSync(second, readFileSync(second, 'utf8').split('\n').slice(1).join('\n'));
    expect(python(both.folder).stdout).toMatch(/^passed {3}Sample S-01:(.|\n)*^failed {3}Sample S-02:/m);
  });

  it('are asked for by repeating the option, what stands before the first counting for all', async () => {
    const { folder: workspace } = await openSmall();
    const usual = ['-w', workspace, '--framework', 'soc2', '--from', '2026-01-01', '--to', '2026-03-31'];
    const pack = (...more: string[]) =>
      exhibit(['pack', ...usual, '--json', '--out', temporaryFolder(), ...more]);
    const two = ['--seed', 'both', '--sampling', 'random', '--sample-of', 'P-04', '--sample', '5'];
    const made = pack(...two, '--sampling', 'systematic', '--sample', '6', '--seed', 'own', '--zone', 'UTC');
    const recipe = JSON.parse(readPackText(JSON.parse(made.out).folder, 'data/30_query/recipe.json'));
    expect(recipe.samples).toMatchObject([
      { method: 'random', seed: 'both', size: 5, categories: areas[3]?.categories },
      { method: 'systematic', seed: 'own', size: 6, categories: [] },
    ]);
    const wrong = pack(...two, '--sampling', 'random');
    expect([wrong.exit, wrong.err]).toEqual([2, expect.stringContaining('S-02: A sample needs both')]);
  });
});

describe('the verifiers', () => {
  it('fail when a row of the sample was exchanged for another one', async () => {
    const { folder, rows } = await draw({ method: 'random', strata: null, allocation: null, size: 3 });
    const path = join(folder, 'data/11_samples/01_sample.ndjson');
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    writeFileSync(path, `${[lines[0], lines[1], lines[1]].join('\n')}\n`);
    expect(python(folder).stdout).toMatch(/^failed {3}Sample S-01:/m);
    const { failures } = await verifyPack(folder, {
      signal: new AbortController().signal,
      progress: () => {},
    });
    expect(rows).toHaveLength(3);
    expect(failures.map(({ check }) => check)).toContain('manifest-sha256.txt');
  });
});

describe('the size of a sample', () => {
  it('follows from confidence and tolerable deviation as in the tables of auditors', () => {
    expect([
      attributeSize(90, 10),
      attributeSize(95, 10),
      attributeSize(90, 5),
      attributeSize(95, 5),
    ]).toEqual([22, 29, 45, 59]);
    expect(attributeSize(99, 90)).toBe(2);
    expect(() =>
      checkSampling(sampling({ size: 58, basis: { kind: 'formula', confidence: 95, tolerable: 5 } })),
    ).toThrow('gives 59 rows, not 58');
    expect(attributeHeadings({ attributes: [] })).toEqual(['Attribute A', 'Attribute B', 'Attribute C']);
  });

  it('is taken by commands from the formula or from the table of frequencies', async () => {
    const workspace = (await openSmall()).folder;
    const chosen = temporaryFile('named.csv', 'uid,reason\nNOWHERE,looks odd\n');
    const usual = ['-w', workspace, '--framework', 'soc2', '--from', '2026-01-01', '--to', '2026-03-31'];
    const pack = (...more: string[]) =>
      exhibit(['pack', ...usual, '--json', '--out', temporaryFolder(), ...more]);
    const drawnBy = (...more: string[]) => {
      const { folder } = JSON.parse(pack('--seed', '7', '--sampling', 'random', ...more).out);
      return JSON.parse(readPackText(folder, 'data/11_samples/01_sampling.json'));
    };
    expect(drawnBy('--confidence', '90', '--tolerable', '10')).toMatchObject({
      drawn: 22,
      basis: expect.stringContaining('= 22'),
    });
    expect(drawnBy('--frequency', 'weekly')).toMatchObject({
      size: 10,
      basis: expect.stringMatching(/Weekly, 5 to 10/),
    });
    const refused = pack('--chosen', chosen);
    expect(refused.exit).toBe(2);
    expect(refused.err).toContain('NOWHERE is not in the population');
  });
});
