// Building an index at the end is several times faster than filling it row by row, when an import brings much of
// what the log will hold. So a large import drops the indexes inside its transaction and builds them again
// before it commits: readers never see a log without them, and a crash brings them back with everything else.

import type { Database } from 'better-sqlite3';

/** A large import finds duplicates by keys in memory, so that it needs none of them. */
const all = ['event_time', 'event_actor', 'event_target', 'event_uid', 'event_vendor'];

/** A record takes about this many bytes of an export: good enough to tell a large import from a small one. */
const bytesPerRecord = 250;

/** Fewer new events than this do not pay for building the indexes again: a file may be large and hold nothing new. */
const worthRebuilding = 5_000;

export type BulkIndexes = {
  /** About how many records the file has, where that is at least half of what is there; else null. */
  expected: number | null;
  /** Drops the indexes of a large import once it has stored enough. Call it between batches. */
  see(stored: number): void;
  /** Builds again what was dropped. */
  rebuild(): void;
};

/** Whether a file of so many bytes brings at least half of what a log then holds, and enough to treat it as such. */
export const isLargeImport = (fileBytes: number, heldEvents: number): boolean =>
  fileBytes / bytesPerRecord >= Math.max(heldEvents / 2, worthRebuilding);

/** The indexes of a log that a file of so many bytes is imported into. Call it inside the import's transaction. */
export function openBulkIndexes(db: Database, fileBytes: number): BulkIndexes {
  const held = db.prepare('SELECT coalesce(max(id), 0) FROM stored_event').pluck().get() as number;
  const isLarge = isLargeImport(fileBytes, held);
  let dropped: string[] = [];
  return {
    expected: isLarge ? Math.ceil(fileBytes / bytesPerRecord) : null,
    see(stored) {
      if (!isLarge || dropped.length > 0 || stored < worthRebuilding) return;
      const find = db.prepare(`SELECT sql FROM sqlite_schema WHERE type = 'index' AND name = ?`).pluck();
      dropped = all.map((name) => find.get(name) as string);
      for (const name of all) db.exec(`DROP INDEX ${name}`);
    },
    rebuild() {
      buildIndexes(db, dropped);
    },
  };
}

/** Runs the statements that make indexes. */
export function buildIndexes(db: Database, statements: readonly string[]): void {
  // The sorter's runs are as long as the page cache: runs that fit the processor's cache sort four times faster. It
  // sorts in this thread: two more take half as much work again, and the other core has leaves to put together.
  const cache = db.pragma('cache_size', { simple: true });
  db.pragma('cache_size = -1000');
  try {
    for (const sql of statements) db.exec(sql);
  } finally {
    db.pragma(`cache_size = ${cache}`);
  }
}
