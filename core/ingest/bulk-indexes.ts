// Building an index at the end is several times faster than filling it row by row, when an import brings much of
// what the log will hold. So a large import drops the browsing indexes inside its transaction and builds them again
// before it commits: readers never see a log without them, and a crash brings them back with everything else.

import type { Database } from 'better-sqlite3';

/** The indexes an import does not need for itself. event_uid and event_vendor stay: duplicates are found by them. */
const browsing = ['event_time', 'event_actor', 'event_target'];

/** A record takes about this many bytes of an export: good enough to tell a large import from a small one. */
const bytesPerRecord = 250;

/** Drops the browsing indexes if the file brings at least half of what is there; `rebuild` builds them again. */
export function suspendIndexes(db: Database, fileBytes: number): { rebuild(): void } {
  const held = db.prepare('SELECT coalesce(max(id), 0) FROM event').pluck().get() as number;
  if (fileBytes / bytesPerRecord < Math.max(held / 2, 5_000)) return { rebuild: () => {} };
  const find = db.prepare(`SELECT sql FROM sqlite_schema WHERE type = 'index' AND name = ?`).pluck();
  const definitions = browsing.map((name) => find.get(name) as string);
  for (const name of browsing) db.exec(`DROP INDEX ${name}`);
  return {
    rebuild() {
      // The sorter's runs are as long as the page cache: runs that fit the processor's cache sort four times faster.
      const cache = db.pragma('cache_size', { simple: true });
      db.pragma('cache_size = -2000');
      for (const sql of definitions) db.exec(sql);
      db.pragma(`cache_size = ${cache}`);
    },
  };
}
