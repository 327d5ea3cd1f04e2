// The continuity test: along each track (source, target, field) the old value of an event must be the new value of
// the one before. Where it is not, records are missing or were altered. SQLite sorts narrow rows of numbers; values
// are read event by event in that order, names only for the breaks. Memory holds one instant and the break list.

import { createHashHead } from '#core/integrity/identity.ts';
import type { Break, ContinuityReport } from '#core/model.ts';
import { selectUid, toUid, type UidParts } from '#core/store/events.ts';
import type { Store } from '#core/store/open.ts';
import { formatUtc } from '#core/time.ts';

/** An event on its track. `track` is the same number for the same source, target and field, and no other. */
type TrackEvent = {
  id: number;
  source: number;
  track: number;
  time: number;
  oldValue: string | null;
  newValue: string | null;
};

type SourceCounts = { tested: number; consistent: number; breaks: number; untestable: number };
type FoundBreak = { earlier: TrackEvent; later: TrackEvent };

/**
 * Tests every track of the log. Access events with a subject are in the ledger and not in tracks; events without a
 * field are activity. `most` limits how many breaks of each source are listed, the earliest; all are counted.
 */
export function testContinuity(store: Store, most = Number.POSITIVE_INFINITY): ContinuityReport {
  // One snapshot: an import that ends meanwhile must not change half of the answer.
  return store.db.transaction(() => testTracks(store, most))();
}

function testTracks(store: Store, most: number): ContinuityReport {
  const sources = new Map<number, { counts: SourceCounts; breaks: FoundBreak[] }>();
  let earlier: TrackEvent | undefined;
  for (const later of eachTrackEvent(store)) {
    if (earlier?.track === later.track) {
      const seen = sources.get(later.source) ?? {
        counts: { tested: 0, consistent: 0, breaks: 0, untestable: 0 },
        breaks: [],
      };
      sources.set(later.source, seen);
      compare(earlier, later, seen.counts, seen.breaks);
      if (seen.breaks.length >= most * 2) keepEarliest(seen.breaks, most);
    }
    earlier = later;
  }
  const nameOf = store.db.prepare('SELECT name FROM source WHERE id = ?').pluck();
  const all = [...sources].map(([id, { counts }]) => ({ source: nameOf.get(id) as string, ...counts }));
  const sum = (key: 'tested' | 'consistent' | 'untestable') =>
    all.reduce((total, one) => total + one[key], 0);
  for (const { breaks } of sources.values()) keepEarliest(breaks, most);
  const listed = [...sources.values()].flatMap(({ breaks }) => breaks);
  keepEarliest(listed, Number.POSITIVE_INFINITY);
  return {
    tested: sum('tested'),
    consistent: sum('consistent'),
    untestable: sum('untestable'),
    breaks: listed.map(createDescriber(store)),
    sources: all,
  };
}

function compare(earlier: TrackEvent, later: TrackEvent, counts: SourceCounts, breaks: FoundBreak[]): void {
  if (earlier.newValue === null || later.oldValue === null) counts.untestable += 1;
  else {
    counts.tested += 1;
    if (earlier.newValue === later.oldValue) counts.consistent += 1;
    else {
      counts.breaks += 1;
      breaks.push({ earlier, later });
    }
  }
}

function keepEarliest(breaks: FoundBreak[], most: number): void {
  breaks.sort((a, b) => a.later.time - b.later.time);
  if (breaks.length > most) breaks.length = most;
}

