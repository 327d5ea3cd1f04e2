// A change review in figures: results, exceptions, activity, changes by day, and where each event of the period went.

import { type Category, categories, outcomes } from '#core/model.ts';
import {
  type ActivityCount,
  type ChangeSummary,
  changeResults,
  type ExceptionKind,
  exceptionKinds,
  type ReviewBalance,
} from '#core/review-model.ts';
import { createWayFinder } from '#core/store/access-ways.ts';
import type { Store } from '#core/store/open.ts';
import type { Place } from '#core/store/tracks.ts';
import { calendarKey, formatUtc } from '#core/time.ts';
import type { FoundReview, ReviewRequest } from './review.ts';
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
  const { rows, tests, index } = review;
  const results = Object.fromEntries(changeResults.map((result) => [result, 0])) as ChangeSummary['results'];
  const excepted = Object.fromEntries(exceptionKinds.map((kind) => [kind, 0])) as Record<
    ExceptionKind,
    number
  >;
  const breaks = { tracks: 0, breaks: 0 };
  // The tracks of a target stand together.
  let targets = 0;
  let last: Place | null = null;
  for (const row of rows) {
    results[row.result] += 1;
    for (const kind of row.exceptions) excepted[kind] += 1;
    breaks.breaks += row.breaks;
    if (row.breaks > 0) breaks.tracks += 1;
    const place = index.placeOfTrack(row.track);
    if (place !== last) targets += 1;
    last = place;
  }
  return {
    from: request.from,
    to: request.to,
    zone: request.zone,
    fromTime: formatUtc(review.period.from),
    toTime: formatUtc(review.period.to),
    tracks: rows.length,
    targets,
    results,
    ...countEvents(store, request, review, kinds),
    exceptions: exceptionKinds.map((kind) => ({ kind, rows: excepted[kind], skipped: tests.skipped[kind] })),
    breaks,
    days: countDays(review, kinds, request.zone),
    tickets: countTickets(review),
  };
}

/** Each event of the query is counted in exactly one place. */
function countEvents(
  store: Store,
  request: ReviewRequest,
  review: FoundReview,
  kinds: ReadonlyMap<number, Kind>,
): { balance: ReviewBalance; activity: ActivityCount[] } {
  const balance = {
    events: 0,
    inTracks: review.inTracks,
    activity: 0,
    access: 0,
    withoutValue: 0,
    failed: 0,
  };
  const activity = new Map<Category, number>();
  const { all, withSubject } = request.tally?.countKinds(request) ?? countKinds(store, review);
  for (const [id, kind] of kinds) {
    const count = all[id] ?? 0;
    if (count === 0) continue;
    balance.events += count;
    if (kind.field === null) {
      balance.activity += count;
      activity.set(kind.category, (activity.get(kind.category) ?? 0) + count);
    } else if (outcomes[kind.outcome] === 'failure') balance.failed += count;
    else balance.access += withSubject[id] ?? 0;
  }
  balance.access -= countOwners(store, request, review, kinds);
  balance.withoutValue =
    balance.events - balance.activity - balance.failed - balance.access - balance.inTracks;
  return {
    balance,
    activity: [...activity]
      .map(([category, count]) => ({ category, count }))
      .sort((a, b) => b.count - a.count || (a.category < b.category ? -1 : 1)),
  };
}

/** How many events there are of each kind, and how many with a subject, by the kind's id. */
function countKinds(
  store: Store,
  { where, params }: FoundReview,
): { all: Record<number, number>; withSubject: Record<number, number> } {
  const groups = store.db
    .prepare(`SELECT e.kind_id, count(*), count(e.subject_id) FROM event e WHERE ${where} GROUP BY e.kind_id`)
    .raw()
    .all(...params) as [number, number, number][];
  return {
    all: Object.fromEntries(groups.map(([id, count]) => [id, count])),
    withSubject: Object.fromEntries(groups.map(([id, , count]) => [id, count])),
  };
}

/** Owner changes that name a subject: unlike other changes of rights they stay on a track beside the ledger. */
function countOwners(
  store: Store,
  request: ReviewRequest,
  { where, params }: FoundReview,
  kinds: ReadonlyMap<number, Kind>,
): number {
  const { wayOf, ownerKinds } = createWayFinder(store.db);
  const possible = ownerKinds.filter((id) => {
    const kind = kinds.get(id) as Kind;
    return kind.field !== null && outcomes[kind.outcome] !== 'failure';
  });
  if (possible.length === 0) return 0;
  const ids = request.tally?.idsOf(request, new Set(possible));
  const isMeant = ids ? 'e.id IN (SELECT value FROM json_each(?))' : where;
  const groups = store.db
    .prepare(
      `SELECT e.import_id, e.kind_id, t.type, count(*) FROM event e LEFT JOIN target t ON t.id = e.target_id
       WHERE ${isMeant} AND e.subject_id IS NOT NULL AND e.kind_id IN (SELECT value FROM json_each(?))
       GROUP BY 1, 2, 3`,
    )
    .raw()
    .all(...(ids ? [JSON.stringify([...ids])] : params), JSON.stringify(possible)) as [
    number,
    number,
    string | null,
    number,
  ][];
  return groups.reduce(
    (sum, [importId, kindId, type, count]) => sum + (wayOf(importId, kindId, type) === 'owner' ? count : 0),
    0,
  );
}

function countDays(
  { index, rows }: FoundReview,
  kinds: ReadonlyMap<number, Kind>,
  zone: string,
): ChangeSummary['days'] {
  const { times, kinds: kindOf } = index.tracks;
  const categoryOf = new Uint8Array(Math.max(0, ...kinds.keys()) + 1);
  for (const [id, { category }] of kinds) categoryOf[id] = categories.indexOf(category);
  // Millions of events fall on few days: numbers alone in the loop, and a day's name asked for once a quarter.
  const dayOf = new Map<number, number>();
  const days = new Map<string, number>();
  const counts: Uint32Array[] = [];
  for (const { first, end } of rows) {
    for (let at = first; at < end; at++) {
      const start = Math.floor((times[at] as number) / quarter);
      let day = dayOf.get(start);
      if (day === undefined) {
        const name = calendarKey(start * quarter, zone, 'day');
        day = days.get(name) ?? counts.push(new Uint32Array(categories.length)) - 1;
        days.set(name, day);
        dayOf.set(start, day);
      }
      ((counts[day] as Uint32Array)[categoryOf[kindOf[at] as number] as number] as number)++;
    }
  }
  return [...days]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([day, at]) =>
      categories.flatMap((category, code) => {
        const count = (counts[at] as Uint32Array)[code] as number;
        return count === 0 ? [] : [{ day, category, count }];
      }),
    );
}
