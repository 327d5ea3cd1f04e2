// Totals, windows in every order, facets and histograms over the columns say what a plain reading of all events says,
// for logs and filters of every shape, also when imports come in between.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ownColumns } from '#core/browse/columns-access.ts';
import { readFacets } from '#core/browse/facets.ts';
import { readHistogram } from '#core/browse/histogram.ts';
import { readOverTime } from '#core/browse/over-time.ts';
import { readTotal, readWindow } from '#core/browse/windows.ts';
import type { EventQuery } from '#core/model.ts';
import { type FilterTerm, printFilter } from '#core/query/filter.ts';
import { facetKeys } from '#core/query/summaries.ts';
import { openStore } from '#core/store/open.ts';
import { calendarKey, formatUtc, parseBoundary } from '#core/time.ts';
import { addEvents } from '../../support/filled-log.ts';
import { temporaryFolder } from '../../support/workspace.ts';
import { log, type Question } from './arbitrary.ts';
import { facet, type Known, matches, sorted } from './oracle.ts';

const hour = 3_600_000;

const waiting = { signal: new AbortController().signal, progress: () => {} };

test('totals, windows, facets and histograms agree with a plain reading of all events', async () => {
  const folder = temporaryFolder();
  let number = 0;
  await fc.assert(
    fc.asyncProperty(log, async (imports) => {
      number += 1;
      const writer = openStore(`${folder}/${number}`, { mode: 'write' });
      // The disk has nothing to prove here.
      writer.db.pragma('synchronous = OFF');
      const reader = openStore(`${folder}/${number}`, { mode: 'read' });
      try {
        const access = ownColumns();
        const everything: Known[] = [];
        for (const { events, questions } of imports) {
          const uids = addEvents(writer, events);
          everything.push(...events.map((one, at) => ({ ...one, uid: uids[at] as string })));
          const columns = await access.soon(reader, waiting);
          for (const asked of questions) compare(asked, everything, reader, columns);
        }
      } finally {
        reader.close();
        writer.close();
      }
    }),
    { numRuns: 120 },
  );
}, 120_000);

function compare(
  { terms, from, to, zone, sort, first, limit, like, most }: Question,
  everything: readonly Known[],
  store: Parameters<typeof readTotal>[0],
  columns: Parameters<typeof readTotal>[1],
): void {
  const asked: EventQuery = { filter: printFilter(terms), from, to, zone };
  const begin = from === null ? Number.NEGATIVE_INFINITY : parseBoundary(from, zone, 'from');
  const end = to === null ? Number.POSITIVE_INFINITY : parseBoundary(to, zone, 'to');
  if (begin >= end) {
    expect(() => readTotal(store, columns, asked)).toThrow('before it begins');
    return;
  }
  const expected = everything.filter((one) => one.time >= begin && one.time < end && matches(one, terms));
  expect(readTotal(store, columns, asked)).toBe(expected.length);

  const page = (place: { first: number; sort?: typeof sort }, known: typeof columns | null = columns) =>
    readWindow(store, known, asked, { limit, ...place })?.map(({ uid }) => uid);
  const uidsOf = (events: readonly Known[], start: number) =>
    events.slice(start, start + limit).map(({ uid }) => uid);
  expect(page({ first, sort })).toEqual(uidsOf(sorted(expected, sort), first));
  const newest = sorted(expected, { by: 'time', direction: 'desc' });
  expect(page({ first })).toEqual(uidsOf(newest, first));
  expect(page({ first: 0 }, null)).toEqual(uidsOf(newest, 0));

  const requests = facetKeys.map((key) => ({ key, like, limit: most }));
  const read = readFacets(store, columns, asked, requests);
  expect(read.total).toBe(expected.length);
  for (const { key, values, more } of read.facets) {
    const all = facet(expected, everything, key, like);
    expect([key, values]).toEqual([key, all.slice(0, most)]);
    expect(more).toBe(Math.max(0, all.length - most));
  }
  const histogram = readHistogram(store, columns, asked);
  compareHistogram(asked, terms, expected, histogram, { begin, end });
  const overTime = readOverTime(store, columns, asked);
  expect(overTime.buckets.map(({ from, to }) => [from, to])).toEqual(
    histogram.buckets.map(({ from, to }) => [from, to]),
  );
  for (const [at, { category, count }] of overTime.categories.entries()) {
    const times = expected.filter((one) => one.category === category).map(({ time }) => time);
    expect(count).toBe(times.length);
    for (const { from, to, counts } of overTime.buckets)
      expect(counts[at]).toBe(times.filter((one) => one >= Date.parse(from) && one < Date.parse(to)).length);
  }
  expect(overTime.categories.reduce((sum, { count }) => sum + count, 0)).toBe(expected.length);
}

function compareHistogram(
  { zone }: EventQuery,
  terms: readonly FilterTerm[],
  expected: readonly Known[],
  { unit, buckets }: ReturnType<typeof readHistogram>,
  { begin, end }: { begin: number; end: number },
): void {
  expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(expected.length);
  const bound = (key: 'before' | 'after') =>
    terms.filter((one) => one.key === key).map((one) => Date.parse(one.value));
  const times = expected.map(({ time }) => time);
  const first = Math.max(begin, ...bound('after'));
  const last = Math.min(end, ...bound('before')) - 1;
  const start = Number.isFinite(first) ? first : Math.min(...times);
  const stop = Number.isFinite(last) ? last : Math.max(...times);
  if (!(start <= stop) || !Number.isFinite(stop - start)) {
    expect(buckets).toEqual([]);
    return;
  }
  expect(Date.parse(buckets[0]?.from ?? '')).toBeLessThanOrEqual(start);
  expect(Date.parse(buckets[0]?.to ?? '')).toBeGreaterThan(start);
  expect(Date.parse(buckets.at(-1)?.from ?? '')).toBeLessThanOrEqual(stop);
  expect(Date.parse(buckets.at(-1)?.to ?? '')).toBeGreaterThan(stop);
  for (const [at, { from, to, count }] of buckets.entries()) {
    if (at > 0) expect(from).toBe(buckets[at - 1]?.to);
    const [begins, ends] = [Date.parse(from), Date.parse(to)];
    expect(count).toBe(times.filter((time) => time >= begins && time < ends).length);
    // A bucket is one unit of the zone's calendar: its name changes at its edges and nowhere inside.
    expect(unitName(begins, zone, unit)).not.toBe(unitName(begins - 1, zone, unit));
    expect(unitName(ends - 1, zone, unit)).toBe(unitName(begins, zone, unit));
    expect(unitName(ends, zone, unit)).not.toBe(unitName(begins, zone, unit));
  }
}

function unitName(ms: number, zone: string, unit: string): string {
  const date = calendarKey(ms, zone, 'day');
  // The hour that is shown twice in autumn is two; the offset tells them apart.
  if (unit === 'hour') return `${calendarKey(ms, zone, 'hour')} ${offsetText(ms, zone)}`;
  if (unit === 'day') return date;
  if (unit === 'week') {
    const days = Math.floor(Date.parse(date) / (24 * hour));
    return formatUtc((days - ((days + 3) % 7)) * 24 * hour);
  }
  return date.slice(0, unit === 'month' ? 7 : 4);
}

function offsetText(ms: number, zone: string): string {
  return new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).format(ms);
}
