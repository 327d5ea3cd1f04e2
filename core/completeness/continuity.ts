// The continuity test: along each track (source, target, field) the old value of an event must be the new value of
// the one before. Where it is not, records are missing or were altered. The index of tracks knows which values are
// equal; texts are read for the breaks alone.

import type { Break, ContinuityReport } from '#core/model.ts';
import { selectUid, toUid, type UidParts } from '#core/store/events.ts';
import type { Store } from '#core/store/open.ts';
import { readTracks } from '#core/store/tracks.ts';
import { formatUtc } from '#core/time.ts';

/** Two events of one track, and when the later one was. */
type FoundBreak = { earlier: number; later: number; time: number };
type SourceCounts = { tested: number; consistent: number; breaks: number; untestable: number };

/**
 * Tests every track of the log. Access events with a subject are in the ledger and not in tracks; events without a
 * field are activity. `most` limits how many breaks of each source are listed, the earliest; all are counted.
 */
export function testContinuity(store: Store, most = Number.POSITIVE_INFINITY): ContinuityReport {
  // One snapshot: an import that ends meanwhile must not change half of the answer.
  return store.db.transaction(() => {
    const { found, ...report } = testTracks(store, most);
    return { ...report, breaks: found.map(createDescriber(store)) };
  })();
}

/** The test without its breaks, how many they are, and each of them, read when it is taken. Take them inside one snapshot. */
export function readContinuity(
  store: Store,
): Omit<ContinuityReport, 'breaks'> & { breaks: number; listed: Iterable<Break> } {
  const { found, ...report } = testTracks(store, Number.POSITIVE_INFINITY);
  return { ...report, breaks: found.length, listed: describeEach(store, found) };
}

function* describeEach(store: Store, found: readonly FoundBreak[]): Generator<Break> {
  const describe = createDescriber(store);
  for (const one of found) yield describe(one);
}

function testTracks(
  store: Store,
  most: number,
): Omit<ContinuityReport, 'breaks'> & { found: readonly FoundBreak[] } {
  const { tracks, trackOrder, placeOfTrack } = readTracks(store);
  const { starts, ids, times, first: olds, second: news } = tracks;
  const sources = new Map<string, { counts: SourceCounts; breaks: FoundBreak[] }>();
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
          breaks.push({
            earlier: ids[at - 1] as number,
            later: ids[at] as number,
            time: times[at] as number,
          });
          if (breaks.length >= most * 2) keepEarliest(breaks, most);
        }
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
    found: listed,
    sources: all,
  };
}

function keepEarliest(breaks: FoundBreak[], most: number): void {
  breaks.sort((a, b) => a.time - b.time);
  if (breaks.length > most) breaks.length = most;
}

type Named = UidParts &
  Pick<Break, 'source' | 'targetType' | 'targetId' | 'targetName' | 'field'> & {
    time: number;
    oldValue: string;
    newValue: string;
  };

/** Names the two events of a break. A log may be all breaks, so only what a break shows is read. */
function createDescriber(store: Store): (found: FoundBreak) => Break {
  const name = store.db.prepare(
    `SELECT ${selectUid}, e.time, s.name AS source, k.field, t.type AS targetType, t.target_id AS targetId,
       t.name AS targetName, r.old_value AS oldValue, r.new_value AS newValue
     FROM event e JOIN record r ON r.event_id = e.id JOIN source s ON s.id = e.source_id
     JOIN kind k ON k.id = e.kind_id LEFT JOIN target t ON t.id = e.target_id WHERE e.id = ?`,
  );
  return (found) => {
    const [earlier, later] = [name.get(found.earlier) as Named, name.get(found.later) as Named];
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
  };
}
