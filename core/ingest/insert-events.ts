// Inserts events and their records. The two tables get the same ids without binding them: both are appended to in the
// same order, and each insert says which id it came to.

import type { Database } from 'better-sqlite3';
import { slot } from './batch.ts';
import type { EventTexts } from './batch-event.ts';
import { createRowInserter, type RowInserter } from './insert-rows.ts';

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
  /** Stores the event whose numbers begin at `at`, and returns its id. It may not be in the database before `flush`. */
  add(numbers: Float64Array, at: number, place: StoredPlace, texts: EventTexts, words: WordIds): number;
  flush(): void;
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
    bare: createRowInserter(db, 'stored_event', columns, { ...only, vendor_key: null }),
    only: createRowInserter(db, 'stored_event', [...columns, 'vendor_key'], only),
    any: createRowInserter(
      db,
      'stored_event',
      [...columns, 'vendor_key', 'part', 'occurrence', 'version'],
      fixed,
    ),
  };
  const values = ['old_value', 'new_value'];
  const texts = [...values, 'vendor_id', 'time_text'];
  const records = {
    bare: createRowInserter(db, 'stored_record', [...values, 'raw'], { vendor_id: null, time_text: null }),
    raw: createRowInserter(db, 'stored_record', [...texts, 'raw'], {}),
    reference: createRowInserter(db, 'stored_record', [...texts, 'raw_of'], {}),
  };
  let lastEvents = events.bare;
  let lastRecords = records.bare;

  // Ids follow the order of inserts: one statement is done before the next begins.
  function addEvent(inserter: RowInserter, row: (number | null)[]): void {
    if (inserter !== lastEvents) lastEvents.flush();
    lastEvents = inserter;
    inserter.add(row);
  }
  function addRecord(inserter: RowInserter, row: (string | number | null)[]): void {
    if (inserter !== lastRecords) lastRecords.flush();
    lastRecords = inserter;
    inserter.add(row);
  }

  return {
    add(numbers, at, { occurrence, version, rawOf }, texts, words) {
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
      const { vendorId, timeText, oldValue, newValue, raw } = texts;
      const isOnly = part === 0 && occurrence === 1 && version === 1;
      if (isOnly && vendorId === null) addEvent(events.bare, row);
      else {
        row.push(vendorId === null ? null : (numbers[at + slot.vendorKey] as number));
        if (!isOnly) row.push(part, occurrence, version);
        addEvent(isOnly ? events.only : events.any, row);
      }
      if (rawOf !== null) addRecord(records.reference, [oldValue, newValue, vendorId, timeText, rawOf]);
      else if (vendorId === null && timeText === null) addRecord(records.bare, [oldValue, newValue, raw]);
      else addRecord(records.raw, [oldValue, newValue, vendorId, timeText, raw]);
      return nextId++;
    },
    flush() {
      lastEvents.flush();
      lastRecords.flush();
      const inserted = db
        .prepare('SELECT max(id), (SELECT max(event_id) FROM stored_record) FROM stored_event')
        .raw()
        .get();
      const [lastEvent, lastRecord] = inserted as [number | null, number | null];
      if ((lastEvent ?? 0) !== nextId - 1 || (lastRecord ?? 0) !== nextId - 1)
        throw new Error(
          'Events and records were stored under different ids. Nothing of this import is kept.',
        );
    },
  };
}
