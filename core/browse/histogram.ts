// A query's events over time, in buckets of the zone's calendar. The columns are in order of time, so a bucket is
// two binary searches, however many events there are.

import type { EventQuery } from '#core/model.ts';
import { planQuery } from '#core/query/compile.ts';
import type { BucketUnit, Histogram } from '#core/query/summaries.ts';
import type { Store } from '#core/store/open.ts';
import { formatUtc, offsetAt, parseBoundary } from '#core/time.ts';
import type { Columns } from './columns.ts';
import { rowOf, type Selection, selectRows } from './selection.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** The longest span each unit is used for: some hundred buckets at most, except over very many years. */
const longest: readonly (readonly [BucketUnit, number])[] = [
  ['hour', 4 * day],
  ['day', 200 * day],
  ['week', 4 * 366 * day],
  ['month', 40 * 366 * day],
  ['year', Number.POSITIVE_INFINITY],
];

/** The histogram of a query; without buckets where neither events nor the period say when. */
export function readHistogram(store: Store, columns: Columns, query: EventQuery): Histogram {
  const { unit, buckets } = bucketPlaces(columns, selectRows(store, columns, query), query);
  return { unit, buckets: buckets.map(({ from, to, first, last }) => ({ from, to, count: last - first })) };
}

/** The buckets of a selection; `first` to before `last` are the places of its rows in each. */
export function bucketPlaces(
  columns: Columns,
  selection: Selection,
  query: EventQuery,
): { unit: BucketUnit; buckets: { from: string; to: string; first: number; last: number }[] } {
  const span = spanOf(columns, selection, query);
  if (!span) return { unit: 'day', buckets: [] };
  const unit = (longest.find(([, most]) => span.last - span.first <= most) as [BucketUnit, number])[0];
  let first = 0;
  const buckets = [];
  for (const [from, to] of eachBucket(span.first, span.last, query.zone, unit)) {
    const last = placeAt(columns, selection, to);
    buckets.push({ from: formatUtc(from), to: formatUtc(to), first, last });
    first = last;
  }
  return { unit, buckets };
}

/** First and last instant to show: the period's, or else the events'. */
function spanOf(
  { time }: Columns,
  selection: Selection,
  query: EventQuery,
): { first: number; last: number } | null {
  const bounds = planQuery(query).parts;
  const from = bounds.flatMap((part) => (part.kind === 'from' ? [part.at] : []));
  const to = bounds.flatMap((part) => (part.kind === 'to' ? [part.at - 1] : []));
  const { length } = selection;
  if (length === 0 && (from.length === 0 || to.length === 0)) return null;
  const first = from.length > 0 ? Math.max(...from) : (time[rowOf(selection, 0)] as number);
  const last = to.length > 0 ? Math.min(...to) : (time[rowOf(selection, length - 1)] as number);
  return first <= last ? { first, last } : null;
}

/** Buckets that cover first to last: each a whole unit of the zone's calendar, or the hours of its clock. */
function* eachBucket(
  first: number,
  last: number,
  zone: string,
  unit: BucketUnit,
): Generator<[from: number, to: number]> {
  if (unit === 'hour') {
    // The clock may jump by half an hour: then an hour ends at the jump.
    const intoHour = (at: number) => (((at + offsetAt(at, zone)) % hour) + hour) % hour;
    for (let from = first - intoHour(first); from <= last; ) {
      const to = from + hour - intoHour(from);
      // Just after a jump, what looks like the hour's start lies before it.
      if (to > first) yield [from, to];
      from = to;
    }
    return;
  }
  const date = new Date(first + offsetAt(first, zone));
  date.setUTCHours(0, 0, 0, 0);
  if (unit === 'week') date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  if (unit === 'month' || unit === 'year') date.setUTCDate(1);
  if (unit === 'year') date.setUTCMonth(0);
  const start = () => {
    const text = date.toISOString();
    // The last bucket may end in the year 10,000, which is no date that people write.
    return /^\d/.test(text) ? parseBoundary(text.slice(0, 10), zone, 'from') : date.getTime();
  };
  for (let from = start(); from <= last; ) {
    if (unit === 'month') date.setUTCMonth(date.getUTCMonth() + 1);
    else if (unit === 'year') date.setUTCFullYear(date.getUTCFullYear() + 1);
    else date.setUTCDate(date.getUTCDate() + (unit === 'week' ? 7 : 1));
    const to = start();
    // Where a zone crossed the date line a day is missing.
    if (to > from) yield [from, to];
    from = to;
  }
}

/** How many rows of a selection are before an instant. */
function placeAt({ time }: Columns, selection: Selection, instant: number): number {
  let low = 0;
  let high = selection.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((time[rowOf(selection, middle)] as number) < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}
