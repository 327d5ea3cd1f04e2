// A change review in figures: results, exceptions, activity, changes by day, and where each event of the period went.

import { type Category, outcomes } from '#core/model.ts';
import {
  type ActivityCount,
  type ChangeSummary,
  changeResults,
  exceptionKinds,
  type ReviewBalance,
} from '#core/review-model.ts';
import { createWayFinder } from '#core/store/access-ways.ts';
import type { Store } from '#core/store/open.ts';
import { calendarKey, formatUtc } from '#core/time.ts';
import type { FoundReview, FoundTrack, ReviewRequest } from './review.ts';
import { countTickets } from './ticketed.ts';

/** Every zone's offset is a multiple of a quarter of an hour. */
const quarter = 900_000;

type Kind = { id: number; category: Category; field: string | null; outcome: number };

/** The figures of a review that was found. */
export function summariseChanges(store: Store, request: ReviewRequest, review: FoundReview): ChangeSummary {
  const kinds = new Map(
    (store.db.prepare('SELECT id, category, field, outcome FROM kind').all() as Kind[]).map((kind) => [
      kind.id,
      kind,
    ]),
  );
  const { rows, tests } = review;
  const count = (has: (row: FoundTrack) => boolean) => rows.reduce((sum, row) => sum + (has(row) ? 1 : 0), 0);
  return {
    from: request.from,
    to: request.to,
    zone: request.zone,
    fromTime: formatUtc(review.period.from),
    toTime: formatUtc(review.period.to),
    tracks: rows.length,
    targets: new Set(rows.map(({ track }) => review.index.placeOfTrack(track))).size,
    results: Object.fromEntries(
      changeResults.map((result) => [result, count((row) => row.result === result)]),
    ) as ChangeSummary['results'],
    ...countEvents(store, review, kinds),
    exceptions: exceptionKinds.map((kind) => ({
      kind,
      rows: count((row) => row.exceptions.includes(kind)),
      skipped: tests.skipped[kind],
    })),
    breaks: {
      tracks: count((row) => row.breaks > 0),
      breaks: rows.reduce((sum, row) => sum + row.breaks, 0),
    },
    days: countDays(review, kinds, request.zone),
    tickets: countTickets(review),
  };
}

/** Each event of the query is counted in exactly one place. */
function countEvents(
  store: Store,
  { where, params, inTracks }: FoundReview,
  kinds: ReadonlyMap<number, Kind>,
): { balance: ReviewBalance; activity: ActivityCount[] } {
  const balance = { events: 0, inTracks, activity: 0, access: 0, withoutValue: 0, failed: 0 };
  const activity = new Map<Category, number>();
  const groups = store.db
    .prepare(`SELECT e.kind_id, count(*) FROM event e WHERE ${where} GROUP BY e.kind_id`)
    .raw()
    .all(...params) as [number, number][];
  for (const [id, count] of groups) {
    const kind = kinds.get(id) as Kind;
    balance.events += count;
    if (kind.field === null) {
      balance.activity += count;
      activity.set(kind.category, (activity.get(kind.category) ?? 0) + count);
    } else if (outcomes[kind.outcome] === 'failure') balance.failed += count;
  }
  balance.access = countAccess(store, where, params, kinds);
  balance.withoutValue =
    balance.events - balance.activity - balance.failed - balance.access - balance.inTracks;
  return {
    balance,
    activity: [...activity]
      .map(([category, count]) => ({ category, count }))
      .sort((a, b) => b.count - a.count || (a.category < b.category ? -1 : 1)),
  };
}

/** Changes of a subject's rights that carry a field and left the tracks for the ledger. */
function countAccess(
  store: Store,
  where: string,
  params: readonly (string | number)[],
  kinds: ReadonlyMap<number, Kind>,
): number {
  const { wayOf } = createWayFinder(store.db);
  const groups = store.db
    .prepare(
      `SELECT e.import_id, e.kind_id, t.type, count(*) FROM event e LEFT JOIN target t ON t.id = e.target_id
       WHERE ${where} AND e.subject_id IS NOT NULL GROUP BY 1, 2, 3`,
    )
    .raw()
    .all(...params) as [number, number, string | null, number][];
  return groups.reduce((sum, [importId, kindId, type, count]) => {
    const kind = kinds.get(kindId) as Kind;
    const isLeft = kind.field !== null && outcomes[kind.outcome] !== 'failure';
    return sum + (isLeft && wayOf(importId, kindId, type) !== 'owner' ? count : 0);
  }, 0);
}

function countDays(
  { index, rows }: FoundReview,
  kinds: ReadonlyMap<number, Kind>,
  zone: string,
): ChangeSummary['days'] {
  const { times, kinds: kindOf } = index.tracks;
  const dayOf = new Map<number, string>();
  const counts = new Map<string, Map<Category, number>>();
  for (const { first, end } of rows) {
    for (let at = first; at < end; at++) {
      const start = Math.floor((times[at] as number) / quarter) * quarter;
      let day = dayOf.get(start);
      if (day === undefined) {
        day = calendarKey(start, zone, 'day');
        dayOf.set(start, day);
      }
      let byCategory = counts.get(day);
      if (!byCategory) {
        byCategory = new Map();
        counts.set(day, byCategory);
      }
      const { category } = kinds.get(kindOf[at] as number) as Kind;
      byCategory.set(category, (byCategory.get(category) ?? 0) + 1);
    }
  }
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([day, byCategory]) => [...byCategory].map(([category, count]) => ({ day, category, count })));
}
