// The source an import goes into, and the preset as it was used: both are kept in the log, because what an event
// means depends on them.

import { hash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { AppError } from '#core/errors.ts';
import { canonicalJson } from '#core/integrity/canonical.ts';
import type { Preset } from '#core/mapping/preset.ts';

/**
 * The source called `name`, added where it is new. A source keeps the preset and the zone it began with; throws
 * AppError('usage') for another one, since the same log cannot have two meanings.
 */
export function takeSource(
  db: Database,
  wanted: { name: string; preset: Preset; zone: string | null },
): { id: number; name: string; zone: string | null } {
  const { name, preset, zone } = wanted;
  const found = db.prepare('SELECT id, preset, zone FROM source WHERE name = ?').get(name) as
    | { id: number; preset: string; zone: string | null }
    | undefined;
  if (!found) {
    const added = db
      .prepare('INSERT INTO source (name, preset, zone, created_at) VALUES (?, ?, ?, ?)')
      .run(name, preset.id, zone, Date.now());
    return { id: Number(added.lastInsertRowid), name, zone };
  }
  if (found.preset !== preset.id) {
    throw new AppError(
      'usage',
      `The source “${name}” holds ${found.preset} events and this file is ${preset.id}. Import it into a source of its own.`,
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

/** Keeps the preset as it is now and returns its id; the same preset is kept once. */
export function storeMapping(db: Database, preset: Preset): number {
  const json = canonicalJson(preset);
  const sha256 = hash('sha256', json, 'hex');
  const found = db.prepare('SELECT id FROM mapping WHERE sha256 = ?').pluck().get(sha256) as
    | number
    | undefined;
  if (found !== undefined) return found;
  const added = db
    .prepare('INSERT INTO mapping (preset, version, sha256, json) VALUES (?, ?, ?, ?)')
    .run(preset.id, preset.version, sha256, json);
  return Number(added.lastInsertRowid);
}
