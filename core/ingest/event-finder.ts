// Finds stored events by a key of 52 bits while an import adds to them. A small import asks the index of the log. A large
// one, which drops that index, keeps the newest few million keys in memory; of those before, a filter stays, which tells
// most new keys from them, and an index in the database over just these events.

import type { Database } from 'better-sqlite3';
import { buildIndexes } from './bulk-indexes.ts';
import { createKeyFilter, type KeyFilter } from './key-filter.ts';
import { createKeyMap, prefixOf } from './key-map.ts';

export type KeyColumn = 'uid_key' | 'vendor_key';

/** Finds the ids of events by a key; perhaps a few whose key is another one. */
export type EventFinder = {
  /** In the order of the ids. */
  find(key: number): readonly number[];
  /** An event is stored with this key; ids rise. */
  add(key: number, id: number): void;
  /** Lets go what it keeps, in the database too. */
  close(): void;
};

/** What both are opened with. */
export type FinderOptions = {
  /** Brings everything that was stored so far into the database. */
  flush(): void;
  /** So many keys are kept in memory. */
  most?: number;
};

/** Rows wait to be inserted together: the keys of so many events are kept until they are. */
const mostWaiting = 1 << 14;

/** Keys from the index of the log. */
export function findInIndex(
  db: Database,
  column: KeyColumn,
  { flush, most = mostWaiting }: FinderOptions,
): EventFinder {
  const select = db.prepare(`SELECT id FROM stored_event WHERE ${column} = ? AND id < ? ORDER BY id`).pluck();
  const waiting = new Map<number, number[]>();
  const none = Number.MAX_SAFE_INTEGER;
  let firstWaiting = none;
  return {
    find(key) {
      const earlier = select.all(key, firstWaiting) as number[];
      const own = waiting.get(key);
      return own ? [...earlier, ...own] : earlier;
    },
    add(key, id) {
      firstWaiting = Math.min(firstWaiting, id);
      const known = waiting.get(key);
      if (known) known.push(id);
      else waiting.set(key, [id]);
      if (id - firstWaiting < most) return;
      flush();
      waiting.clear();
      firstWaiting = none;
    },
    close: () => waiting.clear(),
  };
}

/** Keys kept in memory: more would be found no faster. */
const mostInMemory = 3 << 20;
/** Held events read in one go. */
const heldAtOnce = 1 << 17;

/** Events whose keys are in memory no more. */
type Part = { name: string; filter: KeyFilter; find(key: number): number[] };

/**
 * Keys in memory and, from `most` on, in indexes of parts of the log, which nobody sees: they are gone with `close`, or
 * with the transaction. Begins with what the log holds. `expected` is how many come about.
 */
export function findWithoutIndex(
  db: Database,
  column: KeyColumn,
  { expected, flush, most = mostInMemory }: FinderOptions & { expected: number },
): EventFinder {
  // Records may be half as long as they were taken for: growing takes longer than room that is not needed.
  const newMap = () => createKeyMap(Math.min(expected * 2, most));
  let map = newMap();
  let parts: Part[] = [];
  // Events from here on have their keys in the map, and events up to there.
  let [from, last] = [1, 0];

  function note(key: number, id: number): void {
    map.add(key, id);
    last = id;
  }

  function putAway(): void {
    flush();
    const name = `${column}_part_${parts.length + 1}`;
    const events = `id < ${last + 1} AND id >= ${from}`;
    buildIndexes(db, [
      `CREATE INDEX ${name} ON stored_event(${column}) WHERE ${events} AND ${column} IS NOT NULL`,
    ]);
    const select = db
      .prepare(
        `SELECT id FROM stored_event INDEXED BY ${name} WHERE ${events} AND ${column} = ? AND ${column} IS NOT NULL ORDER BY id`,
      )
      .pluck();
    const filter = createKeyFilter(map.weight());
    map.eachPrefix(filter.add);
    parts.push({ name, filter, find: (key) => select.all(key) as number[] });
    from = last + 1;
    map = newMap();
  }

  function readHeld(): void {
    const held = db.prepare('SELECT coalesce(max(id), 0) FROM stored_event').pluck().get() as number;
    const select = db
      .prepare(
        `SELECT id, ${column} FROM stored_event WHERE id BETWEEN ? AND ? AND ${column} IS NOT NULL ORDER BY id`,
      )
      .raw();
    for (let first = 1; first <= held; first += heldAtOnce) {
      const rows = select.iterate(first, first + heldAtOnce - 1) as IterableIterator<[number, number]>;
      for (const [id, key] of rows) note(key, id);
      if (map.weight() >= most) putAway();
    }
  }

  readHeld();
  return {
    find(key) {
      const near = map.find(key);
      if (parts.length === 0) return near;
      const prefix = prefixOf(key);
      let far: number[] | null = null;
      for (const part of parts) if (part.filter.mayHave(prefix)) far = [...(far ?? []), ...part.find(key)];
      return far ? [...far, ...near] : near;
    },
    add(key, id) {
      note(key, id);
      if (map.weight() >= most) putAway();
    },
    close() {
      for (const { name } of parts) db.exec(`DROP INDEX ${name}`);
      parts = [];
      map = createKeyMap();
    },
  };
}
