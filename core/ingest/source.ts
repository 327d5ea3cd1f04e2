// The source an import goes into, and the preset as it was used: both are kept in the log, because what an event
// means depends on them.

import { hash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { AppError } from '#core/errors.ts';
import { canonicalJson } from '#core/integrity/canonical.ts';
import type { Preset } from '#core/mapping/preset.ts';

/** The source an import goes into; `zone` is that of times without one, where a person named it. */
export type TakenSource = { id: number; name: string; zone: string | null };

/**
 * The source called `name`, added where it is new. What comes into a source is read with the preset and the zone of its
 * newest import; throws AppError('usage') for others, since the same log cannot have two meanings.
 */
export function takeSource(
  db: Database,
  wanted: { name: string; preset: Preset; zone: string | null },
): TakenSource {
  const { name, preset, zone } = wanted;
  const found = db
    .prepare(
      `SELECT s.id, m.preset, i.zone FROM source s JOIN import i ON i.source_id = s.id
       JOIN mapping m ON m.id = i.mapping_id WHERE s.name = ? ORDER BY i.id DESC LIMIT 1`,
    )
    .get(name) as { id: number; preset: string; zone: string | null } | undefined;
  if (!found) {
    const added = db.prepare('INSERT INTO source (name, created_at) VALUES (?, ?)').run(name, Date.now());
    return { id: Number(added.lastInsertRowid), name, zone };
  }
  if (found.preset !== preset.id) {
    throw new AppError(
      'usage',
      `The source “${name}” holds ${found.preset} events and this file is ${preset.id}. Import it into a source of its own, or read it with ${found.preset}.`,
    );
  }
  if (zone !== null && zone !== found.zone) {
    throw new AppError(
      'usage',
      `The source “${name}” reads its times in ${found.zone ?? 'the zone its preset says'}, not ${zone}. Import this file into a source of its own.`,
    );
  }
  return { id: found.id, name, zone: found.zone };
}

/** A preset as the log keeps it. */
export function canonicalPreset(preset: Preset): { json: string; sha256: string } {
  const json = canonicalJson(preset);
  return { json, sha256: hash('sha256', json, 'hex') };
}

/** Keeps the preset as it is now and returns its id; the same preset is kept once. */
export function storeMapping(db: Database, preset: Preset): number {
  const { json, sha256 } = canonicalPreset(preset);
  const found = db.prepare('SELECT id FROM mapping WHERE sha256 = ?').pluck().get(sha256) as
    | number
    | undefined;
  if (found !== undefined) return found;
  const added = db
    .prepare('INSERT INTO mapping (preset, version, sha256, json) VALUES (?, ?, ?, ?)')
    .run(preset.id, preset.version, sha256, json);
  return Number(added.lastInsertRowid);
}
