// Which rows of the columns a query has. Each condition on words becomes a table of the codes it allows, asked of
// the log's small tables of words with the very SQL that the condition has everywhere else; then one pass over the
// column picks the rows.

import type { EventQuery } from '#core/model.ts';
import { besideIds, besideStamp, personTest } from '#core/query/beside.ts';
import { type CodeColumn, type CodeTest, planQuery } from '#core/query/compile.ts';
import { parseFilter } from '#core/query/filter.ts';
import { textMatches } from '#core/query/text.ts';
import type { Store } from '#core/store/open.ts';
import { type Codes, type Columns, codeColumns, rowAt } from './columns.ts';
import { candidateBlocks, rangesOf } from './text-index.ts';

/** Rows in ascending order of time: those listed, or all from `from` to before `to` where `rows` is null. */
export type Selection = { from: number; to: number; rows: Uint32Array | null; length: number };

type Kept = { columns: Columns; selections: Map<string, Selection>; texts: Map<string, Uint8Array> };
const kept = new WeakMap<Store, Kept>();
/** What a person looks at now and looked at just before; a list may take 4 bytes an event. */
const mostKept = 2;

/** The rows of a query. Throws AppError('usage') for a filter, date or zone that makes no sense. */
export function selectRows(store: Store, columns: Columns, query: EventQuery): Selection {
  const { selections } = keptFor(store, columns);
  return keep(selections, keyOf(store, query), () => pickRows(store, columns, query));
}

/** What is kept under a key, made if it is not there; of the others only the newest stay. */
function keep<T>(kept: Map<string, T>, key: string, make: () => T): T {
  const value = kept.get(key) ?? make();
  kept.delete(key);
  kept.set(key, value);
  for (const old of [...kept.keys()].slice(0, -mostKept)) kept.delete(old);
  return value;
}

/** Whether selectRows gives this query's rows without reading records. */
export function isAtHand(store: Store, columns: Columns, query: EventQuery): boolean {
  const { selections, texts } = keptFor(store, columns);
  if (selections.has(keyOf(store, query))) return true;
  return parseFilter(query.filter).every(({ key, value }) => key !== null || texts.has(value));
}

/** The row at a place of a selection, counted from the oldest. */
export function rowOf({ from, rows }: Selection, place: number): number {
  return rows ? (rows[place] as number) : from + place;
}

function keptFor(store: Store, columns: Columns): Kept {
  let known = kept.get(store);
  if (known?.columns !== columns) {
    known = { columns, selections: new Map(), texts: new Map() };
    kept.set(store, known);
  }
  return known;
}

const keyOf = (store: Store, { filter, from, to, zone }: EventQuery) =>
  JSON.stringify([filter, from, to, zone, besideStamp(store, filter)]);

function pickRows(store: Store, columns: Columns, query: EventQuery): Selection {
  const { from, to, rows: picked, texts } = pickByWords(store, columns, query);
  let rows = picked;
  const known = keptFor(store, columns).texts;
  for (const text of texts) {
    const holds = keep(known, text, () => readTexts(store, columns, text));
    rows = keepCodes(columns.id, holds, from, to, rows);
  }
  return { from, to, rows, length: rows ? rows.length : to - from };
}

/** For each id whether the event's record holds the text. */
function readTexts(store: Store, columns: Columns, text: string): Uint8Array {
  const holds = new Uint8Array(columns.end + 1);
  const ranges = rangesOf(candidateBlocks(store, text, columns.end));
  // Events of an import that has landed meanwhile fall outside and are ignored: the columns do not have them.
  for (const id of textMatches(store, text, ranges)) holds[id] = 1;
  return holds;
}

/** The rows of a query as if it had no texts, and the texts it has. */
export function pickByWords(
  store: Store,
  columns: Columns,
  query: EventQuery,
): Omit<Selection, 'length'> & { texts: string[] } {
  let from = 0;
  let to = columns.length;
  const allowed = new Map<CodeColumn, Uint8Array>();
  const texts: string[] = [];
  const listed: number[][] = [];
  for (const part of planQuery(query).parts) {
    if (part.kind === 'from') from = Math.max(from, rowAt(columns, part.at));
    else if (part.kind === 'to') to = Math.min(to, rowAt(columns, part.at));
    else if (part.kind === 'text') texts.push(part.value);
    else if (part.kind === 'words') allowCodes(store, columns, part.any, allowed);
    else if (part.kind === 'beside') listed.push(besideIds(store, part.any));
    else allowCodes(store, columns, [personTest(store, part.any)], allowed);
  }
  to = Math.max(from, to);
  let rows: Uint32Array | null = null;
  for (const column of codeColumns) {
    const codes = allowed.get(column);
    if (codes && !codes.every(Boolean)) rows = keepCodes(columns.codes[column], codes, from, to, rows);
  }
  for (const ids of listed) {
    const named = new Uint8Array(columns.end + 1);
    for (const id of ids) named[id] = 1;
    rows = keepCodes(columns.id, named, from, to, rows);
  }
  return { from, to, rows, texts };
}

/** The codes that the words of a filter allow, by column; columns that it says nothing of are left out. */
export function allowedCodes(store: Store, columns: Columns, filter: string): Map<CodeColumn, Uint8Array> {
  const allowed = new Map<CodeColumn, Uint8Array>();
  for (const part of planQuery({ filter, from: null, to: null, zone: 'UTC' }).parts)
    if (part.kind === 'words') allowCodes(store, columns, part.any, allowed);
  return allowed;
}

/** Narrows the codes allowed in a column to those that pass one of the tests, which are all of one column. */
function allowCodes(
  store: Store,
  { highest }: Columns,
  tests: readonly CodeTest[],
  allowed: Map<CodeColumn, Uint8Array>,
): void {
  const column = (tests[0] as CodeTest).column;
  const passing = new Uint8Array(highest[column] + 1);
  for (const { ids, orNone } of tests) {
    if (orNone) passing[0] = 1;
    if (!ids) continue;
    const found = store.db
      .prepare(ids.sql)
      .pluck()
      .all(...ids.params) as number[];
    for (const id of found) passing[id] = 1;
  }
  const before = allowed.get(column);
  allowed.set(column, before ? passing.map((one, code) => one & (before[code] as number)) : passing);
}

/** Of the rows (or of all between `from` and `to`) those whose code is allowed. */
function keepCodes(
  codes: Codes,
  allowed: Uint8Array,
  from: number,
  to: number,
  rows: Uint32Array | null,
): Uint32Array {
  const kept = new Uint32Array(rows ? rows.length : to - from);
  let length = 0;
  // Written always and counted where it is allowed: the processor has no branch to guess.
  if (rows) {
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at] as number;
      kept[length] = row;
      length += allowed[codes[row] as number] as number;
    }
  } else {
    for (let row = from; row < to; row++) {
      kept[length] = row;
      length += allowed[codes[row] as number] as number;
    }
  }
  return kept.slice(0, length);
}
