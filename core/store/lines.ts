// Where a record stands in its file, in bytes: read from what an import kept of its lines, or of the elements of its JSON.

import type { Database } from 'better-sqlite3';

/**
 * The byte at which a row of an import's file begins, in the unpacked text, from 0; null where nothing is known of it: for
 * lines of UTF-16, and imports of before this was kept. An import that maps another one again is of
 * that one's file.
 */
export function byteOfRow(db: Database, importId: number, row: number): number | null {
  const block = db
    .prepare(
      `WITH RECURSIVE file (id, remaps) AS (
         SELECT id, remaps FROM stored_import WHERE id = ?
         UNION ALL SELECT i.id, i.remaps FROM file f JOIN stored_import i ON i.id = f.remaps)
       SELECT b.line, b.byte, b.lengths FROM line_block b
       WHERE b.import_id = (SELECT id FROM file WHERE remaps IS NULL) AND b.line <= ? ORDER BY b.line DESC LIMIT 1`,
    )
    .get(importId, row) as { line: number; byte: number; lengths: Buffer } | undefined;
  if (!block) return null;
  let { line: at, byte } = block;
  let [length, unit] = [0, 1];
  for (const part of block.lengths) {
    if (at === row) return byte;
    length += (part & 127) * unit;
    unit *= 128;
    if (part >= 128) continue;
    at += 1;
    byte += length;
    [length, unit] = [0, 1];
  }
  // The last line of a file may end without a line end.
  return at === row ? byte : null;
}
