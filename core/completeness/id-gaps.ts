// Gaps in vendor ids that count up. An id nobody exported says that a record may be missing; the vendor may as well
// have given it to another customer or skipped it, so it is for a person to explain.

import type { IdSequence } from '#core/model.ts';
import { toUid, type UidParts } from '#core/store/events.ts';
import type { Store } from '#core/store/open.ts';
import { formatUtc } from '#core/time.ts';

/** More than this is no list for a person; the counts go on. */
const mostGaps = 200;

type Side = UidParts & { time: number };
type GapRow = {
  after: number;
  before: number;
  earlierTime: number;
  earlierKey: number;
  earlierTail: number;
  earlierPart: number;
  earlierOccurrence: number;
  earlierVersion: number;
  laterTime: number;
  laterKey: number;
  laterTail: number;
  laterPart: number;
  laterOccurrence: number;
  laterVersion: number;
};

/** Whether the ids of a source count up: the preset that mapped its last import says so. */
export function idsCountUp(store: Store, sourceId: number): boolean {
  const json = store.db
    .prepare(
      'SELECT m.json FROM import i JOIN mapping m ON m.id = i.mapping_id WHERE i.source_id = ? ORDER BY i.id DESC LIMIT 1',
    )
    .pluck()
    .get(sourceId) as string | undefined;
  return json !== undefined && (JSON.parse(json) as { idSequence?: boolean }).idSequence === true;
}

/**
 * The id sequence of a source where it touches [from, to): neighbours of which both lie before or both after the
 * period are left out. Ids that are not whole numbers below 10^15 are no part of it.
 */
export function readIdSequence(
  store: Store,
  source: { id: number; name: string },
  period: { from: number; to: number },
): IdSequence {
  // The events of one record share its id, with their number behind a `#`.
  const held = `
    SELECT CAST(number AS INTEGER) AS id, min(time) AS time, key, tail, part, occurrence, version
    FROM (
      SELECT substr(r.vendor_id, 1, instr(r.vendor_id || '#', '#') - 1) AS number, e.time,
        e.uid_key AS key, e.uid_tail AS tail, e.part, e.occurrence, e.version
      FROM event e JOIN record r ON r.event_id = e.id
      WHERE e.source_id = :source AND r.vendor_id GLOB '[0-9]*')
    WHERE number NOT GLOB '*[^0-9]*' AND length(number) <= 15
    GROUP BY 1`;
  const before = (column: string) => `lag(${column}) OVER (ORDER BY id)`;
  const rows = store.db
    .prepare(
      `WITH held AS (${held}),
       pair AS (
         SELECT id AS before, time AS laterTime, key AS laterKey, tail AS laterTail, part AS laterPart, occurrence AS laterOccurrence, version AS laterVersion,
           ${before('id')} AS after, ${before('time')} AS earlierTime, ${before('key')} AS earlierKey, ${before('tail')} AS earlierTail,
           ${before('part')} AS earlierPart, ${before('occurrence')} AS earlierOccurrence, ${before('version')} AS earlierVersion
         FROM held)
       SELECT * FROM pair
       WHERE before > after + 1 AND max(earlierTime, laterTime) >= :from AND min(earlierTime, laterTime) < :to
       ORDER BY before`,
    )
    .iterate({ source: source.id, ...period }) as IterableIterator<GapRow>;
  const sequence: IdSequence = { held: 0, absent: 0, gapCount: 0, gaps: [] };
  for (const row of rows) {
    const absent = row.before - row.after - 1;
    sequence.absent += absent;
    sequence.gapCount += 1;
    if (sequence.gaps.length < mostGaps) sequence.gaps.push({ ...describe(row), absent });
  }
  sequence.held = store.db
    .prepare(`SELECT count(*) FROM (${held}) WHERE time >= :from AND time < :to`)
    .pluck()
    .get({ source: source.id, ...period }) as number;
  return sequence;
}

function describe(row: GapRow): Omit<IdSequence['gaps'][number], 'absent'> {
  const earlier: Side = {
    time: row.earlierTime,
    uidKey: row.earlierKey,
    uidTail: row.earlierTail,
    part: row.earlierPart,
    occurrence: row.earlierOccurrence,
    version: row.earlierVersion,
  };
  const later: Side = {
    time: row.laterTime,
    uidKey: row.laterKey,
    uidTail: row.laterTail,
    part: row.laterPart,
    occurrence: row.laterOccurrence,
    version: row.laterVersion,
  };
  return {
    after: row.after,
    before: row.before,
    earlier: toUid(earlier),
    later: toUid(later),
    earlierTime: formatUtc(earlier.time),
    laterTime: formatUtc(later.time),
  };
}
