// The continuity test: along each track (source, target, field) the old value of an event must be the new value of
// the one before. Where it is not, records are missing or were altered. The index of tracks knows which values are
// equal; texts are read for the breaks alone.

import type { Break, ContinuityReport } from '#core/model.ts';
import { selectUid, toUid, type UidParts } from '#core/store/events.ts';
import { createEventsLookup, eventsTogether } from '#core/store/many-events.ts';
import type { Store } from '#core/store/open.ts';
import { readTracks } from '#core/store/tracks.ts';
import { formatUtc } from '#core/time.ts';

type SourceCounts = { tested: number; consistent: number; breaks: number; untestable: number };

/**
 * Tests every track of the log. Access events with a subject are in the ledger and not in tracks; events without a
 * field are activity. `most` limits how many breaks of each source are listed, the earliest; all are counted.
 */
export function testContinuity(store: Store, most = Number.POSITIVE_INFINITY): ContinuityReport {
  // One snapshot: an import that ends meanwhile must not change half of the answer.
  return store.db.transaction(() => {
    const { found, ...report } = testTracks(store, most);
    return { ...report, breaks: [...describeEach(store, found)] };
  })();
}

/** The test without its breaks, how many they are, and each of them, read when it is taken. Take them inside one snapshot. */
export function readContinuity(
  store: Store,
): Omit<ContinuityReport, 'breaks'> & { breaks: number; listed: Iterable<Break> } {
  const { found, ...report } = testTracks(store, Number.POSITIVE_INFINITY);
  return { ...report, breaks: found.length, listed: describeEach(store, found) };
}

/** Breaks in words: they are read some thousand at a time, and of their events only what a break shows. */
function* describeEach(store: Store, found: readonly number[]): Generator<Break> {
  const { ids } = readTracks(store).tracks;
  const read = createEventsLookup<Named>(store.db, named);
  const step = eventsTogether / 2;
  for (let first = 0; first < found.length; first += step) {
    const some = found.slice(first, first + step);
    const events = read(some.flatMap((at) => [ids[at - 1] as number, ids[at] as number]));
    const eventAt = (at: number) => events.get(ids[at] as number) as Named;
    for (const at of some) yield describe(eventAt(at - 1), eventAt(at));
  }
}

/** `found` has the places of the later events in the index of tracks, by time: each stands behind the earlier one. */
function testTracks(
  store: Store,
  most: number,
): Omit<ContinuityReport, 'breaks'> & { found: readonly number[] } {
  const { tracks, trackOrder, placeOfTrack } = readTracks(store);
  const { starts, times, first: olds, second: news } = tracks;
  const sources = new Map<string, { counts: SourceCounts; breaks: number[] }>();
  for (const track of trackOrder) {
    const [from, to] = [starts[track] as number, starts[track + 1] as number];
    if (to - from < 2) continue;
    const { source } = placeOfTrack(track);
    const seen = sources.get(source) ?? {
      counts: { tested: 0, consistent: 0, breaks: 0, untestable: 0 },
      breaks: [],
    };
    sources.set(source, seen);
    const { counts, breaks } = seen;
    for (let at = from + 1; at < to; at++) {
      if (news[at - 1] === 0 || olds[at] === 0) counts.untestable += 1;
      else {
        counts.tested += 1;
        if (news[at - 1] === olds[at]) counts.consistent += 1;
        else {
          counts.breaks += 1;
          breaks.push(at);
          if (breaks.length >= most * 2) keepEarliest(breaks, times, most);
        }
      }
    }
  }
  const all = [...sources].map(([source, { counts }]) => ({ source, ...counts }));
  const sum = (key: 'tested' | 'consistent' | 'untestable') =>
    all.reduce((total, one) => total + one[key], 0);
  for (const { breaks } of sources.values()) keepEarliest(breaks, times, most);
  const listed = [...sources.values()].flatMap(({ breaks }) => breaks);
  keepEarliest(listed, times, Number.POSITIVE_INFINITY);
  return {
    tested: sum('tested'),
    consistent: sum('consistent'),
    untestable: sum('untestable'),
    found: listed,
    sources: all,
  };
}

function keepEarliest(places: number[], times: Float64Array, most: number): void {
  places.sort((a, b) => (times[a] as number) - (times[b] as number));
  if (places.length > most) places.length = most;
}

type Named = UidParts &
  Pick<Break, 'source' | 'targetType' | 'targetId' | 'targetName' | 'field'> & {
    time: number;
    oldValue: string;
    newValue: string;
  };

const named = {
  columns: `${selectUid}, e.time, s.name AS source, k.field, t.type AS targetType, t.target_id AS targetId,
    t.name AS targetName, r.old_value AS oldValue, r.new_value AS newValue`,
  joins: `JOIN record r ON r.event_id = e.id JOIN source s ON s.id = e.source_id
    JOIN kind k ON k.id = e.kind_id LEFT JOIN target t ON t.id = e.target_id`,
};

function describe(earlier: Named, later: Named): Break {
  const { source, targetType, targetId, targetName, field } = later;
  return {
    source,
    targetType,
    targetId,
    targetName,
    field,
    earlier: toUid(earlier),
    later: toUid(later),
    earlierTime: formatUtc(earlier.time),
    laterTime: formatUtc(later.time),
    expected: earlier.newValue,
    found: later.oldValue,
  };
}
