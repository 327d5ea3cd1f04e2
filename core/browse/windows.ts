// Windows into a long result, for a grid that scrolls: rows 1,000,000 to 1,000,050 without OFFSET. The first window
// is read straight from the index; a later one from the list of all the result's ids, made once for a query and
// kept (8 bytes an event). The list is dropped when the log has grown.

import type { EventQuery, EventRow, Outcome } from '#core/model.ts';
import { outcomes } from '#core/model.ts';
import { compileQuery } from '#core/query/compile.ts';
import type { Sort } from '#core/query/sort.ts';
import { type EventRecord, selectEvents, toUid } from '#core/store/events.ts';
import type { Store } from '#core/store/open.ts';
import { formatUtc } from '#core/time.ts';

type IdList = { key: string; version: number; ids: Float64Array };
const lists = new WeakMap<Store, IdList>();

/** Rows `first` … `first + limit - 1` of a query, newest first, or by time in the other direction. */
export function readWindow(
  store: Store,
  query: EventQuery,
  { first, limit, sort }: { first: number; limit: number; sort?: Sort | undefined },
): EventRow[] {
  const known = lists.get(store);
  const isKnown = known?.key === keyOf(query) && known.version === logVersion(store);
  const isOldestFirst = sort?.by === 'time' && sort.direction === 'asc';
  if (first === 0 && !isKnown) {
    const { where, params } = compileQuery(store, query);
    const way = isOldestFirst ? 'ASC' : 'DESC';
    return rowsOf(store, `WHERE ${where} ORDER BY e.time ${way}, e.id ${way} LIMIT ?`, [...params, limit]);
  }
  const ids = listIds(store, query);
  const end = Math.max(0, ids.length - first);
  const wanted = isOldestFirst
    ? ids.slice(Math.max(0, end - limit), end).reverse()
    : ids.subarray(first, first + limit);
  return rowsOf(store, 'JOIN json_each(?) wanted ON wanted.value = e.id ORDER BY wanted.key', [
    JSON.stringify(Array.from(wanted)),
  ]);
}

/** How many events a query has: the length of its list. */
export function readTotal(store: Store, query: EventQuery): number {
  return listIds(store, query).length;
}

function listIds(store: Store, query: EventQuery): Float64Array {
  const key = keyOf(query);
  const version = logVersion(store);
  const known = lists.get(store);
  if (known?.key === key && known.version === version) return known.ids;
  const { where, params } = compileQuery(store, query);
  let ids = new Float64Array(4096);
  let length = 0;
  const rows = store.db
    .prepare(`SELECT e.id FROM event e WHERE ${where} ORDER BY e.time DESC, e.id DESC`)
    .pluck()
    .iterate(...params) as IterableIterator<number>;
  for (const id of rows) {
    if (length === ids.length) {
      const larger = new Float64Array(length * 2);
      larger.set(ids);
      ids = larger;
    }
    ids[length++] = id;
  }
  const list = { key, version, ids: ids.subarray(0, length) };
  lists.set(store, list);
  return list.ids;
}

function keyOf(query: EventQuery): string {
  return JSON.stringify([query.filter, query.from, query.to, query.zone]);
}

/** Changes when another connection has written to the log. */
function logVersion(store: Store): number {
  return store.db.pragma('data_version', { simple: true }) as number;
}

function rowsOf(store: Store, rest: string, params: (string | number)[]): EventRow[] {
  const rows = store.db.prepare(`${selectEvents} ${rest}`).all(...params) as EventRecord[];
  return rows.map((row) => ({
    uid: toUid(row),
    time: formatUtc(row.time),
    source: row.source,
    action: row.action,
    category: row.category,
    actor: row.actor,
    actorType: row.actorType ?? 'unknown',
    targetType: row.targetType,
    targetId: row.targetId,
    targetName: row.targetName,
    subject: row.subject,
    field: row.field,
    oldValue: clip(row.oldValue),
    newValue: clip(row.newValue),
    ip: row.ip,
    outcome: outcomes[row.outcome] as Outcome,
  }));
}

/** A grid cell shows one line: a value of a megabyte stays in the engine. */
function clip(value: string | null): string | null {
  return value !== null && value.length > 500 ? `${value.slice(0, 500)}…` : value;
}
