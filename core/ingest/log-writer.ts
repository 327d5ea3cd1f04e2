// Writes records into the log, deciding for each whether it is new, a duplicate or a conflict. Runs inside the
// import's transaction; what it decides rests on the log alone, so memory stays flat and a second import of the
// same file decides the same.

import type { Database } from 'better-sqlite3';
import {
  createIdentifier,
  hashRecord,
  leafText,
  type RecordIdentity,
  uidOf,
  vendorKey,
} from '#core/integrity/identity.ts';
import { createMerkleTree, leafHash, type MerkleTree } from '#core/integrity/merkle.ts';
import { createRuleFinder, type RuleFinder } from '#core/mapping/classify.ts';
import type { Preset } from '#core/mapping/preset.ts';
import { readStoredRecord } from '#core/mapping/stored-record.ts';
import type { MappedEvent } from '#core/model.ts';
import { createColumnsLookup, type EventRecord, selectEvents, toMappedEvent } from '#core/store/events.ts';
import { formatUtc } from '#core/time.ts';
import { createKeySet } from './key-set.ts';
import { recallLog } from './log-memory.ts';

export type WriterTarget = {
  importId: number;
  sourceId: number;
  source: string;
  preset: Preset;
  /** The CSV header; null for JSON. */
  columns: readonly string[] | null;
};

/** One event of a record. `part` is 0 where it is the only one, else its number, from 1. */
export type WritablePart = { part: number; event: MappedEvent; vendorId: string | null };

/** A mapped record on its way into the log: at least one event. */
export type WritableRecord = {
  row: number;
  raw: string;
  canonical: string;
  parts: readonly WritablePart[];
};

/** `conflict`: stored, although its vendor id was known with other content. */
export type WriteResult = 'imported' | 'duplicate' | 'conflict';

export type LogWriter = {
  /** Id that the first event stored by this writer gets. */
  firstEventId: number;
  /** Writes a record's events and counts for each what became of it. */
  write(record: WritableRecord, count: (result: WriteResult) => void): void;
  /** Notes a record that is no event. */
  reject(row: number, reason: string, raw: string): void;
  /** Merkle tree over this import's leaves so far. */
  tree: MerkleTree;
  /** The whole log's tree, these leaves included. */
  log: MerkleTree;
};

type Known = {
  id: number;
  importId: number;
  sourceId: number;
  part: number;
  occurrence: number;
  uidTail: number;
  raw: string;
};

/** The occurrences of one record, by their number: those of earlier imports, and how many there are in all. */
type Crowd = { earlier: Known[][]; next: number; last: number };

/** From this many on the occurrences of a record are kept in memory. */
const fewOccurrences = 8;
const longestRejectedText = 1_000_000;

