// What the log holds, read once at the start: its size and root, the sources, the imports and the presets that
// mapped them. Everything a pack or an export says about where events come from is one of these objects.

import { logOrigin } from '#core/integrity/checkpoint.ts';
import type { ImportReport, SourceSummary } from '#core/model.ts';
import { listImports, listSources, readLogState } from './imports.ts';
import type { Store } from './open.ts';

/** The preset that mapped an import, as it was then: read from the log, not from this installation. */
export type Mapping = { preset: string; version: number; sha256: string };
export type InventoryImport = Omit<ImportReport, 'rejections'> & { mapping: Mapping };

export type InventorySource = SourceSummary & {
  /** The preset's name for people, and what it says about the vendor's log. */
  presetName: string;
  retention: string;
  /** Kinds of events the vendor's log is known not to hold. */
  blindSpots: string[];
  /** What is assumed about the export because the vendor does not publish it. */
  assumed: string[];
};

export type Inventory = {
  /** Name, leaves and RFC 6962 root of the log. */
  log: { origin: string; size: number; root: string | null };
  sources: InventorySource[];
  /** In the order they were made; without those that another one replaced. */
  imports: InventoryImport[];
  /** Those whose records another import maps again: in the log, and in no answer. */
  replaced: InventoryImport[];
};

type MappingRow = { importId: number; preset: string; version: number; sha256: string; json: string };
type PresetNotes = { name: string; retention: { text: string }; blindSpots: string[]; assumed: string[] };

/** Reads the inventory. */
export function readInventory(store: Store): Inventory {
  const rows = store.db
    .prepare(
      `SELECT i.id AS importId, m.preset, m.version, m.sha256, m.json
       FROM stored_import i JOIN mapping m ON m.id = i.mapping_id ORDER BY i.id`,
    )
    .all() as MappingRow[];
  const byImport = new Map(rows.map((row) => [row.importId, row]));
  const imports = listImports(store)
    .toReversed()
    .map((one) => {
      const row = byImport.get(one.id);
      if (!row) throw new Error(`Import ${one.id} has no mapping.`);
      return { ...one, mapping: { preset: row.preset, version: row.version, sha256: row.sha256 } };
    });
  const newestOf = new Map(rows.map((row) => [row.preset, JSON.parse(row.json) as PresetNotes]));
  return {
    log: { origin: logOrigin(readWorkspaceId(store)), ...readLogState(store) },
    sources: listSources(store).map((source) => {
      const notes = newestOf.get(source.preset);
      return {
        ...source,
        presetName: notes?.name ?? source.preset,
        retention: notes?.retention.text ?? 'not stated',
        blindSpots: notes?.blindSpots ?? [],
        assumed: notes?.assumed ?? [],
      };
    }),
    imports: imports.filter(({ replacedBy }) => replacedBy === null),
    replaced: imports.filter(({ replacedBy }) => replacedBy !== null),
  };
}

/** The id that a workspace got when it was made. */
export function readWorkspaceId(store: Store): string {
  return store.db.prepare('SELECT id FROM workspace').pluck().get() as string;
}
