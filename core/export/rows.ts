// Which events an export has, in which order, found before the first is written: so the card can say how many there
// are, and sorting needs a few bytes an event instead of whole records.

import type { Event } from '#core/model.ts';
import { type EventQuery, type TimeBasis, timeBases } from '#core/model.ts';
import type { Pace } from '#core/pace.ts';
import { compileQuery } from '#core/query/compile.ts';
import { columnOfWords, rankWords } from '#core/query/ranks.ts';
import type { Sort } from '#core/query/sort.ts';
import { createEventReader, type EventRecord, selectEvents } from '#core/store/events.ts';
import type { Store } from '#core/store/open.ts';

export type FoundRows = {
  /** Ids of the events, in the order of the view. */
  ids: Uint32Array;
  /** How many are of each source, by its name, and how their times are known. */
  bySource: Map<string, number>;
  byTimeBasis: Record<TimeBasis, number>;
};

type Row = [id: number, source: number, kind: number, code: number | null];

/** All events of a query, sorted as the list on screen is. */
export async function findRows(store: Store, query: EventQuery, sort: Sort, pace: Pace): Promise<FoundRows> {
  const { where, params } = compileQuery(store, query);
  const way = sort.by === 'time' ? sort.direction : 'desc';
  const column = sort.by === 'time' ? 'source' : columnOfWords(sort.by);
  const rows = store.db
    .prepare(
      `SELECT e.id, e.source_id, e.kind_id, e.${column}_id FROM event e WHERE ${where}
       ORDER BY e.time ${way}, e.id ${way}`,
    )
    .raw()
    .iterate(...params) as IterableIterator<Row>;
  const ids = createList();
  const codes = createList();
  const sources = new Map<number, number>();
  const kinds = new Map<number, number>();
  for (const [id, source, kind, code] of rows) {
    ids.add(id);
    if (sort.by !== 'time') codes.add(code ?? 0);
    sources.set(source, (sources.get(source) ?? 0) + 1);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    if (ids.length() % 1024 === 0) {
      pace.report('Looking for the events', ids.length(), null, 'events');
      await pace.turn();
    }
  }
  return {
    ids: sort.by === 'time' ? ids.all() : inOrderOf(store, sort, ids.all(), codes.all()),
    bySource: nameSources(store, sources),
    byTimeBasis: sumBases(store, kinds),
  };
}

/** Events by the rank of their word; equal ones stay as they are, those without a word come last both ways. */
function inOrderOf(store: Store, sort: Sort, ids: Uint32Array, codes: Uint32Array): Uint32Array {
  if (sort.by === 'time') return ids;
  const highest = codes.reduce((most, code) => Math.max(most, code), 0);
  const { rankOf, last } = rankWords(store, sort.by, highest);
  const placeOf = (code: number) => {
    const rank = rankOf[code] as number;
    return sort.direction === 'asc' || rank === last ? rank : last - 1 - rank;
  };
  const starts = new Uint32Array(last + 2);
  for (const code of codes) starts[placeOf(code) + 1] = (starts[placeOf(code) + 1] as number) + 1;
  for (let place = 1; place < starts.length; place++) {
    starts[place] = (starts[place] as number) + (starts[place - 1] as number);
  }
  const sorted = new Uint32Array(ids.length);
  for (let at = 0; at < ids.length; at++) {
    const place = placeOf(codes[at] as number);
    sorted[starts[place] as number] = ids[at] as number;
    starts[place] = (starts[place] as number) + 1;
  }
  return sorted;
}

const readAtOnce = 256;

/** Whole events by their ids, in the order given, a few at a time. */
export function* readRows(store: Store, ids: Uint32Array): Generator<Event> {
  const toEvent = createEventReader(store.db);
  const select = store.db.prepare(
    `${selectEvents} JOIN json_each(?) wanted ON wanted.value = e.id ORDER BY wanted.key`,
  );
  for (let at = 0; at < ids.length; at += readAtOnce) {
    const rows = select.all(JSON.stringify([...ids.subarray(at, at + readAtOnce)])) as EventRecord[];
    for (const row of rows) yield toEvent(row);
  }
}

/** The SQL that finds the events of a query, as it can be run on the log by hand, with its parameters. */
export function describeSql(store: Store, query: EventQuery, sort: Sort): { sql: string; params: unknown[] } {
  const { where, params } = compileQuery(store, query);
  const way = sort.by === 'time' && sort.direction === 'asc' ? 'ASC' : 'DESC';
  return {
    sql: `${selectEvents.trim()}\nWHERE ${where}\nORDER BY e.time ${way}, e.id ${way}`,
    params,
  };
}

function nameSources(store: Store, counts: Map<number, number>): Map<string, number> {
  const names = store.db.prepare('SELECT id, name FROM source ORDER BY id').all() as {
    id: number;
    name: string;
  }[];
  return new Map(names.map(({ id, name }) => [name, counts.get(id) ?? 0]));
}

function sumBases(store: Store, counts: Map<number, number>): Record<TimeBasis, number> {
  const sums = { explicit: 0, declared: 0, assumed: 0 };
  const basisOf = store.db.prepare('SELECT time_basis FROM kind WHERE id = ?').pluck();
  for (const [kind, count] of counts) sums[timeBases[basisOf.get(kind) as number] as TimeBasis] += count;
  return sums;
}

/** Numbers of any length of list, four bytes each. */
function createList(): { add(value: number): void; length(): number; all(): Uint32Array } {
  let values = new Uint32Array(4096);
  let length = 0;
  return {
    add(value) {
      if (length === values.length) {
        const more = new Uint32Array(length * 2);
        more.set(values);
        values = more;
      }
      values[length++] = value;
    },
    length: () => length,
    all: () => values.subarray(0, length),
  };
}
