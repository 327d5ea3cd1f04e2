// Reads what the log says of its imports and sources: reports, rejected rows, and the state of the log's tree.

import { canonicalJson } from '#core/integrity/canonical.ts';
import { createMerkleTree, leafHash, type MerkleTree } from '#core/integrity/merkle.ts';
import type {
  DuplicateOf,
  FileFormat,
  ImportReport,
  ImportWarning,
  Rejection,
  SourceSummary,
} from '#core/model.ts';
import { formatUtc } from '#core/time.ts';
import { readLogMark } from './live.ts';
import type { Store } from './open.ts';
import { findSyncOf } from './syncs.ts';

/** Rejected rows that travel with a report; `listRejections` has them all. */
const rejectionsInReport = 100;

/** The id of the newest import, replaced or not; 0 before the first. */
export const lastImportId = (store: Store): number =>
  store.db.prepare('SELECT coalesce(max(id), 0) FROM stored_import').pluck().get() as number;

type ImportRow = {
  id: number;
  remaps: number | null;
  replaced_by: number | null;
  replaced_at: number | null;
  file: string;
  sha256: string;
  bytes: number;
  format: FileFormat;
  preset: string;
  source: string;
  read: number;
  imported: number;
  duplicates: number;
  conflicts: number;
  rejected: number;
  first_time: number | null;
  last_time: number | null;
  root: string;
  warnings: string;
  started_at: number;
  ms: number;
};

const selectImports = `
SELECT i.*, s.name AS source, m.preset AS preset, later.id AS replaced_by, later.started_at AS replaced_at
FROM stored_import i JOIN source s ON s.id = i.source_id JOIN mapping m ON m.id = i.mapping_id
LEFT JOIN stored_import later ON later.remaps = i.id`;

/** All imports, newest first, also those that another one replaced; without their rejected rows. */
export function listImports(store: Store): Omit<ImportReport, 'rejections'>[] {
  const rows = store.db.prepare(`${selectImports} ORDER BY i.id DESC`).all() as ImportRow[];
  return rows.map(toReport);
}

/** The report of one import. */
export function readImport(store: Store, id: number): ImportReport {
  const row = store.db.prepare(`${selectImports} WHERE i.id = ?`).get(id) as ImportRow;
  return { ...toReport(row), rejections: listRejections(store, id, rejectionsInReport) };
}

/** The first `limit` rejected rows of an import, in the order of the file. */
export function listRejections(store: Store, importId: number, limit: number): Rejection[] {
  return store.db
    .prepare('SELECT row, reason FROM rejection WHERE import_id = ? ORDER BY number LIMIT ?')
    .all(importId, limit) as Rejection[];
}

/** The imports that hold the events which records of this one were found equal to, with how many each. */
export function listDuplicates(store: Store, importId: number): DuplicateOf[] {
  return store.db
    .prepare(
      `SELECT i.id AS import, i.file AS file, count(*) AS events
       FROM duplicate d JOIN event e ON e.id = d.event_id JOIN import i ON i.id = e.import_id
       WHERE d.import_id = ? GROUP BY i.id ORDER BY i.id DESC`,
    )
    .all(importId) as DuplicateOf[];
}

/** The preset each source was last imported with, as it was then. */
export function listMappings(store: Store): { source: string; preset: string; json: string }[] {
  return store.db
    .prepare(
      `SELECT s.name AS source, m.preset AS preset, m.json AS json FROM source s JOIN mapping m ON m.id =
         (SELECT i.mapping_id FROM import i WHERE i.source_id = s.id ORDER BY i.id DESC LIMIT 1)
       ORDER BY s.id DESC`,
    )
    .all() as { source: string; preset: string; json: string }[];
}

/** Every source with what the log holds of it, by name. */
export function listSources(store: Store): SourceSummary[] {
  const rows = store.db
    .prepare(
      `SELECT s.id, s.name, m.preset, newest.zone, s.created_at AS createdAt, held.imports, held.events,
         held.firstTime, held.lastTime, held.lastImportAt
       FROM source s
       JOIN (SELECT source_id, max(id) AS newest, count(*) AS imports, sum(imported) AS events,
           min(first_time) AS firstTime, max(last_time) AS lastTime, max(started_at) AS lastImportAt
         FROM import GROUP BY source_id) held ON held.source_id = s.id
       JOIN import newest ON newest.id = held.newest JOIN mapping m ON m.id = newest.mapping_id
       ORDER BY s.name`,
    )
    .all() as (Omit<SourceSummary, 'createdAt' | 'firstTime' | 'lastTime' | 'lastImportAt'> & {
    createdAt: number;
    firstTime: number | null;
    lastTime: number | null;
    lastImportAt: number | null;
  })[];
  return rows.map((row) => ({
    ...row,
    createdAt: formatUtc(row.createdAt),
    firstTime: utcOrNull(row.firstTime),
    lastTime: utcOrNull(row.lastTime),
    lastImportAt: utcOrNull(row.lastImportAt),
  }));
}

