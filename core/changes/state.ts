// The state at an instant: the value of every track, and the event that says so. Tracks that a baseline alone knows
// are listed behind those of the log.

import type { EventQuery } from '#core/model.ts';
import { besideStamp } from '#core/query/beside.ts';
import { compileQuery } from '#core/query/compile.ts';
import { type Certainty, certainties, type TrackState } from '#core/review-model.ts';
import type { Store } from '#core/store/open.ts';
import { readTracks, type TrackIndex } from '#core/store/tracks.ts';
import { parseBoundary } from '#core/time.ts';
import { type BaselineValue, createBaselineLookup } from './baseline.ts';
import { createEventNames } from './describe.ts';
import { readTargetNames } from './target-names.ts';
import { valueAt } from './values.ts';

/** `at` is a date, meaning the end of its day in the zone, or an instant. The filter picks tracks by their events. */
export type StateRequest = { at: string; zone: string; filter: string; baseline: readonly BaselineValue[] };

export type StateAt = {
  /** Epoch milliseconds, exclusive. */
  time: number;
  total: number;
  counts: Record<Certainty, number>;
  rows(first: number, limit: number): TrackState[];
};

type Row = { track: number; certainty: Certainty } | BaselineValue;
type Kept = { key: string; index: TrackIndex; state: Omit<StateAt, 'rows'> & { rows: Row[] } };
const kept = new WeakMap<Store, Kept>();

/** The state at an instant. Call it, and its rows, inside a transaction. Throws AppError('usage'). */
export function readState(store: Store, request: StateRequest): StateAt {
  const index = readTracks(store);
  const names = request.baseline.length > 0 ? readTargetNames(store, index) : () => [];
  const baselineOf =
    request.baseline.length > 0 ? createBaselineLookup(index, request.baseline, names) : null;
  const key = JSON.stringify([request, besideStamp(store, request.filter)]);
  let known = kept.get(store);
  if (known?.key !== key || known.index !== index) {
    known = { key, index, state: find(store, index, request, baselineOf, names) };
    kept.set(store, known);
  }
  const { time, counts, rows } = known.state;
  const describe = createDescriber(store, index, time, baselineOf);
  return {
    time,
    counts,
    total: rows.length,
    rows: (first, limit) => rows.slice(first, first + limit).map(describe),
  };
}

type BaselineOf = ReturnType<typeof createBaselineLookup> | null;

function find(
  store: Store,
  index: TrackIndex,
  request: StateRequest,
  baselineOf: BaselineOf,
  namesOf: (track: number) => readonly string[],
): Kept['state'] {
  const time = parseBoundary(request.at, request.zone, 'to');
  const picked = request.filter.trim() === '' ? null : pickTracks(store, index, request);
  const counts = Object.fromEntries(certainties.map((one) => [one, 0])) as Record<Certainty, number>;
  const rows: Row[] = [];
  for (const track of index.trackOrder) {
    if (picked && !picked.has(track)) continue;
    const { certainty } = valueAt(index.tracks, track, time, baselineOf);
    counts[certainty] += 1;
    rows.push({ track, certainty });
  }
  if (!picked) {
    for (const value of alone(index, request.baseline, namesOf, time)) {
      counts.baseline += 1;
      rows.push(value);
    }
  }
  return { time, total: rows.length, counts, rows };
}

/** Tracks with an event that the filter matches, at whatever time. */
function pickTracks(store: Store, index: TrackIndex, request: StateRequest): Set<number> {
  const query: EventQuery = { filter: request.filter, from: null, to: null, zone: request.zone };
  const { where, params } = compileQuery(store, query);
  const ids = new Set(
    store.db
      .prepare(`SELECT e.id FROM event e WHERE ${where}`)
      .pluck()
      .all(...params) as number[],
  );
  const { starts, ids: column } = index.tracks;
  return new Set(
    [...index.trackOrder].filter((track) => {
      for (let at = starts[track] as number; at < (starts[track + 1] as number); at++)
        if (ids.has(column[at] as number)) return true;
      return false;
    }),
  );
}

/** The latest baseline values, dated before an instant, of what the log has no track of. */
function alone(
  index: TrackIndex,
  baseline: readonly BaselineValue[],
  namesOf: (track: number) => readonly string[],
  time: number,
): BaselineValue[] {
  if (baseline.length === 0) return [];
  const known = new Set<string>();
  for (const track of index.trackOrder) {
    const { key } = index.placeOfTrack(track);
    for (const name of [key ?? '', ...namesOf(track)])
      known.add(JSON.stringify([name, index.fieldOf(track)]));
  }
  const latest = new Map<string, BaselineValue>();
  for (const value of baseline) {
    if (value.time >= time || known.has(JSON.stringify([value.target, value.field]))) continue;
    const key = JSON.stringify([value.source, value.type, value.target, value.field]);
    const other = latest.get(key);
    if (!other || other.time < value.time) latest.set(key, value);
  }
  return [...latest.values()];
}

function createDescriber(store: Store, index: TrackIndex, time: number, baselineOf: BaselineOf) {
  const { nameOf, textOf } = createEventNames(store);
  const { starts, ids } = index.tracks;
  return (row: Row): TrackState => {
    if (!('track' in row))
      return {
        source: row.source ?? '',
        targetType: row.type,
        targetId: null,
        targetName: row.target,
        field: row.field,
        value: row.value,
        certainty: 'baseline',
        event: null,
      };
    const found = valueAt(index.tracks, row.track, time, baselineOf);
    const { source, targetType, targetId, targetName, field, uid } = nameOf(
      ids[found.at ?? (starts[row.track] as number)] as number,
    );
    return {
      source,
      targetType,
      targetId,
      targetName,
      field,
      value: textOf(found, ids),
      certainty: found.certainty,
      event: found.at === null ? null : uid,
    };
  };
}
