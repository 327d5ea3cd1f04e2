// The continuity test: along each track (source, target, field) the old value of an event must be the new value of
// the one before. Where it is not, records are missing or were altered. One pass in the order of an index the query
// sorts by; memory holds one track's last event and the break list.

import type { Break, ContinuityReport } from '#core/model.ts';
import { toUid } from '#core/store/events.ts';
import type { Store } from '#core/store/open.ts';
import { formatUtc } from '#core/time.ts';

/** What a track is followed with: enough to order events of one instant and to name them. */
export type TrackEvent = {
  source: string;
  targetType: string | null;
  /** The target's key: its id, or its name where there is none. */
  targetKey: string;
  targetId: string | null;
  targetName: string | null;
  field: string;
  time: number;
  importId: number;
  row: number;
  part: number;
  occurrence: number;
  isNewestFirst: number;
  recordHash: Buffer;
  oldValue: string | null;
  newValue: string | null;
};

type SourceCounts = { tested: number; consistent: number; breaks: number; untestable: number };

/**
 * Tests every track of the log. Access events with a subject are in the ledger and not in tracks; events without a
 * field are activity. `most` limits how many breaks of each source are listed, the earliest; all are counted.
 */
export function testContinuity(store: Store, most = Number.POSITIVE_INFINITY): ContinuityReport {
  const sources = new Map<string, { counts: SourceCounts; breaks: [TrackEvent, TrackEvent][] }>();
  for (const [earlier, later] of neighbours(store)) {
    let seen = sources.get(later.source);
    if (!seen) {
      seen = { counts: { tested: 0, consistent: 0, breaks: 0, untestable: 0 }, breaks: [] };
      sources.set(later.source, seen);
    }
    const { counts, breaks } = seen;
    if (earlier.newValue === null || later.oldValue === null) counts.untestable += 1;
    else {
      counts.tested += 1;
      if (earlier.newValue === later.oldValue) counts.consistent += 1;
      else {
        counts.breaks += 1;
        breaks.push([earlier, later]);
        if (breaks.length >= most * 2) keepEarliest(breaks, most);
      }
    }
  }
  const all = [...sources].map(([source, { counts }]) => ({ source, ...counts }));
  const sum = (key: 'tested' | 'consistent' | 'untestable') =>
    all.reduce((total, one) => total + one[key], 0);
  for (const { breaks } of sources.values()) keepEarliest(breaks, most);
  const listed = [...sources.values()].flatMap(({ breaks }) => breaks);
  keepEarliest(listed, Number.POSITIVE_INFINITY);
  return {
    tested: sum('tested'),
    consistent: sum('consistent'),
    untestable: sum('untestable'),
    breaks: listed.map(([earlier, later]) => describeBreak(earlier, later)),
    sources: all,
  };
}

function keepEarliest(breaks: [TrackEvent, TrackEvent][], most: number): void {
  breaks.sort(([, a], [, b]) => a.time - b.time);
  if (breaks.length > most) breaks.length = most;
}

/** Consecutive events of every track. */
function* neighbours(store: Store): Generator<[TrackEvent, TrackEvent]> {
  let last: TrackEvent | undefined;
  for (const event of eachTrackEvent(store)) {
    if (last && isSameTrack(last, event)) yield [last, event];
    last = event;
  }
}

/** The events of all tracks, track by track, each in its order. */
export function* eachTrackEvent(store: Store): Generator<TrackEvent> {
  const rows = store.db
    .prepare(
      `SELECT s.name AS source, t.type AS targetType, coalesce(t.target_id, t.name, '') AS targetKey,
         t.target_id AS targetId, t.name AS targetName, f.text AS field, e.time, e.import_id AS importId, e.row, e.part,
         e.occurrence, i.newest_first AS isNewestFirst, r.record_hash AS recordHash,
         r.old_value AS oldValue, r.new_value AS newValue
       FROM event e
       JOIN record r ON r.event_id = e.id
       JOIN source s ON s.id = e.source_id
       JOIN import i ON i.id = e.import_id
       JOIN term f ON f.id = e.field_id
       LEFT JOIN target t ON t.id = e.target_id
       WHERE e.subject_id IS NULL AND (r.old_value IS NOT NULL OR r.new_value IS NOT NULL)
       ORDER BY e.source_id, targetType, targetKey, e.field_id, e.time`,
    )
    .iterate() as IterableIterator<TrackEvent>;
  let instant: TrackEvent[] = [];
  for (const row of rows) {
    const first = instant[0];
    if (first && !(first.time === row.time && isSameTrack(first, row))) {
      yield* orderInstant(instant);
      instant = [];
    }
    instant.push(row);
  }
  yield* orderInstant(instant);
}

/**
 * Events of one track and instant in their order: within a file as its rows stand, reversed when the file is newest
 * first; between files by the hash of the next record of each.
 */
function orderInstant(events: TrackEvent[]): TrackEvent[] {
  if (events.length < 2) return events;
  const files = new Map<number, TrackEvent[]>();
  for (const event of events) files.set(event.importId, [...(files.get(event.importId) ?? []), event]);
  const queues = [...files.values()].map((file) =>
    file.sort((a, b) => (a.row - b.row || a.part - b.part) * (a.isNewestFirst ? -1 : 1)),
  );
  const ordered: TrackEvent[] = [];
  while (ordered.length < events.length) {
    const next = queues
      .filter((queue) => queue.length > 0)
      .reduce((a, b) =>
        Buffer.compare((b[0] as TrackEvent).recordHash, (a[0] as TrackEvent).recordHash) < 0 ? b : a,
      );
    ordered.push(next.shift() as TrackEvent);
  }
  return ordered;
}

function isSameTrack(a: TrackEvent, b: TrackEvent): boolean {
  return (
    a.source === b.source &&
    a.targetType === b.targetType &&
    a.targetKey === b.targetKey &&
    a.field === b.field
  );
}

function describeBreak(earlier: TrackEvent, later: TrackEvent): Break {
  return {
    source: later.source,
    targetType: later.targetType,
    targetId: later.targetId,
    targetName: later.targetName,
    field: later.field,
    earlier: toUid(earlier),
    later: toUid(later),
    earlierTime: formatUtc(earlier.time),
    laterTime: formatUtc(later.time),
    expected: earlier.newValue as string,
    found: later.oldValue as string,
  };
}