/** Size (leaves: events and imports) and root of the whole log; the root is null while the log is empty. */
export function readLogState(store: Store): { size: number; root: string | null } {
  const row = store.db
    .prepare('SELECT log_size AS size, log_root AS root FROM stored_import ORDER BY id DESC LIMIT 1')
    .get();
  return (row as { size: number; root: string } | undefined) ?? { size: 0, root: null };
}

/**
 * What identifies the log up to an event, which is the last one of an import, with how many imports have been replaced
 * by now; null where no import ends there.
 */
export function readLogStateAt(
  { db }: Store,
  end: number,
): { workspace: string; logSize: number; logRoot: string; replaced: number } | null {
  const state = db
    .prepare(
      `SELECT (SELECT id FROM workspace) AS workspace, log_size AS logSize, log_root AS logRoot
       FROM stored_import WHERE first_event_id + imported - 1 = ? ORDER BY id DESC LIMIT 1`,
    )
    .get(end) as { workspace: string; logSize: number; logRoot: string } | undefined;
  return state ? { ...state, replaced: readLogMark(db).replaced } : null;
}

/** The log's root when the import that brought an event was done; undefined where the log does not hold it yet. */
export function readRootWith({ db }: Store, eventId: number): string | undefined {
  return db
    .prepare('SELECT log_root FROM stored_import WHERE first_event_id + imported > ? ORDER BY id LIMIT 1')
    .pluck()
    .get(eventId) as string | undefined;
}

/** The log's tree as the last import left it, ready to grow. */
export function readLogTree(store: Store): MerkleTree {
  const row = store.db
    .prepare('SELECT log_size AS size, log_frontier AS frontier FROM stored_import ORDER BY id DESC LIMIT 1')
    .get() as { size: number; frontier: Buffer } | undefined;
  return createMerkleTree(row);
}

/**
 * The text whose leaf hash stands for an import in the log, after its events: canonical JSON of its row without what
 * is only known afterwards (the log's own size and root), of its rejected rows, and of the sync that brought it.
 */
export function importLeafText(store: Store, row: Record<string, unknown>): string {
  const { log_size: _size, log_root: _root, log_frontier: _frontier, ...fixed } = row;
  const rejections = store.db
    .prepare('SELECT number, row, reason, raw FROM rejection WHERE import_id = ? ORDER BY number')
    .iterate(fixed.id);
  const tree = createMerkleTree();
  for (const rejection of rejections) tree.append(leafHash(canonicalJson(rejection)));
  // Undefined members are left out: the leaves of imported files are as they were before there were syncs.
  const sync = findSyncOf(store.db, fixed.id as number);
  return canonicalJson({ ...fixed, rejections: tree.root().toString('hex'), sync });
}

function toReport(row: ImportRow): Omit<ImportReport, 'rejections'> {
  return {
    id: row.id,
    remaps: row.remaps,
    replacedBy:
      row.replaced_by === null ? null : { import: row.replaced_by, at: formatUtc(row.replaced_at as number) },
    file: row.file,
    sha256: row.sha256,
    bytes: row.bytes,
    format: row.format,
    rowKind: row.format === 'json' ? 'record' : 'line',
    preset: row.preset,
    source: row.source,
    read: row.read,
    imported: row.imported,
    duplicates: row.duplicates,
    conflicts: row.conflicts,
    rejected: row.rejected,
    firstTime: utcOrNull(row.first_time),
    lastTime: utcOrNull(row.last_time),
    root: row.root,
    warnings: JSON.parse(row.warnings) as ImportWarning[],
    startedAt: formatUtc(row.started_at),
    ms: row.ms,
  };
}

function utcOrNull(ms: number | null): string | null {
  return ms === null ? null : formatUtc(ms);
}
