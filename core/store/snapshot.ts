// One state of the log for as long as something is read from it.

import type { Store } from './open.ts';

/** Runs `read` inside one read transaction: what an import adds meanwhile is not seen. */
export async function inSnapshot<T>(store: Store, read: () => Promise<T>): Promise<T> {
  if (store.db.inTransaction) return read();
  store.db.exec('BEGIN');
  try {
    return await read();
  } finally {
    if (store.db.inTransaction) store.db.exec('COMMIT');
  }
}
