// Which records of a source the log holds already, which occurrence of its record a new one is, and the how many-th
// mapping of it. Those that may be the same are found by their keys (event-finder.ts); whole records are then
// compared. Events of imports that were replaced hold nothing any more, but a new one has its uid beside theirs.

import type { Database } from 'better-sqlite3';
import { hashRecord, type RecordIdentity } from '#core/integrity/identity.ts';
import { readStoredRecord } from '#core/mapping/stored-record.ts';
import { createColumnsLookup } from '#core/store/events.ts';
import { rawOf } from '#core/store/live.ts';
import type { EventFinder } from './event-finder.ts';

/** An event of an earlier occurrence of a record. */
export type Known = {
  id: number;
  importId: number;
  sourceId: number;
  part: number;
  occurrence: number;
  version: number;
  uidKey: number;
  uidTail: number;
  raw: string;
  rawOf: number | null;
};

/** What the log knows of a record that is looked for. */
export type FoundRecord = {
  /** The stored events of one of its occurrences, by another import; null where it is new. */
  stored: Known[] | null;
  /** Which occurrence of the record it is, the how many-th mapping of that, and an event that has its raw text. */
  occurrence: number;
  version: number;
  rawOf: number | null;
};

type Past = Pick<FoundRecord, 'version' | 'rawOf'>;
const noPast: Past = { version: 1, rawOf: null };

/**
 * The occurrences of one record, by their number: those of earlier imports, how many there are in all, and of those
 * that were replaced, what a new mapping has to know.
 */
type Crowd = { earlier: Known[][]; next: number; last: number; past: Map<number, Past> };

const neverSeen: FoundRecord = { stored: null, occurrence: 1, version: 1, rawOf: null };

/** From this many on the occurrences of a record are kept in memory. */
const fewOccurrences = 8;
/** So many such records. */
const mostCrowds = 100_000;

export type KnownRecords = {
  /**
   * The same record, stored before by another import, that no record of this file has been found equal to yet; else
   * what this record is.
   */
  find(identity: RecordIdentity, recordHash: () => string, raw: () => string): FoundRecord;
  /** The record that was just looked for, and not found, is stored. */
  noteStored(recordHash: () => string): void;
};

/** The records of a log while one import adds to it. `isTaken` says of an event whether a record of this file is it. */
export function openKnownRecords(
  db: Database,
  options: {
    importId: number;
    sourceId: number;
    columns: readonly string[] | null;
    finder: EventFinder;
    /** The imports that count no more. */
    replaced: ReadonlySet<number>;
    isTaken(id: number): boolean;
    /** Brings the events up to this one into the database. */
    flush(id: number): void;
  },
): KnownRecords {
  const { importId, sourceId, columns, finder, replaced, isTaken, flush } = options;
  const columnsOf = createColumnsLookup(db);
  const readOne = db.prepare(
    `SELECT e.id, e.import_id AS importId, e.source_id AS sourceId, e.part, e.occurrence, e.version,
       e.uid_key AS uidKey, e.uid_tail AS uidTail, ${rawOf('r')} AS raw, r.raw_of AS rawOf
     FROM stored_event e JOIN stored_record r ON r.event_id = e.id WHERE e.id = ?`,
  );
  const hashStored = (known: Known) => {
    const names = known.importId === importId ? columns : columnsOf(known.importId);
    return hashRecord(readStoredRecord(known.raw, names).canonical);
  };

  // Records that stand in the log many times over: their occurrences are read once and walked through, because
  // reading a hundred thousand equal ones for each of a hundred thousand would take for ever. They can be read again.
  const crowds = new Map<string, Crowd>();

  /** Every occurrence of a record that is in the log. */
  function readCrowd(
    ids: readonly number[],
    identity: RecordIdentity,
    recordHash: string,
    raw: string,
  ): Crowd {
    flush(ids.at(-1) as number);
    const occurrences = new Map<number, Known[]>();
    const past: Crowd['past'] = new Map();
    let last = 0;
    let count = 0;
    for (const id of ids) {
      const known = readOne.get(id) as Known;
      // 80 equal bits are no proof: whoever writes the records can make two that share them.
      const isSame =
        known.sourceId === sourceId &&
        known.uidKey === identity.key &&
        known.uidTail === identity.tail &&
        (known.raw === raw || hashStored(known) === recordHash);
      if (!isSame) continue;
      count += 1;
      if (replaced.has(known.importId)) {
        const before = past.get(known.occurrence) ?? noPast;
        past.set(known.occurrence, {
          version: Math.max(before.version, known.version + 1),
          rawOf: known.raw === raw ? (known.rawOf ?? known.id) : before.rawOf,
        });
        continue;
      }
      last = Math.max(last, known.occurrence);
      const events = occurrences.get(known.occurrence);
      if (events) events.push(known);
      else occurrences.set(known.occurrence, [known]);
    }
    const earlier = [...occurrences.entries()]
      .sort(([a], [b]) => a - b)
      .map(([, events]) => events)
      .filter(([first]) => first?.importId !== importId);
    const crowd = { earlier, next: 0, last, past };
    if (crowds.size === mostCrowds) crowds.clear();
    if (count >= fewOccurrences) crowds.set(recordHash, crowd);
    return crowd;
  }

  return {
    find(identity, recordHash, raw) {
      let crowd = crowds.size === 0 ? undefined : crowds.get(recordHash());
      if (!crowd) {
        const ids = finder.find(identity.key);
        if (ids.length === 0) return neverSeen;
        crowd = readCrowd(ids, identity, recordHash(), raw());
      }
      for (; crowd.next < crowd.earlier.length; crowd.next++) {
        const stored = crowd.earlier[crowd.next] as Known[];
        const first = stored[0] as Known;
        if (!isTaken(first.id)) return { stored, occurrence: first.occurrence, ...noPast };
      }
      const occurrence = crowd.last + 1;
      return { stored: null, occurrence, ...(crowd.past.get(occurrence) ?? noPast) };
    },
    noteStored(recordHash) {
      const crowd = crowds.size === 0 ? undefined : crowds.get(recordHash());
      if (crowd) crowd.last += 1;
    },
  };
}
