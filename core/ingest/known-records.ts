// Which records of a source the log holds already, which occurrence of its record a new one is, and the how many-th
// mapping of it. A large import keeps the keys of the log in memory, a small one asks the index; both then compare
// whole records. Events of imports that were replaced hold nothing any more, but a new one has its uid beside theirs.

import type { Database } from 'better-sqlite3';
import { hashRecord, type RecordIdentity } from '#core/integrity/identity.ts';
import { readStoredRecord } from '#core/mapping/stored-record.ts';
import { createColumnsLookup } from '#core/store/events.ts';
import { rawOf } from '#core/store/live.ts';
import { createKeyMap } from './key-map.ts';

/** Finds the ids of events by a key; perhaps a few whose key is another one. */
export type Finder = { find(key: number): readonly number[]; add(key: number, id: number): void };

/** Keys from the index in the log for events before `firstEventId`; what is added is kept in memory. */
export function findInIndex(db: Database, column: 'uid_key' | 'vendor_key', firstEventId: number): Finder {
  const select = db.prepare(`SELECT id FROM stored_event WHERE ${column} = ? AND id < ? ORDER BY id`).pluck();
  const added = new Map<number, number[]>();
  return {
    find(key) {
      const earlier = select.all(key, firstEventId) as number[];
      const own = added.get(key);
      return own ? [...earlier, ...own] : earlier;
    },
    add(key, id) {
      const known = added.get(key);
      if (known) known.push(id);
      else added.set(key, [id]);
    },
  };
}

/** Keys in memory, read once from what the log holds. */
export function findInMemory(db: Database, column: 'uid_key' | 'vendor_key'): Finder {
  const map = createKeyMap();
  const rows = db
    .prepare(`SELECT id, ${column} FROM stored_event WHERE ${column} IS NOT NULL ORDER BY id`)
    .raw()
    .iterate() as IterableIterator<[number, number]>;
  for (const [id, key] of rows) map.add(key, id);
  return map;
}

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
    finder: Finder;
    /** Events before this one are other imports'. */
    firstEventId: number;
    /** The imports that count no more. */
    replaced: ReadonlySet<number>;
    isTaken(id: number): boolean;
    /** Brings everything that was stored so far into the database. */
    flush(): void;
  },
): KnownRecords {
  const { importId, sourceId, columns, finder, firstEventId, replaced, isTaken, flush } = options;
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
  // reading a hundred thousand equal ones for each of a hundred thousand would take for ever.
  const crowds = new Map<string, Crowd>();

  /** Every occurrence of a record that is in the log. */
  function readCrowd(
    ids: readonly number[],
    identity: RecordIdentity,
    recordHash: string,
    raw: string,
  ): Crowd {
    if (ids.some((id) => id >= firstEventId)) flush();
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
