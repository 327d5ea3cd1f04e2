import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readChangedTracks, readChangeSummary, readStatePage } from '#core/changes/answers.ts';
import { readBaseline } from '#core/changes/baseline.ts';
import { parseWorkingHours } from '#core/working-hours.ts';
import {
  fixture,
  importInto,
  ironflockCsv,
  openTemporaryStore,
  temporaryFile,
} from '../../support/workspace.ts';

const page = { first: 0, limit: 1000, result: null, exception: null };
const review = { filter: '', from: '2026-02-01', to: '2026-02-28', zone: 'UTC', hours: null, baseline: [] };
const row = (time: string, user: string, target: string, next: string, old = '') =>
  `${time},${user},device,${target},press-${target},p,Name,,${old},${next}`;

async function openLog(rows: readonly string[]) {
  const store = openTemporaryStore();
  await importInto(store, temporaryFile('e.csv', ironflockCsv(rows)));
  return store;
}

describe('a change review', () => {
  it('finds in the seeded export what its rules give, in both formats', async () => {
    const expected = JSON.parse(readFileSync(fixture('ironflock-export.expected.json'), 'utf8'))[
      'changes --from 2026-02-01 --to 2026-02-28'
    ].tracks as Record<string, unknown>[];
    const keys = Object.keys(expected[0] as object);
    const plain = (rows: readonly object[]) =>
      rows.map((one) => JSON.stringify(keys.map((key) => (one as Record<string, unknown>)[key]))).toSorted();
    for (const file of ['ironflock-export.csv', 'ironflock-export.json']) {
      const store = openTemporaryStore();
      await importInto(store, fixture(file));
      expect(plain(readChangedTracks(store, review, page).rows)).toEqual(plain(expected));
    }
  });

  it('says the same page by page as at once, and of one result alone', async () => {
    const store = openTemporaryStore();
    await importInto(store, fixture('ironflock-export.csv'));
    const all = readChangedTracks(store, review, page);
    const pages = [0, 100, 200].flatMap(
      (first) => readChangedTracks(store, review, { ...page, first, limit: 100 }).rows,
    );
    expect(pages).toEqual(all.rows);
    const reverted = readChangedTracks(store, review, { ...page, result: 'reverted' });
    expect(reverted.rows).toEqual(all.rows.filter((one) => one.result === 'reverted'));
    expect(readChangeSummary(store, review).results.reverted).toBe(reverted.total);
  });

  it('takes the whole track for its values where a filter picks it by one event', async () => {
    const store = await openLog([
      row('2026-01-05T10:00:00Z', 'ann', '1', 'a'),
      row('2026-02-05T10:00:00Z', 'bob', '1', 'b', 'a'),
      row('2026-02-06T10:00:00Z', 'ann', '1', 'c', 'b'),
      row('2026-02-06T10:00:00Z', 'bob', '2', 'x'),
    ]);
    const { rows } = readChangedTracks(store, { ...review, filter: 'actor:ann' }, page);
    expect(rows).toMatchObject([
      { targetId: '1', valueFrom: 'a', valueTo: 'c', changes: 2, actors: ['ann', 'bob'] },
    ]);
    const summary = readChangeSummary(store, { ...review, filter: 'actor:ann' });
    expect(summary.balance).toMatchObject({ events: 1, inTracks: 1 });
  });

  it('marks what was done outside hours and by whom nobody knows, and says what it could not look for', async () => {
    const store = await openLog([
      row('2026-01-05T10:00:00Z', 'ann', '1', 'a'),
      // Friday, within hours in Berlin; Friday, outside; Saturday.
      row('2026-02-06T16:59:00Z', 'ann', '1', 'b', 'a'),
      row('2026-02-06T17:00:00Z', 'ann', '2', 'b'),
      row('2026-02-07T10:00:00Z', 'eve', '3', 'b'),
    ]);
    const asked = { ...review, zone: 'Europe/Berlin', hours: parseWorkingHours('08:00-18:00', '1-5') };
    const { rows } = readChangedTracks(store, asked, page);
    expect(rows.map((one) => [one.targetId, one.exceptions.map(({ kind }) => kind)])).toEqual([
      ['1', []],
      ['2', ['outside-hours']],
      ['3', ['outside-hours', 'new-actor']],
    ]);
    expect(rows[2]?.exceptions[0]).toMatchObject({
      count: 1,
      events: [rows[2]?.firstEvent],
      reason: 'Outside working hours (Mon–Fri 08:00–18:00, Europe/Berlin).',
    });
    expect(readChangedTracks(store, asked, { ...page, exception: 'new-actor' }).total).toBe(1);
    const { exceptions } = readChangeSummary(store, asked);
    expect(exceptions.map(({ kind, rows, skipped }) => [kind, rows, skipped !== null])).toEqual([
      ['outside-hours', 2, false],
      ['outside-maintenance', 0, true],
      ['new-actor', 1, false],
      ['self-approved', 0, true],
      ['no-ticket', 0, true],
    ]);
    const early = readChangeSummary(store, { ...review, from: '2026-01-01' });
    expect(early.exceptions.find(({ kind }) => kind === 'new-actor')?.skipped).toBe(
      'The log holds nothing before the period.',
    );
  });

  it('marks changes outside the windows that another system logged for the same machine', async () => {
    const store = await openLog([
      row('2026-02-06T10:30:00Z', 'ann', '1', 'b'),
      row('2026-02-06T12:30:00Z', 'ann', '1', 'c', 'b'),
      row('2026-02-06T12:30:00Z', 'ann', '2', 'c'),
    ]);
    await importInto(
      store,
      temporaryFile(
        'f.csv',
        'Timestamp (UTC),Event,Actor,Node / Resource,IP\n2026-02-06 10:00:00,Maintenance Start,ann,press-1,\n2026-02-06 12:00:00,Maintenance End,system,press-1,\n',
      ),
    );
    const { rows } = readChangedTracks(store, review, page);
    expect(rows.map((one) => one.exceptions.map(({ kind, count }) => [kind, count]))).toEqual([
      [['outside-maintenance', 1]],
      [],
    ]);
  });

  it('says that a track breaks where values do not follow on', async () => {
    const store = await openLog([
      row('2026-01-05T10:00:00Z', 'ann', '1', 'a'),
      row('2026-02-05T10:00:00Z', 'ann', '1', 'c', 'b'),
    ]);
    expect(readChangedTracks(store, review, page).rows).toMatchObject([{ breaks: 1 }]);
    expect(readChangeSummary(store, review).breaks).toEqual({ tracks: 1, breaks: 1 });
  });
});

