// What the window and the command line ask about sessions. Each answer is one snapshot of the log; the last list is
// kept, so that its pages do not begin anew.

import type { EventQuery } from '#core/model.ts';
import { besideStamp } from '#core/query/beside.ts';
import type { FailureGroup, Session, SessionKind, SessionState } from '#core/review-model.ts';
import type { Store } from '#core/store/open.ts';
import { findFailures } from './failures.ts';
import { describeSession, type FoundSession, findSessions } from './sessions.ts';

type Kept<T> = { key: string; rows: T[] };
const sessions = new WeakMap<Store, Kept<FoundSession>>();
const failures = new WeakMap<Store, Kept<FailureGroup>>();

/** Sessions `first` … `first + limit - 1`, oldest first, of a kind and state where they are named. */
export function readSessions(
  store: Store,
  query: EventQuery,
  page: { first: number; limit: number; kind: SessionKind | null; state: SessionState | null },
): { total: number; rows: Session[] } {
  const isAsked = (one: FoundSession) =>
    (page.kind === null || (one.start ?? one.end)?.kind === page.kind) &&
    (page.state === null || one.state === page.state);
  return store.db.transaction(() => {
    const all = keep(sessions, store, query, findSessions);
    // Whoever takes all of them page by page must not be given a new list for each.
    const rows = page.kind === null && page.state === null ? all : all.filter(isAsked);
    return {
      total: rows.length,
      rows: rows.slice(page.first, page.first + page.limit).map(describeSession),
    };
  })();
}

/** Groups of failed logins and invalid keys, by actor and then by address, or by one of them alone. */
export function readFailures(
  store: Store,
  query: EventQuery,
  page: { first: number; limit: number; by: 'actor' | 'ip' | null },
): { total: number; rows: FailureGroup[] } {
  return store.db.transaction(() => {
    const rows = keep(failures, store, query, findFailures).filter(
      (one) => page.by === null || one.by === page.by,
    );
    return { total: rows.length, rows: rows.slice(page.first, page.first + page.limit) };
  })();
}

function keep<T>(
  kept: WeakMap<Store, Kept<T>>,
  store: Store,
  { filter, from, to, zone }: EventQuery,
  find: (store: Store, query: EventQuery) => T[],
): T[] {
  const imports = store.db.prepare('SELECT coalesce(max(id), 0) FROM import').pluck().get();
  const key = JSON.stringify([imports, filter, from, to, zone, besideStamp(store, filter)]);
  const known = kept.get(store);
  if (known?.key === key) return known.rows;
  const rows = find(store, { filter, from, to, zone });
  kept.set(store, { key, rows });
  return rows;
}
