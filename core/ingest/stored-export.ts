// The records of an import as the log has them, read like an export again: for mapping them anew, and for trying a
// mapping on them. In the order of the file: the records of its events, and the rejected ones as far as they can be read.
// What it found to be held by other imports is not among them, since their raw records are stored there, once.

import type { Database } from 'better-sqlite3';
import { AppError } from '#core/errors.ts';
import { readStoredRecord } from '#core/mapping/stored-record.ts';
import type { FileFormat } from '#core/model.ts';
import { rawOf, replacementOf } from '#core/store/live.ts';
import { formatUtc } from '#core/time.ts';
import { textAfterQuote } from './csv.ts';
import { looksLikeLocalDate } from './date-order.ts';
import type { Encoding } from './encoding.ts';
import { pageWithoutList, textAfterList, unfinishedRecord } from './json-lists.ts';
import { longestRejectedText } from './pack-batch.ts';
import type { OpenExport } from './read-export.ts';
import { type ExportRecord, jsonRecord, keyPaths } from './shape.ts';

/** What the log knows of the file of an import. */
export type StoredImport = {
  id: number;
  sourceId: number;
  source: string;
  mappingId: number;
  /** The preset that mapped it, as JSON, and which of its shapes the file has. */
  mapping: string;
  variant: string;
  file: string;
  sha256: string;
  bytes: number;
  format: FileFormat;
  encoding: Encoding;
  columns: string[] | null;
  zone: string | null;
  firstEventId: number;
  imported: number;
  duplicates: number;
  rejected: number;
  isCutOff: boolean;
};

/** An import that counts. Throws AppError where there is none with this id, or another one replaced it. */
export function findStoredImport(db: Database, id: number): StoredImport {
  const row = db
    .prepare(
      `SELECT i.id, i.source_id AS sourceId, s.name AS source, i.mapping_id AS mappingId, m.json AS mapping, i.variant,
         i.file, i.sha256, i.bytes, i.format, i.encoding, i.columns, i.zone, i.first_event_id AS firstEventId,
         i.imported, i.duplicates, i.rejected, i.warnings
       FROM stored_import i JOIN source s ON s.id = i.source_id JOIN mapping m ON m.id = i.mapping_id WHERE i.id = ?`,
    )
    .get(id) as (Omit<StoredImport, 'columns'> & { columns: string | null; warnings: string }) | undefined;
  if (!row) throw new AppError('not-found', `There is no import ${id} in this workspace.`);
  const replacement = replacementOf(db, id);
  if (replacement) {
    const day = formatUtc(replacement.startedAt).slice(0, 10);
    throw new AppError(
      'usage',
      `Import ${id} counts no more: import ${replacement.id} replaced it on ${day}. Map import ${replacement.id} again instead.`,
    );
  }
  const { warnings, columns, ...rest } = row;
  return {
    ...rest,
    columns: columns === null ? null : (JSON.parse(columns) as string[]),
    isCutOff: (JSON.parse(warnings) as { code: string }[]).some(({ code }) => code === 'cut-off'),
  };
}

type EventRow = { id: number; row: number; raw: string };
type RejectedRow = { number: number; row: number; reason: string; raw: string };

/** Few enough that memory stays flat, many enough that asking costs little. */
const page = 1000;

/** Opens what the log has of an import's file. Read it through the connection that stays open meanwhile. */
export function openStoredExport(
  db: Database,
  one: StoredImport,
): OpenExport & { records(): Generator<ExportRecord> } {
  const first = [...firstRecords(db, one)];
  const sample = first.find((record) => 'value' in record);
  const names =
    one.columns ?? (sample && 'value' in sample ? keyPaths(sample.value as Record<string, unknown>) : []);
  const total = one.imported + one.rejected;
  return {
    info: {
      name: one.file,
      bytes: one.bytes,
      format: one.format,
      rowKind: one.format === 'json' ? 'record' : 'line',
      delimiter: null,
      rowsAbove: 0,
      names,
    },
    hasLocalDates: first.some(({ raw }) => looksLikeLocalDate(raw)),
    pieces: null,
    cutting: null,
    // They are where the import of the file says.
    takeLines: () => null,
    close: async () => {},
    *records() {
      for (const { records } of pagesOf(db, one)) yield* records;
    },
    async *batches() {
      let done = 0;
      for (const { records, read } of pagesOf(db, one)) {
        done += read;
        yield { records, bytesRead: Math.floor((one.bytes * Math.min(done, total)) / Math.max(1, total)) };
        // Nothing here waits for a disk: a cancel gets its chance to arrive.
        await new Promise((resolve) => setImmediate(resolve));
      }
      return { sha256: one.sha256, encoding: one.encoding, isCutOff: one.isCutOff };
    },
  };
}

