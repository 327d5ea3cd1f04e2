// One event with the proof of where it comes from, and the words that a filter can pick from.

import type { EventDetail } from '#core/event-model.ts';
import { hashRecord } from '#core/integrity/identity.ts';
import { readStoredRecord } from '#core/mapping/stored-record.ts';
import { createColumnsLookup, createEventReader, findStoredEvent } from '#core/store/events.ts';
import { readImport } from '#core/store/imports.ts';
import { byteOfRow } from '#core/store/lines.ts';
import { type CodedTable, usedWords } from '#core/store/live.ts';
import type { Store } from '#core/store/open.ts';

/** The event with this uid, also of an import that was replaced. Throws AppError('not-found') when the log does not hold it. */
export function readDetail(store: Store, uid: string): EventDetail {
  const row = findStoredEvent(store, uid);
  const report = readImport(store, row.importId);
  const columns = createColumnsLookup(store.db)(row.importId);
  return {
    event: createEventReader(store.db)(row),
    recordHash: hashRecord(readStoredRecord(row.raw, columns).canonical),
    rawText: row.raw,
    provenance: {
      file: report.file,
      sha256: report.sha256,
      bytes: report.bytes,
      importedAt: report.startedAt,
      replacedBy: report.replacedBy,
      preset: report.preset,
      format: report.format,
      rowKind: report.rowKind,
      byte: byteOfRow(store.db, row.importId, row.row),
    },
  };
}

/** At most this many words of a kind are offered to pick from. */
const mostChoices = 500;

/** Words that a filter can pick from, in alphabetical order. */
export function readChoices(store: Store): {
  sources: string[];
  actions: string[];
  actors: string[];
  targets: string[];
  fields: string[];
} {
  const { db } = store;
  const list = (word: string, table: 'source' | CodedTable) => {
    const isUsed = table === 'source' ? '1' : usedWords(db, table);
    const sql = `SELECT DISTINCT ${word} AS word FROM ${table} WHERE word IS NOT NULL AND ${isUsed} ORDER BY word LIMIT ${mostChoices}`;
    return db.prepare(sql).pluck().all() as string[];
  };
  return {
    sources: list('name', 'source'),
    actions: list('action', 'kind'),
    actors: list('name', 'actor'),
    targets: list('coalesce(name, target_id)', 'target'),
    fields: list('field', 'kind'),
  };
}
