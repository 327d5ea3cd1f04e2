// Whether the log has all of a file already: a second import of a folder, or one that goes on where the first was
// cancelled, need not read again what came in whole. Told by content, source and mapping, never by the name.

import type { Database } from 'better-sqlite3';
import { AppError } from '#core/errors.ts';
import { forgetFileOrders } from '#core/mapping/own-presets.ts';
import { type Preset, parsePreset } from '#core/mapping/preset.ts';
import type { ExportFile } from './containers.ts';
import { canonicalPreset } from './source.ts';

/** An import with this very content. */
export type SameContent = { id: number; source: string; zone: string | null; mapping: string };

/**
 * The imports that count and are of a file with this content, newest first. A file of a size that none has is not read.
 * One that cannot be read has none: its import says why.
 */
export async function findSameContent(db: Database, file: ExportFile): Promise<SameContent[]> {
  try {
    const bytes = await file.open();
    try {
      // A mapping is long, and of thousands of exports that one system packed many have the same size.
      const hasSize = db.prepare('SELECT 1 FROM import WHERE bytes = ? LIMIT 1').get(bytes.bytes);
      if (hasSize === undefined) return [];
      for await (const _piece of bytes.content);
      return db
        .prepare(
          `SELECT i.id, s.name AS source, i.zone, m.json AS mapping FROM import i
           JOIN source s ON s.id = i.source_id JOIN mapping m ON m.id = i.mapping_id
           WHERE i.bytes = ? AND i.sha256 = ? ORDER BY i.id DESC`,
        )
        .all(bytes.bytes, bytes.sha256()) as SameContent[];
    } finally {
      await bytes.content.return(undefined);
      await bytes.close();
    }
  } catch (error) {
    if (error instanceof AppError) return [];
    throw error;
  }
}

/** Of imports with the same content the one into this source, with this mapping and zone; null where none is. */
export function pickHeld(
  same: readonly SameContent[],
  wanted: { source: string; preset: Preset; zone: string | null },
): number | null {
  // The order of dates is found in each file anew, and the content is the same.
  const plain = (preset: Preset) => canonicalPreset(forgetFileOrders(preset)).json;
  const held = same.find(
    ({ id, source, zone, mapping }) =>
      source === wanted.source &&
      (wanted.zone === null || wanted.zone === zone) &&
      plain(parsePreset(mapping, `mapping of import ${id}`)) === plain(wanted.preset),
  );
  return held?.id ?? null;
}
