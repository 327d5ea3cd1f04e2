// The change review of a period: which tracks have events in it, what their values were at both ends, and what of it
// deserves a look. Made from the index of tracks without reading a text; what is shown is described in describe.ts.

import { AppError } from '#core/errors.ts';
import type { EventQuery } from '#core/model.ts';
import { besideStamp } from '#core/query/beside.ts';
import { compileQuery } from '#core/query/compile.ts';
import type { EventTally } from '#core/query/tally.ts';
import type { ChangeResult, ExceptionKind, WorkingHours } from '#core/review-model.ts';
import type { Store } from '#core/store/open.ts';
import { placeAt } from '#core/store/sequences.ts';
import { readTracks, type TrackIndex } from '#core/store/tracks.ts';
import { type BaselineValue, createBaselineLookup } from './baseline.ts';
import { createExceptionTests, type ExceptionTests } from './exceptions.ts';
import { readTargetNames } from './target-names.ts';
import type { AskedTickets } from './ticket-matching.ts';
import { type FoundValue, valueAt } from './values.ts';

/** What to review: both ends are needed. */
export type ReviewRequest = EventQuery & {
  from: string;
  to: string;
  hours: WorkingHours | null;
  baseline: readonly BaselineValue[];
  /** A list of tickets, where one was given. */
  tickets?: AskedTickets | null;
  /** Counts and picks events without SQL, where it can. */
  tally?: EventTally;
};

/** A track of the review. Its events of the period stand from `first` to before `end` in the index. */
export type FoundTrack = {
  track: number;
  first: number;
  end: number;
  from: FoundValue;
  to: FoundValue;
  result: ChangeResult;
  breaks: number;
  exceptions: ExceptionKind[];
};

export type FoundReview = {
  index: TrackIndex;
  /** Instants in epoch milliseconds. */
  period: { from: number; to: number };
  rows: FoundTrack[];
  tests: ExceptionTests;
  /** The conditions of the query as SQL over `event e`. */
  where: string;
  params: (string | number)[];
  /** Events of the query that are on one of the rows. */
  inTracks: number;
};

type Kept = { key: string; index: TrackIndex; baseline: readonly BaselineValue[]; review: FoundReview };
const kept = new WeakMap<Store, Kept>();

/**
 * Reviews [from, to): one row for each track with an event in it that the filter matches, by source, target and field.
 * The last review is kept, so that its pages do not begin anew. Call it inside a transaction. Throws AppError('usage').
 */
export function findChanges(store: Store, request: ReviewRequest): FoundReview {
  const index = readTracks(store);
  const { baseline, tickets, tally: _tally, ...rest } = request;
  const key = JSON.stringify([rest, tickets?.key, besideStamp(store, rest.filter)]);
  const known = kept.get(store);
  const isSameBaseline = JSON.stringify(known?.baseline) === JSON.stringify(baseline);
  if (known && known.key === key && known.index === index && isSameBaseline) return known.review;
  const review = find(store, index, request);
  kept.set(store, { key, index, baseline, review });
  return review;
}

function find(store: Store, index: TrackIndex, request: ReviewRequest): FoundReview {
  const { where, params, period } = compileQuery(store, request);
  if (period.from === null || period.to === null)
    throw new AppError('usage', 'A change review needs two dates. Name where the period begins and ends.');
  const bounds = { from: period.from, to: period.to };
  const matching = request.filter.trim() === '' ? null : matchingEvents(store, index, request, where, params);
  const names = request.baseline.length > 0 ? readTargetNames(store, index) : () => [];
  const baselineOf =
    request.baseline.length > 0 ? createBaselineLookup(index, request.baseline, names) : null;
  const tests = createExceptionTests(store, index, { ...request, ...bounds });
  const { tracks } = index;
  const rows: FoundTrack[] = [];
  let inTracks = 0;
  for (const track of index.trackOrder) {
    const first = placeAt(tracks, track, bounds.from);
    const end = placeAt(tracks, track, bounds.to);
    if (first === end) continue;
    const matched = matching ? countMatching(matching, tracks.ids, first, end) : end - first;
    if (matched === 0) continue;
    inTracks += matched;
    const from = valueAt(tracks, track, bounds.from, baselineOf);
    const to = valueAt(tracks, track, bounds.to, baselineOf);
    rows.push({
      track,
      first,
      end,
      from,
      to,
      result: resultOf(from, to),
      breaks: countBreaks(index, track, first, end),
      exceptions: tests.kindsOf(track, first, end),
    });
  }
  return { index, period: bounds, rows, tests, where, params, inTracks };
}

function resultOf(from: FoundValue, to: FoundValue): ChangeResult {
  if (from.certainty === 'unknown' || to.certainty === 'unknown') return 'unknown';
  return from.code === to.code ? 'reverted' : 'changed';
}

/** Breaks between the last event before the period and the last one in it, and to the one a value was inferred from. */
function countBreaks({ tracks }: TrackIndex, track: number, first: number, end: number): number {
  const { starts, first: olds, second: news } = tracks;
  let breaks = 0;
  const last = Math.min(end, (starts[track + 1] as number) - 1);
  for (let at = Math.max(first, (starts[track] as number) + 1); at <= last; at++) {
    // Beyond the period only where the value at its end comes from there.
    if (at === end && news[end - 1] !== 0) break;
    if (news[at - 1] !== 0 && olds[at] !== 0 && news[at - 1] !== olds[at]) breaks += 1;
  }
  return breaks;
}

/** One bit for each event of the log. */
function matchingEvents(
  store: Store,
  index: TrackIndex,
  request: ReviewRequest,
  where: string,
  params: readonly (string | number)[],
): Uint8Array {
  const last = store.db.prepare('SELECT coalesce(max(id), 0) FROM event').pluck().get() as number;
  const bits = new Uint8Array((last >>> 3) + 1);
  if (index.tracks.ids.length === 0) return bits;
  const ids =
    request.tally?.idsOf(request) ??
    (store.db
      .prepare(`SELECT e.id FROM event e WHERE ${where}`)
      .pluck()
      .iterate(...params) as IterableIterator<number>);
  for (const id of ids) (bits[id >>> 3] as number) |= 1 << (id & 7);
  return bits;
}

function countMatching(bits: Uint8Array, ids: Uint32Array, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) {
    const id = ids[at] as number;
    if ((bits[id >>> 3] as number) & (1 << (id & 7))) count += 1;
  }
  return count;
}