describe('a baseline', () => {
  const csv = (...lines: string[]) =>
    temporaryFile('b.csv', ['target;field;value;date', ...lines, ''].join('\n'));

  it('says what held before the log begins, from the end of its day on', async () => {
    const store = await openLog([row('2026-02-05T10:00:00Z', 'ann', '1', 'b')]);
    const baseline = readBaseline(csv('press-1;Name;"a; b";2026-01-31', 'press-9;Name;x;2026-01-01'), 'UTC');
    const at = (day: string) =>
      readStatePage(store, { at: day, zone: 'UTC', filter: '', baseline }, { first: 0, limit: 10 }).rows.map(
        (one) => [one.targetName, one.value, one.certainty],
      );
    expect(at('2026-01-31')).toEqual([
      ['press-1', 'a; b', 'baseline'],
      ['press-9', 'x', 'baseline'],
    ]);
    expect(at('2026-01-30')[0]).toEqual(['press-1', null, 'unknown']);
    expect(at('2026-02-05')[0]).toEqual(['press-1', 'b', 'asserted']);
    expect(readChangedTracks(store, { ...review, baseline }, page).rows).toMatchObject([
      { valueFrom: 'a; b', certaintyFrom: 'baseline', valueTo: 'b', result: 'changed' },
    ]);
  });

  it('is refused with its line where it makes no sense', () => {
    expect(() => readBaseline(csv('press-1;Name;a;someday'), 'UTC')).toThrow(/Line 2 .*someday/);
    expect(() => readBaseline(csv(';Name;a;2026-01-01'), 'UTC')).toThrow(/line 2: “target” is empty/);
    expect(() => readBaseline(temporaryFile('b.csv', 'a,b\n1,2\n'), 'UTC')).toThrow(/no column “target”/);
  });
});

describe('working hours', () => {
  it('are read in words and refused where they are none', () => {
    expect(parseWorkingHours('8:00 - 18:30', '1,3,7')).toEqual({
      days: [1, 3, 7],
      from: 480,
      to: 1110,
      zone: null,
    });
    expect(() => parseWorkingHours('08:00', '1-5')).toThrow(/no working hours/);
    expect(() => parseWorkingHours('08:00-18:00', '0-5')).toThrow(/no working days/);
  });
});