/** A writer for one import. `log` is the tree of the whole log before it. */
export function createLogWriter(db: Database, target: WriterTarget, log: MerkleTree): LogWriter {
  const { dictionary, recordKeys, vendorKeys } = recallLog(db);
  const identify = createIdentifier(target.source);
  const columnsOf = createColumnsLookup(db);
  const hashStored = ({ importId, raw }: Known) => {
    const columns = importId === target.importId ? target.columns : columnsOf(importId);
    return hashRecord(readStoredRecord(raw, columns).canonical);
  };
  const tree = createMerkleTree();
  const ruleFor = createRuleFinder(target.preset);
  const firstEventId = (db.prepare('SELECT coalesce(max(id), 0) FROM event').pluck().get() as number) + 1;
  let nextId = firstEventId;
  let rejections = 0;

  // Events that a record with their vendor id was found to say the same as; of those, the ones whose own record came
  // as well. Without the difference that record would count as a second occurrence.
  const sightedByMeaning = createKeySet();
  const takenAfterwards = createKeySet();

  // Records that stand in the log many times over: their occurrences are read once and walked through, because
  // reading a hundred thousand equal ones for each of a hundred thousand would take for ever.
  const crowds = new Map<string, Crowd>();

  const sameRecord = db.prepare(
    `SELECT e.id, e.import_id AS importId, e.source_id AS sourceId, e.part, e.occurrence,
       e.uid_tail AS uidTail, r.raw
     FROM event e JOIN record r ON r.event_id = e.id WHERE e.uid_key = ?
     ORDER BY e.occurrence, e.id`,
  );
  const sameVendorId = db.prepare(
    `${selectEvents} WHERE e.vendor_key = ? AND e.source_id = ? AND r.vendor_id = ? ORDER BY e.id`,
  );
  const isSighted = db.prepare('SELECT 1 FROM duplicate WHERE import_id = ? AND event_id = ?').pluck();
  const addDuplicate = db.prepare(
    'INSERT OR IGNORE INTO duplicate (import_id, event_id, row) VALUES (?, ?, ?)',
  );
  const addRejection = db.prepare(
    'INSERT INTO rejection (import_id, number, row, reason, raw) VALUES (?, ?, ?, ?, ?)',
  );
  const addEvent = db.prepare(
    `INSERT INTO event (id, import_id, source_id, row, part, occurrence, uid_key, uid_tail, vendor_key, time,
       kind_id, actor_id, target_id, subject_id, ip_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const addRecord = db.prepare(
    `INSERT INTO record (event_id, vendor_id, time_text, old_value, new_value, raw) VALUES (?, ?, ?, ?, ?, ?)`,
  );

  /**
   * The same record, stored before by another import, that no record of this file has been found equal to yet: the
   * stored events of one of its occurrences. Else null, with the occurrence that this record is.
   */
  function findDuplicate(
    identity: RecordIdentity,
    recordHash: string,
    raw: string,
  ): { stored: Known[] | null; occurrence: number } {
    if (!recordKeys.has(identity.key)) return { stored: null, occurrence: 1 };
    const crowd = crowds.get(recordHash) ?? readCrowd(identity, recordHash, raw);
    for (; crowd.next < crowd.earlier.length; crowd.next++) {
      const stored = crowd.earlier[crowd.next] as Known[];
      const first = stored[0] as Known;
      if (!isTaken(first.id)) return { stored, occurrence: first.occurrence };
    }
    crowd.last += 1;
    return { stored: null, occurrence: crowd.last };
  }

  /** Every occurrence of a record that is in the log. */
  function readCrowd(identity: RecordIdentity, recordHash: string, raw: string): Crowd {
    // 80 equal bits are no proof: whoever writes the records can make two that share them.
    const isSame = (known: Known) =>
      known.sourceId === target.sourceId &&
      known.uidTail === identity.tail &&
      (known.raw === raw || hashStored(known) === recordHash);
    const same = (sameRecord.all(identity.key) as Known[]).filter(isSame);
    const occurrences = new Map<number, Known[]>();
    for (const known of same) {
      const events = occurrences.get(known.occurrence);
      if (events) events.push(known);
      else occurrences.set(known.occurrence, [known]);
    }
    const earlier = [...occurrences.values()].filter(([first]) => first?.importId !== target.importId);
    const crowd = { earlier, next: 0, last: same.at(-1)?.occurrence ?? 0 };
    if (same.length >= fewOccurrences) crowds.set(recordHash, crowd);
    return crowd;
  }

  /** Whether a record of this file was found equal to this event's record, not only to what it says. */
  function isTaken(id: number): boolean {
    if (isSighted.get(target.importId, id) === undefined) return false;
    return !sightedByMeaning.has(id) || takenAfterwards.has(id);
  }

  function noteSameRecord(id: number, row: number): void {
    addDuplicate.run(target.importId, id, row);
    if (sightedByMeaning.has(id)) takenAfterwards.add(id);
  }

  function noteSameMeaning(id: number, row: number): void {
    if (isSighted.get(target.importId, id) === undefined) sightedByMeaning.add(id);
    addDuplicate.run(target.importId, id, row);
  }

  /** The stored events with this vendor id: one that says the same is a duplicate, any other makes a conflict. */
  function compareVendorId(part: WritablePart): { equal: number | null; isConflict: boolean } {
    if (part.vendorId === null) return { equal: null, isConflict: false };
    const key = vendorKey(part.vendorId);
    if (!vendorKeys.has(key)) return { equal: null, isConflict: false };
    const stored = sameVendorId.all(key, target.sourceId, part.vendorId) as EventRecord[];
    const equal = stored.find((row) => saysTheSame(toMappedEvent(row), part.event, ruleFor));
    return { equal: equal?.id ?? null, isConflict: stored.length > 0 };
  }

  function store(
    { row, raw }: WritableRecord,
    { part, event, vendorId }: WritablePart,
    recordHash: string,
    identity: RecordIdentity,
    occurrence: number,
  ) {
    const id = nextId++;
    const key = vendorId === null ? null : vendorKey(vendorId);
    recordKeys.add(identity.key);
    if (key !== null) vendorKeys.add(key);
    addEvent.run(
      id,
      target.importId,
      target.sourceId,
      row,
      part,
      occurrence,
      identity.key,
      identity.tail,
      key,
      event.time,
      dictionary.kind(event),
      dictionary.actor(event.actor, event.actorType),
      dictionary.target(event),
      dictionary.subject(event.subject),
      dictionary.ip(event.ip),
    );
    const timeText = event.timeText === formatUtc(event.time) ? null : event.timeText;
    addRecord.run(id, vendorId, timeText, event.oldValue, event.newValue, raw);
    const uid = uidOf(identity, part, occurrence);
    const leaf = leafHash(
      leafText({ uid, source: target.source, import: target.importId, row, recordHash, event }),
    );
    tree.append(leaf);
    log.append(leaf);
  }

  return {
    firstEventId,
    tree,
    log,
    write(record, count) {
      const recordHash = hashRecord(record.canonical);
      const identity = identify(recordHash);
      const { stored, occurrence } = findDuplicate(identity, recordHash, record.raw);
      const first = stored?.[0];
      if (first) noteSameRecord(first.id, record.row);
      for (const part of record.parts) {
        const same = stored?.find((known) => known.part === part.part);
        // Split otherwise than when it was stored, by another version of the preset: it is still the same record.
        const isOtherwiseSplit = first !== undefined && (first.part === 0) !== (part.part === 0);
        if (same || isOtherwiseSplit) {
          if (same) noteSameRecord(same.id, record.row);
          count('duplicate');
          continue;
        }
        const compared = occurrence === 1 ? compareVendorId(part) : { equal: null, isConflict: false };
        if (compared.equal !== null) {
          noteSameMeaning(compared.equal, record.row);
          count('duplicate');
          continue;
        }
        store(record, part, recordHash, identity, occurrence);
        count(compared.isConflict ? 'conflict' : 'imported');
      }
    },
    reject(row, reason, raw) {
      rejections += 1;
      addRejection.run(
        target.importId,
        rejections,
        row,
        reason,
        raw.slice(0, longestRejectedText).toWellFormed(),
      );
    },
  };
}

/**
 * Whether two mapped events are the same event in two formats: all parts equal, except how the time was written and
 * how the vendor spells the event's name (a display name in one format, a machine name in the other).
 */
function saysTheSame(a: MappedEvent, b: MappedEvent, ruleFor: RuleFinder): boolean {
  const known = ruleFor(a.action, a.targetType);
  const isSameAction =
    a.action === b.action || (known !== undefined && known.event === ruleFor(b.action, b.targetType)?.event);
  return (
    isSameAction &&
    a.time === b.time &&
    a.category === b.category &&
    a.actor === b.actor &&
    a.targetType === b.targetType &&
    a.targetId === b.targetId &&
    a.targetName === b.targetName &&
    a.scope === b.scope &&
    a.subject === b.subject &&
    a.oldValue === b.oldValue &&
    a.newValue === b.newValue &&
    a.ip === b.ip &&
    a.outcome === b.outcome
  );
}
