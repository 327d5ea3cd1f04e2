// Events of a query: all of them in time order as a stream, a page after a cursor, how many, and counts by group.
// Order is time, then the order of the log; paging is by that key, never by OFFSET.

import { AppError } from '#core/errors.ts';
import type { Event, EventQuery, Group, Grouping } from '#core/model.ts';
import { createEventReader, type EventRecord, selectEvents } from '#core/store/events.ts';
import type { Store } from '#core/store/open.ts';
import { calendarKey } from '#core/time.ts';
import { compileQuery } from './compile.ts';

/** Every event of a query, streaming: memory does not grow with the result. */
export function* eachEvent(
  store: Store,
  query: EventQuery,
  order: 'oldest' | 'newest',
): IterableIterator<Event> {
  const { where, params } = compileQuery(store, query);
  const direction = order === 'oldest' ? 'ASC' : 'DESC';
  const toEvent = createEventReader(store.db);
  const rows = store.db
    .prepare(`${selectEvents} WHERE ${where} ORDER BY e.time ${direction}, e.id ${direction}`)
    .iterate(...params) as IterableIterator<EventRecord>;
  for (const row of rows) yield toEvent(row);
}

/** A page, newest first. `after` is the cursor of the page before; `next` is null on the last page. */
export function readPage(
  store: Store,
  query: EventQuery,
  page: { limit: number; after: string | null },
): { events: Event[]; next: string | null } {
  const { where, params } = compileQuery(store, query);
  const cursor = page.after === null ? null : parseCursor(page.after);
  const rows = store.db
    .prepare(
      `${selectEvents} WHERE ${where} ${cursor ? 'AND (e.time, e.id) < (?, ?)' : ''}
       ORDER BY e.time DESC, e.id DESC LIMIT ?`,
    )
    .all(...params, ...(cursor ?? []), page.limit + 1) as EventRecord[];
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    events: shown.map(createEventReader(store.db)),
    next: rows.length > page.limit && last ? `${last.time}:${last.id}` : null,
  };
}

/** How many events a query has: exact. */
export function countEvents(store: Store, query: EventQuery): number {
  const { where, params } = compileQuery(store, query);
  return store.db
    .prepare(`SELECT count(*) FROM event e WHERE ${where}`)
    .pluck()
    .get(...params) as number;
}

/**
 * Counts of a query's events by one property, largest first (days and hours in order of time, of the query's zone).
 * An event without the property counts under the empty key.
 */
export function groupEvents(
  store: Store,
  query: EventQuery,
  by: Grouping,
): { total: number; groups: Group[] } {
  const { where, params } = compileQuery(store, query);
  const groups =
    by === 'day' || by === 'hour'
      ? groupByTime(store, where, params, query.zone, by)
      : (store.db
          .prepare(
            `SELECT ${groupings[by].key} AS key, ${groupings[by].more ?? ''} count(*) AS count
             FROM event e ${groupings[by].join} WHERE ${where}
             GROUP BY ${groupings[by].group} ORDER BY count DESC, key`,
          )
          .all(...params) as Group[]);
  return { total: groups.reduce((sum, group) => sum + group.count, 0), groups };
}

const kind = (column: 'action' | 'category') => ({
  key: `g.${column}`,
  join: `JOIN kind g ON g.id = e.kind_id`,
  group: `g.${column}`,
  more: undefined,
});
/** The key of a target is its id, or its name where there is none; two types may share an id. */
const groupings = {
  category: kind('category'),
  action: kind('action'),
  actor: {
    key: `coalesce(g.name, '')`,
    join: 'LEFT JOIN actor g ON g.id = e.actor_id',
    group: 'g.name',
    more: undefined,
  },
  target: {
    key: `coalesce(g.target_id, g.name, '')`,
    join: 'LEFT JOIN target g ON g.id = e.target_id',
    group: `g.type, coalesce(g.target_id, g.name)`,
    more: 'g.type AS type, max(g.name) AS name,',
  },
  source: { key: 'g.name', join: 'JOIN source g ON g.id = e.source_id', group: 'g.id', more: undefined },
};

/** Every zone's offset is a multiple of a quarter of an hour, so quarters can be summed to its days and hours. */
const quarter = 900_000;

function groupByTime(
  store: Store,
  where: string,
  params: (string | number)[],
  zone: string,
  by: 'day' | 'hour',
): Group[] {
  const rows = store.db
    .prepare(
      // Floor division, also before 1970: SQLite's / rounds towards zero.
      `SELECT (e.time - ((e.time % ${quarter}) + ${quarter}) % ${quarter}) AS start, count(*) AS count
       FROM event e WHERE ${where} GROUP BY start ORDER BY start`,
    )
    .all(...params) as { start: number; count: number }[];
  const counts = new Map<string, number>();
  for (const { start, count } of rows) {
    const key = calendarKey(start, zone, by);
    counts.set(key, (counts.get(key) ?? 0) + count);
  }
  return [...counts].map(([key, count]) => ({ key, count }));
}

function parseCursor(text: string): [number, number] {
  const match = /^(-?\d{1,16}):(\d{1,16})$/.exec(text);
  if (!match)
    throw new AppError('usage', `“${text}” is not a cursor. Use the “next” value of the page before.`);
  return [Number(match[1]), Number(match[2])];
}