function firstRecords(db: Database, one: StoredImport): ExportRecord[] {
  const step = pagesOf(db, one).next();
  return step.done ? [] : step.value.records;
}

/** The records page by page, with how many stored rows each page was read from. */
function* pagesOf(db: Database, one: StoredImport): Generator<{ records: ExportRecord[]; read: number }> {
  const events = paged<EventRow>(
    db.prepare(
      `SELECT e.id, e.row, ${rawOf('r')} AS raw FROM stored_event e JOIN stored_record r ON r.event_id = e.id
       WHERE e.id > ? AND e.id < ${one.firstEventId + one.imported} ORDER BY e.id LIMIT ${page}`,
    ),
    ({ id }) => id,
    one.firstEventId - 1,
  );
  const rejected = paged<RejectedRow>(
    db.prepare(
      `SELECT number, row, reason, raw FROM rejection WHERE number > ? AND import_id = ${one.id}
       ORDER BY number LIMIT ${page}`,
    ),
    ({ number }) => number,
    0,
  );
  let event = events.next();
  let rejection = rejected.next();
  let records: ExportRecord[] = [];
  let read = 0;
  let last = 0;
  while (!event.done || !rejection.done) {
    // Of one record some events may be stored and others rejected: it is read once, from where it is whole.
    const takesEvent = !event.done && (rejection.done || event.value.row <= rejection.value.row);
    const row = takesEvent ? (event.value as EventRow).row : (rejection.value as RejectedRow).row;
    if (row !== last) {
      const record = takesEvent
        ? recordOf(row, (event.value as EventRow).raw, one.columns)
        : rejectedRecord(rejection.value as RejectedRow, one.columns);
      records.push(record);
    }
    last = row;
    read += 1;
    if (takesEvent) event = events.next();
    else rejection = rejected.next();
    if (read >= page) {
      yield { records, read };
      records = [];
      read = 0;
    }
  }
  yield { records, read };
}

/** Rows of a statement with the place it goes on after; never an open cursor, which would keep the writer waiting. */
function* paged<T>(
  statement: { all(after: number): unknown[] },
  placeOf: (row: T) => number,
  start: number,
): Generator<T, undefined> {
  for (let after = start; ; ) {
    const rows = statement.all(after) as T[];
    yield* rows;
    if (rows.length < page) return undefined;
    after = placeOf(rows.at(-1) as T);
  }
}

function recordOf(row: number, raw: string, columns: readonly string[] | null): ExportRecord {
  const { value, canonical } = readStoredRecord(raw, columns);
  return { row, value, raw, canonical };
}

/** Rows that are no records whatever maps them, though some could be taken for one. */
const noRecords = new Set([textAfterQuote, textAfterList, pageWithoutList, unfinishedRecord]);

/**
 * A rejected row: a record that its mapping made no event of, or what the reader could not take for a record and what
 * no mapping changes. Of one that was too long to be kept whole, the beginning is all there is.
 */
function rejectedRecord({ row, reason, raw }: RejectedRow, columns: readonly string[] | null): ExportRecord {
  const fault = { row, fault: reason, raw };
  if (noRecords.has(reason) || raw.length >= longestRejectedText) return fault;
  if (columns === null)
    return 'value' in jsonRecord({ text: raw, row, fault: null }) ? recordOf(row, raw, null) : fault;
  try {
    const record = recordOf(row, raw, columns);
    return 'value' in record && (record.value as readonly string[]).length === columns.length
      ? record
      : fault;
  } catch {
    return fault;
  }
}
