// What the log says of its syncs: how far each feed was read, and which objects and files. Rows are only added; the newest
// of a feed counts.

import type { Database } from 'better-sqlite3';

/** What a sync's transaction says of itself beside the rows it brought. Times are epoch ms. */
export type SyncRow = {
  /** The source its events go into, and what was asked for them, as canonical JSON without any secret. */
  source: string;
  feed: string;
  /** Of a bucket or folder: what was read, and which state of it. */
  object: string | null;
  version: string | null;
  at: number;
  settledUntil: number | null;
  /** Canonical JSON. */
  detail: string;
};

/** Appends a row; call it inside the transaction of the import that it belongs to, or for one without an import. */
export function addSync(db: Database, importId: number | null, row: SyncRow): void {
  db.prepare(
    `INSERT INTO sync (import_id, source, feed, object, version, at, settled_until, detail)
     VALUES (?, @source, @feed, @object, @version, @at, @settledUntil, @detail)`,
  ).run(importId, row);
}

/** The row of the sync that brought an import, as the import's leaf has it; undefined for an import of a file. */
export function findSyncOf(db: Database, importId: number): Record<string, unknown> | undefined {
  return db
    .prepare(
      'SELECT source, feed, object, version, at, settled_until, detail FROM sync WHERE import_id = ? ORDER BY id LIMIT 1',
    )
    .get(importId) as Record<string, unknown> | undefined;
}

/** How far a feed was read, and which row says so; null where it never was. */
export type Checkpoint = { id: number; at: number; settledUntil: number | null; detail: string };

export function readCheckpoint(db: Database, source: string, feed: string): Checkpoint | null {
  const row = db
    .prepare(
      `SELECT id, at, settled_until AS settledUntil, detail FROM sync
       WHERE source = ? AND feed = ? AND object IS NULL ORDER BY id DESC LIMIT 1`,
    )
    .get(source, feed);
  return (row as Checkpoint | undefined) ?? null;
}

/** The objects of a feed that were read, by their names, each with the states it was read in, newest first. */
export function readObjects(db: Database, source: string, feed: string): Map<string, string[]> {
  const rows = db
    .prepare(
      'SELECT object, version FROM sync WHERE source = ? AND feed = ? AND object IS NOT NULL ORDER BY id DESC',
    )
    .raw()
    .iterate(source, feed) as IterableIterator<[string, string]>;
  const objects = new Map<string, string[]>();
  for (const [object, version] of rows) {
    const versions = objects.get(object);
    if (versions) versions.push(version);
    else objects.set(object, [version]);
  }
  return objects;
}

/** What was noted of the objects of a feed when they were last read, by their names. */
export function readObjectDetails(
  db: Database,
  source: string,
  feed: string,
): Map<string, Record<string, unknown>> {
  const rows = db
    .prepare(
      'SELECT object, detail FROM sync WHERE source = ? AND feed = ? AND object IS NOT NULL ORDER BY id',
    )
    .raw()
    .all(source, feed) as [string, string][];
  return new Map(rows.map(([object, detail]) => [object, JSON.parse(detail) as Record<string, unknown>]));
}

/** What the log knows of a source's feeds: the newest row of each, without those of single objects where none is newer. */
export function listFeeds(
  db: Database,
): { source: string; feed: string; at: number; settledUntil: number | null }[] {
  return db
    .prepare(
      `SELECT source, feed, at, settled_until AS settledUntil FROM sync
       WHERE id IN (SELECT max(id) FROM sync GROUP BY source, feed) ORDER BY source, feed`,
    )
    .all() as { source: string; feed: string; at: number; settledUntil: number | null }[];
}
