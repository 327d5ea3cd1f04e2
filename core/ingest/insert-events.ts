// Inserts events and their records. The two tables get the same ids without binding them: both are appended to in the
// same order, and each insert says which id it came to.

import type { Database } from 'better-sqlite3';
import { type Batch, none, slot, stride, textSlot, textStride } from './batch.ts';
import { createRecordInserter } from './insert-records.ts';
import { createTableInserter, type RowInserter } from './insert-rows.ts';

/** Ids of the words of an event in the log. */
export type WordIds = {
  kind: number;
  actor: number | null;
  target: number | null;
  subject: number | null;
  ip: number | null;
};

/** What the log alone knows of a new event; `rawOf` is an event that has its raw record already. */
export type StoredPlace = { occurrence: number; version: number; rawOf: number | null };

export type EventInserter = {
  /** Stores an event of a batch, and returns its id. It may not be in the database before `flush`. */
  add(batch: Batch, event: number, place: StoredPlace, words: WordIds): number;
  /** Says that the batch the last events are of will be read no more. */
  endBatch(): void;
  /** Brings the events up to this one into the database; without one, all. */
  flush(id?: number): void;
};

/** An inserter for the events of one import, which gets the ids from `firstEventId` on. */
export function createEventInserter(
  db: Database,
  { importId, sourceId, firstEventId }: { importId: number; sourceId: number; firstEventId: number },
): EventInserter {
  const lastRecord = db
    .prepare('SELECT coalesce(max(event_id), 0) FROM stored_record')
    .pluck()
    .get() as number;
  if (lastRecord !== firstEventId - 1) {
    throw new Error(
      `The log has ${firstEventId - 1} events and ${lastRecord} records. Verify the workspace.`,
    );
  }
  let nextId = firstEventId;
  // Those before it are in the database.
  let firstWaiting = firstEventId;
  const readLast = db
    .prepare('SELECT max(id), (SELECT max(event_id) FROM stored_record) FROM stored_event')
    .raw();
  const fixed = { import_id: importId, source_id: sourceId };
  const columns = [
    'row',
    'uid_key',
    'uid_tail',
    'time',
    'kind_id',
    'actor_id',
    'target_id',
    'subject_id',
    'ip_id',
  ];
  // Nearly all events are the only one of their record, and their record the only one of its kind. Files of one vendor
  // have ids in all records or in none: what is null in most rows is not bound at all.
  const only = { ...fixed, part: 0, occurrence: 1, version: 1 };
  const events = {
    bare: createTableInserter(db, 'stored_event', columns, { ...only, vendor_key: null }),
    only: createTableInserter(db, 'stored_event', [...columns, 'vendor_key'], only),
    any: createTableInserter(
      db,
      'stored_event',
      [...columns, 'vendor_key', 'part', 'occurrence', 'version'],
      fixed,
    ),
  };
  const records = createRecordInserter(db);
  let lastEvents = events.bare;

  // Ids follow the order of inserts: one statement is done before the next begins.
  function addEvent(inserter: RowInserter, row: (number | null)[]): void {
    if (inserter !== lastEvents) lastEvents.flush();
    lastEvents = inserter;
    inserter.add(row);
  }

  return {
    add(batch, event, { occurrence, version, rawOf }, words) {
      const { numbers, texts } = batch;
      const at = event * stride;
      const part = numbers[at + slot.part] as number;
      const row: (number | null)[] = [
        numbers[at + slot.row] as number,
        numbers[at + slot.uidKey] as number,
        numbers[at + slot.uidTail] as number,
        numbers[at + slot.time] as number,
        words.kind,
        words.actor,
        words.target,
        words.subject,
        words.ip,
      ];
      const hasVendorId = texts[event * textStride + textSlot.vendorId] !== none;
      const isOnly = part === 0 && occurrence === 1 && version === 1;
      if (isOnly && !hasVendorId) addEvent(events.bare, row);
      else {
        row.push(hasVendorId ? (numbers[at + slot.vendorKey] as number) : null);
        if (!isOnly) row.push(part, occurrence, version);
        addEvent(isOnly ? events.only : events.any, row);
      }
      records.add(batch, event, rawOf);
      return nextId++;
    },
    endBatch: records.flush,
    flush(id = nextId) {
      if (id < firstWaiting) return;
      lastEvents.flush();
      records.flush();
      firstWaiting = nextId;
      const [lastEvent, lastRecord] = readLast.get() as [number | null, number | null];
      if ((lastEvent ?? 0) !== nextId - 1 || (lastRecord ?? 0) !== nextId - 1)
        throw new Error(
          'Events and records were stored under different ids. Nothing of this import is kept.',
        );
    },
  };
}
