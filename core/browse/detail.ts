// One event with the proof of where it comes from, and the words that a filter can pick from.

import { hashRecord } from '#core/integrity/identity.ts';
import { readStoredRecord } from '#core/mapping/stored-record.ts';
import type { EventDetail } from '#core/model.ts';
import { createColumnsLookup, createEventReader, findEvent } from '#core/store/events.ts';
import { readImport } from '#core/store/imports.ts';
import type { Store } from '#core/store/open.ts';

/** The event with this uid. Throws AppError('not-found') when the log does not hold it. */
export function readDetail(store: Store, uid: string): EventDetail {
  const row = findEvent(store, uid);
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
      preset: report.preset,
      format: report.format,
      rowKind: report.rowKind,
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
  const list = (sql: string) => store.db.prepare(`${sql} LIMIT ${mostChoices}`).pluck().all() as string[];
  return {
    sources: list('SELECT name FROM source ORDER BY name'),
    actions: list('SELECT DISTINCT action FROM kind ORDER BY action'),
    actors: list('SELECT DISTINCT name FROM actor ORDER BY name'),
    targets: list(
      'SELECT DISTINCT coalesce(name, target_id) AS word FROM target WHERE word IS NOT NULL ORDER BY word',
    ),
    fields: list('SELECT DISTINCT field FROM kind WHERE field IS NOT NULL ORDER BY field'),
  };
}
