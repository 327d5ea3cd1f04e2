// What an import that takes the place of another one has to do beside storing its own events: the earlier events leave
// the views, duplicates that other imports hold stay where they are, and duplicates of the earlier events become
// duplicates of the new ones.

import type { Database } from 'better-sqlite3';
import { showLive } from '#core/store/live.ts';
import type { KeptDuplicates } from './log-writer.ts';
import type { Sightings } from './sightings.ts';

/** An import that is replaced. `heldRows` are the rows that are read again, where one of them may be several events. */
export type Replaced = {
  id: number;
  firstEventId: number;
  imported: number;
  /** Of its duplicates, those of rows that are not read again. */
  kept: number;
  heldRows: ReadonlySet<number> | null;
};

/**
 * Takes the events of `replaced` out of the views, and gives its successor those of its duplicates that other imports
 * hold. They stay there, as that import mapped them: their raw records are stored with those events and nowhere else,
 * and had this import been mapped rightly from the start, they would have been duplicates too.
 */
export function beginReplacing(db: Database, replaced: Replaced, importId: number): KeptDuplicates {
  showLive(db, replaced.id);
  const rows = db
    .prepare(
      'SELECT d.event_id, d.row FROM duplicate d JOIN event e ON e.id = d.event_id WHERE d.import_id = ?',
    )
    .raw()
    .all(replaced.id) as [number, number][];
  const add = db.prepare('INSERT INTO duplicate (import_id, event_id, row) VALUES (?, ?, ?)');
  const events = new Set<number>();
  for (const [event, row] of rows) {
    if (replaced.heldRows?.has(row)) continue;
    add.run(importId, event, row);
    events.add(event);
  }
  return { count: replaced.kept, events };
}

/**
 * Whatever imports found to be equal to an event of the replaced import is equal to its successor's event of the same
 * row. Their own rows in `duplicate` stay; call it when all new events are in the database.
 */
export function addSuccessor(
  db: Database,
  replaced: Replaced,
  successor: { importId: number; firstEventId: number },
): void {
  const last = replaced.firstEventId + replaced.imported - 1;
  const findDuplicate = db.prepare(
    'SELECT 1 FROM duplicate WHERE event_id BETWEEN ? AND ? AND import_id IN (SELECT id FROM import WHERE duplicates > 0) LIMIT 1',
  );
  if (findDuplicate.get(replaced.firstEventId, last) === undefined) return;
  db.exec(
    'CREATE TEMP TABLE successor (row INTEGER, part INTEGER, id INTEGER, PRIMARY KEY (row, part)) WITHOUT ROWID',
  );
  try {
    db.prepare(
      'INSERT OR IGNORE INTO successor SELECT row, part, id FROM stored_event WHERE id >= ? AND import_id = ?',
    ).run(successor.firstEventId, successor.importId);
    db.prepare(
      // A record may be one event now and have been several, or the other way round: it is the same record.
      `INSERT OR IGNORE INTO duplicate (import_id, event_id, row)
       SELECT d.import_id, s.id, d.row FROM duplicate d JOIN stored_event e ON e.id = d.event_id
       JOIN temp.successor s ON s.row = e.row AND (s.part = e.part OR s.part = 0 OR e.part = 0)
       WHERE d.event_id BETWEEN ? AND ? AND d.import_id IN (SELECT id FROM import WHERE duplicates > 0)`,
    ).run(replaced.firstEventId, last);
  } finally {
    db.exec('DROP TABLE temp.successor');
  }
}

/**
 * What an import of which only a part was read again spans, and which way: by the rows it stored and those of its
 * duplicates, in the order of the file.
 */
export function spanOf(
  db: Database,
  { importId, firstEventId }: { importId: number; firstEventId: number },
): Pick<Sightings, 'firstTime' | 'lastTime' | 'isNewestFirst'> {
  const times = db
    .prepare(
      `SELECT time FROM (
         SELECT row, part, time FROM event WHERE id >= ?
         UNION ALL SELECT d.row, e.part, e.time FROM duplicate d JOIN event e ON e.id = d.event_id WHERE d.import_id = ?)
       ORDER BY row, part`,
    )
    .pluck()
    .iterate(firstEventId, importId) as IterableIterator<number>;
  let [first, last, previous] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN];
  let falling = 0;
  for (const time of times) {
    first = Math.min(first, time);
    last = Math.max(last, time);
    if (time < previous) falling += 1;
    else if (time > previous) falling -= 1;
    previous = time;
  }
  if (first > last) return { firstTime: null, lastTime: null, isNewestFirst: false };
  return { firstTime: first, lastTime: last, isNewestFirst: falling > 0 };
}