/** The events of all tracks that have a value, track by track, each in its order. */
function* eachTrackEvent(store: Store): Generator<TrackEvent> {
  const valuesOf = store.db.prepare('SELECT old_value, new_value FROM record WHERE event_id = ?').raw();
  const rows = store.db
    .prepare(
      // The key of a target is its id, or its name where there is none: renamed targets stay one.
      `WITH subject_of AS (
         SELECT id, CASE WHEN coalesce(type, target_id, name) IS NULL THEN 0
           ELSE min(id) OVER (PARTITION BY type, coalesce(target_id, name)) END AS key FROM target),
       field_of AS (
         SELECT id, min(id) OVER (PARTITION BY field) AS key FROM kind WHERE field IS NOT NULL)
       SELECT e.id, e.source_id, coalesce(s.key, 0), f.key, e.time
       FROM event e JOIN field_of f ON f.id = e.kind_id LEFT JOIN subject_of s ON s.id = e.target_id
       WHERE e.subject_id IS NULL
       ORDER BY 2, 3, 4, 5`,
    )
    .raw()
    .iterate() as IterableIterator<[number, number, number, number, number]>;
  let track = 0;
  let [lastSource, lastKey, lastField] = [0, 0, 0];
  let instant: TrackEvent[] = [];
  for (const [id, source, key, field, time] of rows) {
    if (source !== lastSource || key !== lastKey || field !== lastField) track += 1;
    [lastSource, lastKey, lastField] = [source, key, field];
    const [oldValue, newValue] = valuesOf.get(id) as [string | null, string | null];
    if (oldValue === null && newValue === null) continue;
    const first = instant[0];
    if (first && (first.time !== time || first.track !== track)) {
      yield* orderInstant(store, instant);
      instant = [];
    }
    instant.push({ id, source, track, time, oldValue, newValue });
  }
  yield* orderInstant(store, instant);
}

type Place = UidParts & { importId: number; row: number; isNewestFirst: number; source: string };

/**
 * Events of one track and instant in their order: within a file as its rows stand, reversed when the file is newest
 * first; between files by the hash of the next record of each.
 */
function orderInstant(store: Store, events: TrackEvent[]): TrackEvent[] {
  if (events.length < 2) return events;
  const placeOf = store.db.prepare(
    `SELECT ${selectUid}, e.import_id AS importId, e.row, i.newest_first AS isNewestFirst, s.name AS source
     FROM event e JOIN import i ON i.id = e.import_id JOIN source s ON s.id = e.source_id WHERE e.id = ?`,
  );
  const files = new Map<number, (Place & { event: TrackEvent; hash: string })[]>();
  for (const event of events) {
    const place = placeOf.get(event.id) as Place;
    const hash = createHashHead(place.source)({ key: place.uidKey, tail: place.uidTail });
    files.set(place.importId, [...(files.get(place.importId) ?? []), { ...place, event, hash }]);
  }
  const queues = [...files.values()].map((file) =>
    file.sort((a, b) => (a.row - b.row || a.part - b.part) * (a.isNewestFirst ? -1 : 1)),
  );
  const ordered: TrackEvent[] = [];
  while (ordered.length < events.length) {
    const next = queues
      .filter((queue) => queue.length > 0)
      .reduce((a, b) => ((b[0]?.hash ?? '') < (a[0]?.hash ?? '') ? b : a));
    ordered.push((next.shift() as { event: TrackEvent }).event);
  }
  return ordered;
}

type Named = UidParts & Pick<Break, 'source' | 'targetType' | 'targetId' | 'targetName'> & { field: string };

/** Names the two events of a break. A log may be all breaks, so only what a break shows is read. */
function createDescriber(store: Store): (found: FoundBreak) => Break {
  const name = store.db.prepare(
    `SELECT ${selectUid}, s.name AS source, k.field, t.type AS targetType, t.target_id AS targetId, t.name AS targetName
     FROM event e JOIN source s ON s.id = e.source_id
     JOIN kind k ON k.id = e.kind_id LEFT JOIN target t ON t.id = e.target_id WHERE e.id = ?`,
  );
  return ({ earlier, later }) => {
    const before = name.get(earlier.id) as Named;
    const { source, targetType, targetId, targetName, field, ...after } = name.get(later.id) as Named;
    return {
      source,
      targetType,
      targetId,
      targetName,
      field,
      earlier: toUid(before),
      later: toUid(after),
      earlierTime: formatUtc(earlier.time),
      laterTime: formatUtc(later.time),
      expected: earlier.newValue as string,
      found: later.oldValue as string,
    };
  };
}
