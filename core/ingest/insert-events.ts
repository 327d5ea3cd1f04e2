// Inserts events and their records. The two tables get the same ids without binding them: both are appended to in the
// same order, and each insert says which id it came to.

import type { Database } from 'better-sqlite3';
import { slot } from './batch.ts';
import type { EventTexts } from './batch-event.ts';
import { createRowInserter } from './insert-rows.ts';

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
  const columns = ['row', 'uid_key', 'uid_tail', 'time', 'kind_id', 'actor_id', 'target_id'];
  const rare = ['subject_id', 'ip_id', 'vendor_key'];
  // Nearly all events are the only one of their record, and their record the only one of its kind.
  const only = { ...fixed, part: 0, occurrence: 1, version: 1 };
  const common = createRowInserter(db, 'stored_event', [...columns, ...rare], only);
  const any = createRowInserter(
    db,
    'stored_event',
    [...columns, ...rare, 'part', 'occurrence', 'version'],
    fixed,
  );
  const texts = ['vendor_id', 'time_text', 'old_value', 'new_value'];
  const records = createRowInserter(db, 'stored_record', [...texts, 'raw'], {});
  const references = createRowInserter(db, 'stored_record', [...texts, 'raw_of'], {});
  let last = common;
  let lastRecords = records;

  return {
    add(numbers, at, { occurrence, version, rawOf }, texts, words) {
      const part = numbers[at + slot.part] as number;
      const inserter = part === 0 && occurrence === 1 && version === 1 ? common : any;
      // Ids follow the order of inserts.
      if (inserter !== last) last.flush();
      last = inserter;
      const values: (number | null)[] = [
        numbers[at + slot.row] as number,
        numbers[at + slot.uidKey] as number,
        numbers[at + slot.uidTail] as number,
        numbers[at + slot.time] as number,
        words.kind,
        words.actor,
        words.target,
        words.subject,
        words.ip,
        texts.vendorId === null ? null : (numbers[at + slot.vendorKey] as number),
      ];
      if (inserter === any) values.push(part, occurrence, version);
      inserter.add(values);
      const recorder = rawOf === null ? records : references;
      if (recorder !== lastRecords) lastRecords.flush();
      lastRecords = recorder;
      recorder.add([texts.vendorId, texts.timeText, texts.oldValue, texts.newValue, rawOf ?? texts.raw]);
      return nextId++;
    },
    flush() {
      last.flush();
      lastRecords.flush();
      const inserted = db
        .prepare('SELECT max(id), (SELECT max(event_id) FROM stored_record) FROM stored_event')
        .raw()
        .get();
      const [events, raw] = inserted as [number | null, number | null];
      if ((events ?? 0) !== nextId - 1 || (raw ?? 0) !== nextId - 1)
        throw new Error(
          'Events and records were stored under different ids. Nothing of this import is kept.',
        );
    },
  };
}
