// The rejected rows of an import as a CSV file: number, reason, and what stood there. Made for a person and a
// spreadsheet, so a text that a spreadsheet would calculate gets an apostrophe in front; the log keeps it as it was.

import { asText } from '#core/csv-text.ts';
import { AppError } from '#core/errors.ts';
import { fileStem, writeNewFile } from '#core/new-file.ts';
import type { Store } from '#core/store/open.ts';

/** Writes them into `folder` and returns the file's name. Throws AppError('not-found') where an import has none. */
export function saveRejections(store: Store, importId: number, folder: string): string {
  const file = store.db
    .prepare('SELECT file FROM stored_import WHERE id = ? AND rejected > 0')
    .pluck()
    .get(importId) as string | undefined;
  if (file === undefined) throw new AppError('not-found', `Import ${importId} has no rejected rows.`);
  return writeNewFile(folder, `${fileStem(file)} rejected rows.csv`, lines(store, importId));
}

function* lines(store: Store, importId: number): Generator<string> {
  yield 'row,reason,raw\r\n';
  const rows = store.db
    .prepare('SELECT row, reason, raw FROM rejection WHERE import_id = ? ORDER BY number')
    .iterate(importId) as IterableIterator<{ row: number; reason: string; raw: string }>;
  for (const { row, reason, raw } of rows) yield `${row},${quoted(reason)},${quoted(asText(raw))}\r\n`;
}

// Quoted always: what was rejected may be anything.
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
