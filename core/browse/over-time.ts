// A query's events over time by category. The columns are in order of time, so each bucket is one run of rows, and one
// pass over the kinds of events counts them all.

import { type Category, categories, type EventQuery } from '#core/model.ts';
import type { OverTime } from '#core/query/summaries.ts';
import type { Store } from '#core/store/open.ts';
import type { Columns } from './columns.ts';
import { bucketPlaces } from './histogram.ts';
import { rowOf, selectRows } from './selection.ts';

/**
 * The events of a query in the buckets of its histogram, each by category; categories with most events first.
 * Throws AppError('usage') for a filter, date or zone that makes no sense.
 */
export function readOverTime(store: Store, columns: Columns, query: EventQuery): OverTime {
  const selection = selectRows(store, columns, query);
  const { unit, buckets } = bucketPlaces(columns, selection, query);
  const kinds = store.db.prepare('SELECT id, category FROM kind').raw().all() as [number, Category][];
  const placeOf = new Map(categories.map((category, place) => [category, place]));
  const categoryOf = new Uint8Array(columns.highest.kind + 1).fill(categories.indexOf('other'));
  for (const [id, category] of kinds)
    if (id < categoryOf.length) categoryOf[id] = placeOf.get(category) as number;
  const totals = new Array<number>(categories.length).fill(0);
  const counted = buckets.map(({ from, to, first, last }) => {
    const counts = new Array<number>(categories.length).fill(0);
    for (let place = first; place < last; place++) {
      const category = categoryOf[columns.codes.kind[rowOf(selection, place)] as number] as number;
      counts[category] = (counts[category] as number) + 1;
    }
    for (const [at, count] of counts.entries()) totals[at] = (totals[at] as number) + count;
    return { from, to, counts };
  });
  const seen = categories
    .map((category, place) => ({ category, place, count: totals[place] as number }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || a.place - b.place);
  return {
    unit,
    categories: seen.map(({ category, count }) => ({ category, count })),
    buckets: counted.map(({ from, to, counts }) => ({
      from,
      to,
      counts: seen.map(({ place }) => counts[place] as number),
    })),
  };
}
