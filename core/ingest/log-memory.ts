// What an import remembers of the log: the words it knows and the keys it holds. Read once and kept from file to
// file, since a folder of four thousand small files would otherwise read the whole log four thousand times.

import type { Database } from 'better-sqlite3';
import { type Dictionary, openDictionary } from './dictionary.ts';
import { createKeySet, type KeySet } from './key-set.ts';

export type LogMemory = {
  dictionary: Dictionary;
  /** Keys of all records, and of all vendor ids, in the log. */
  recordKeys: KeySet;
  vendorKeys: KeySet;
};

const kept = new WeakMap<Database, { memory: LogMemory; version: number }>();

/**
 * The memory of this connection's log. Call it inside the import's transaction. It is read anew when another
 * connection has written since.
 */
export function recallLog(db: Database): LogMemory {
  const version = db.pragma('data_version', { simple: true }) as number;
  const known = kept.get(db);
  if (known?.version === version) return known.memory;
  const keysOf = (column: 'uid_key' | 'vendor_key') =>
    createKeySet(
      db
        .prepare(`SELECT ${column} FROM event WHERE ${column} IS NOT NULL`)
        .pluck()
        .iterate() as Iterable<number>,
    );
  const memory = {
    dictionary: openDictionary(db),
    recordKeys: keysOf('uid_key'),
    vendorKeys: keysOf('vendor_key'),
  };
  kept.set(db, { memory, version });
  return memory;
}

/** After a rollback: words and keys that were remembered are not in the log. */
export function forgetLog(db: Database): void {
  kept.delete(db);
}
