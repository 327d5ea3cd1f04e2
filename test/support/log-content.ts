// What a log holds, apart from how it came in: two logs with the same content answer every question alike, whichever
// files they were imported from and in which order.

import { canonicalJson } from '#core/integrity/canonical.ts';
import { verifyLog } from '#core/integrity/verify-log.ts';
import { eachEvent } from '#core/query/events.ts';
import { openStore, type Store } from '#core/store/open.ts';
import { query } from './workspace.ts';

/** Each event with its raw record and its uid, without where it stood; sorted. */
export function logContent(store: Store): string[] {
  return [...eachEvent(store, query(), 'oldest')]
    .map(({ import: _import, row: _row, ...event }) => canonicalJson(event))
    .sort();
}

export type Content = { events: string[]; imports: number; rejected: number };

/** The content of a workspace that no process has open; an empty one where there is none yet. */
export function readContent(folder: string): Content {
  const store = openStore(folder, { mode: 'write' });
  try {
    const count = (table: string) =>
      store.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
    return { events: logContent(store), imports: count('import'), rejected: count('rejection') };
  } finally {
    store.close();
  }
}

/** What verification finds wrong with a log. */
export async function verifyFailures(store: Store): Promise<unknown[]> {
  const options = { signal: new AbortController().signal, progress: () => {} };
  return (await verifyLog(store, null, options)).failures;
}
