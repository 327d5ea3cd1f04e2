// Which stored events the records of one import were found equal to: to their records, or only to what they say. Kept in
// the database, since a file may repeat millions.

import type { Database } from 'better-sqlite3';
import type { Equals } from './known-vendor-ids.ts';

export type Duplicates = {
  /** A record of this file, in this row, is the record of a stored event. */
  noteSameRecord(id: number, row: number): void;
  /** A record says what a stored event with its vendor id says. */
  noteSameMeaning(id: number, row: number): void;
  /** Whether a record of this file was found equal to this event's record, not only to what it says. */
  isTaken(id: number): boolean;
  /** Of events that say the same, the first that no record of this file was found equal to yet; else the first. */
  firstFree(equal: Equals): number;
  /** How often a record with this hash, hex, was absorbed: all that it says is said by stored ones with its vendor ids. */
  absorbed(recordHash: string): number;
  noteAbsorbed(recordHash: string): void;
  /** Lets go what only this import needs. */
  close(): void;
};

/** The duplicates of one import. */
export function openDuplicates(db: Database, importId: number): Duplicates {
  const isSighted = db.prepare('SELECT 1 FROM duplicate WHERE import_id = ? AND event_id = ?').pluck();
  const add = db.prepare('INSERT OR IGNORE INTO duplicate (import_id, event_id, row) VALUES (?, ?, ?)');
  const hasSighted = (id: number) => isSighted.get(importId, id) !== undefined;
  // Most files have none of these.
  let byMeaning: ByMeaning | null = null;
  const openByMeaning = (): ByMeaning => {
    byMeaning ??= createByMeaning(db);
    return byMeaning;
  };

  return {
    noteSameRecord(id, row) {
      add.run(importId, id, row);
      byMeaning?.take.run(id);
    },
    noteSameMeaning(id, row) {
      if (!hasSighted(id)) openByMeaning().sight.run(id);
      add.run(importId, id, row);
    },
    isTaken(id) {
      if (!hasSighted(id)) return false;
      return byMeaning === null || byMeaning.isTaken.get(id) !== 0;
    },
    firstFree(equal) {
      while (equal.next < equal.ids.length) {
        const id = equal.ids[equal.next] as number;
        if (!hasSighted(id)) return id;
        equal.next += 1;
      }
      return equal.ids[0] as number;
    },
    absorbed: (recordHash) => (byMeaning?.absorbed.get(recordHash) as number | undefined) ?? 0,
    noteAbsorbed: (recordHash) => openByMeaning().absorb.run(recordHash),
    close() {
      if (!byMeaning) return;
      db.exec('DROP TABLE temp.sighted_by_meaning; DROP TABLE temp.absorbed');
      byMeaning = null;
    },
  };
}

type ByMeaning = ReturnType<typeof createByMeaning>;

function createByMeaning(db: Database) {
  // An event that a record says the same as may be met by its own record, too: without the difference that record would
  // count as a second occurrence.
  db.exec(`
    CREATE TEMP TABLE sighted_by_meaning (event_id INTEGER PRIMARY KEY, is_taken INTEGER NOT NULL) STRICT;
    CREATE TEMP TABLE absorbed (record_hash TEXT PRIMARY KEY, times INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  `);
  return {
    sight: db.prepare('INSERT OR IGNORE INTO temp.sighted_by_meaning (event_id, is_taken) VALUES (?, 0)'),
    take: db.prepare('UPDATE temp.sighted_by_meaning SET is_taken = 1 WHERE event_id = ?'),
    isTaken: db.prepare('SELECT is_taken FROM temp.sighted_by_meaning WHERE event_id = ?').pluck(),
    absorb: db.prepare(
      'INSERT INTO temp.absorbed (record_hash, times) VALUES (?, 1) ON CONFLICT DO UPDATE SET times = times + 1',
    ),
    absorbed: db.prepare('SELECT times FROM temp.absorbed WHERE record_hash = ?').pluck(),
  };
}
