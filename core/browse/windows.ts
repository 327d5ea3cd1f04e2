// Windows into a long result, for a grid that scrolls: rows 1,000,000 to 1,000,050 without OFFSET. Which events
// stand there is known from the columns; SQLite gives what is read of them. As long as the columns are not there
// the first rows come straight from SQLite if they stand near the end they are looked for at; else they wait.

import type { EventQuery, EventRow, Outcome } from '#core/model.ts';
import { outcomes } from '#core/model.ts';
import { compileQuery, planQuery } from '#core/query/compile.ts';
import type { Sort } from '#core/query/sort.ts';
import { type EventRecord, selectEvents, toUid } from '#core/store/events.ts';
import type { Store } from '#core/store/open.ts';
import { formatUtc } from '#core/time.ts';
import type { Columns } from './columns.ts';
import { firstHits } from './first-hits.ts';
import { isAtHand, rowOf, type Selection, selectRows } from './selection.ts';
import { rowsInOrder } from './sort.ts';

/** Events that first rows are looked for among while the columns are not there. */
const mostLookedAt = 20_000;

/** Rows `first` … `first + limit - 1` of a query, newest first unless sorted otherwise. */
export type WindowPlace = { first: number; limit: number; sort?: Sort | undefined };

/**
 * A window. `columns` are those of the log as it is, null while they are not there; then, null comes back for a
 * window that only they can give.
 */
export function readWindow(
  store: Store,
  columns: Columns | null,
  query: EventQuery,
  place: WindowPlace,
): EventRow[] | null {
  const { first, limit, sort } = place;
  const isByTime = sort === undefined || sort.by === 'time';
  const direction = sort?.direction ?? 'desc';
  if (columns === null) {
    return first === 0 && isByTime ? findFirstRows(store, query, direction, limit) : null;
  }
  // A search reads many records; the first few hits are sooner found from one end on.
  if (first === 0 && isByTime && !isAtHand(store, columns, query)) {
    const ids = firstHits(store, columns, query, direction, limit);
    if (ids !== null) return readRows(store, ids);
  }
  const selection = selectRows(store, columns, query);
  const ids = placeRows(store, columns, selection, place).map((row) => columns.id[row] as number);
  return readRows(store, ids);
}

/** What lists show of these events, in the order given. */
export function readRows(store: Store, ids: readonly number[]): EventRow[] {
  return rowsOf(store, 'JOIN json_each(?) wanted ON wanted.value = e.id ORDER BY wanted.key', [
    JSON.stringify(ids),
  ]);
}

/** How many events a query has: exact. */
export function readTotal(store: Store, columns: Columns, query: EventQuery): number {
  return selectRows(store, columns, query).length;
}

/**
 * The first rows of a query, looked for among so many events of its period that it never takes long; null when there
 * may be others. What matches rarely would have SQLite read most of the log, or sort what an index finds.
 */
function findFirstRows(
  store: Store,
  query: EventQuery,
  direction: 'asc' | 'desc',
  limit: number,
): EventRow[] | null {
  const { where, params } = compileQuery(store, query);
  const { way, within } = direction === 'asc' ? { way: 'ASC', within: '<=' } : { way: 'DESC', within: '>=' };
  const bounds = planQuery(query).parts.flatMap((part) =>
    part.kind === 'from' || part.kind === 'to'
      ? [{ sign: part.kind === 'from' ? '>=' : '<', at: part.at }]
      : [],
  );
  const inPeriod = ['1', ...bounds.map(({ sign }) => `time ${sign} ?`)].join(' AND ');
  const edge = store.db
    .prepare(`SELECT time FROM event WHERE ${inPeriod} ORDER BY time ${way} LIMIT 1 OFFSET ${mostLookedAt}`)
    .pluck()
    .get(...bounds.map(({ at }) => at)) as number | undefined;
  const near = edge === undefined ? '' : `AND e.time ${within} ${edge}`;
  const rows = rowsOf(store, `WHERE ${where} ${near} ORDER BY e.time ${way}, e.id ${way} LIMIT ?`, [
    ...params,
    limit,
  ]);
  return edge === undefined || rows.length === limit ? rows : null;
}

/** The rows of the columns that stand at a place. */
function placeRows(store: Store, columns: Columns, selection: Selection, place: WindowPlace): number[] {
  const { first, limit, sort } = place;
  if (sort && sort.by !== 'time') {
    return rowsInOrder(store, columns, selection, sort.by, sort.direction, first, limit);
  }
  const { length } = selection;
  const count = Math.max(0, Math.min(limit, length - first));
  const isOldestFirst = sort?.direction === 'asc';
  return Array.from({ length: count }, (_, at) =>
    rowOf(selection, isOldestFirst ? first + at : length - 1 - first - at),
  );
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
