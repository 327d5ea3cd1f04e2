// A result in the order of a column's text, without ever putting all of it in order: how many rows each word has
// says which words stand in a window, and one pass finds their rows.

import type { Ranks } from '#core/query/ranks.ts';
import type { Sort, SortKey } from '#core/query/sort.ts';
import type { Store } from '#core/store/open.ts';
import type { Columns } from './columns.ts';
import { rowOf, type Selection } from './selection.ts';
import { readRanks } from './words.ts';

type Key = Exclude<SortKey, 'time'>;

/** Rows per rank; kept as long as somebody keeps the selection. */
const counted = new WeakMap<Selection, Map<Key, Uint32Array>>();

/**
 * Rows `first` … `first + limit - 1` of a selection by the text of a column, without case. Rows without a text come
 * last in both directions, equal ones newest first.
 */
export function rowsInOrder(
  store: Store,
  columns: Columns,
  selection: Selection,
  key: Key,
  direction: Sort['direction'],
  first: number,
  limit: number,
): number[] {
  const ranks = readRanks(store, columns, key);
  const counts = countRanks(columns, selection, key, ranks);
  // The slot of each rank that stands in the window, from 1; 0 for the others.
  const slotOfRank = new Uint16Array(ranks.last + 1);
  const slots: { skip: number; rows: number[]; length: number }[] = [];
  let before = 0;
  for (let place = 0; place <= ranks.last && before < first + limit; place++) {
    const isNone = place === ranks.last;
    const rank = direction === 'asc' || isNone ? place : ranks.last - 1 - place;
    const count = counts[rank] as number;
    if (count > 0 && before + count > first) {
      const skip = Math.max(0, first - before);
      slots.push({ skip, rows: [], length: Math.min(count - skip, first + limit - Math.max(first, before)) });
      slotOfRank[rank] = slots.length;
    }
    before += count;
  }
  const slotOf = Uint16Array.from(ranks.rankOf, (rank) => slotOfRank[rank] as number);
  fillSlots(columns.codes[ranks.column], slotOf, selection, slots);
  return slots.flatMap(({ rows }) => rows);
}

function fillSlots(
  codes: ArrayLike<number>,
  slotOf: Uint16Array,
  selection: Selection,
  slots: readonly { skip: number; rows: number[]; length: number }[],
): void {
  let missing = slots.length;
  for (let place = selection.length - 1; place >= 0 && missing > 0; place--) {
    const row = rowOf(selection, place);
    const number = slotOf[codes[row] as number] as number;
    if (number === 0) continue;
    const slot = slots[number - 1] as (typeof slots)[number];
    if (slot.skip > 0) slot.skip -= 1;
    else if (slot.rows.length < slot.length) {
      slot.rows.push(row);
      if (slot.rows.length === slot.length) missing -= 1;
    }
  }
}

function countRanks(columns: Columns, selection: Selection, key: Key, ranks: Ranks): Uint32Array {
  const known = counted.get(selection) ?? new Map<Key, Uint32Array>();
  counted.set(selection, known);
  let counts = known.get(key);
  if (!counts) {
    const ofCodes = countCodes(columns, selection, ranks.column);
    counts = new Uint32Array(ranks.last + 1);
    for (let code = 0; code < ofCodes.length; code++) {
      const rank = ranks.rankOf[code] as number;
      counts[rank] = (counts[rank] as number) + (ofCodes[code] as number);
    }
    known.set(key, counts);
  }
  return counts;
}

/** How many rows of a selection have each code of a column. */
export function countCodes(columns: Columns, selection: Selection, column: Ranks['column']): Uint32Array {
  const counts = new Uint32Array(columns.highest[column] + 1);
  const codes = columns.codes[column];
  const { from, to, rows } = selection;
  if (rows) {
    for (let at = 0; at < rows.length; at++) {
      const code = codes[rows[at] as number] as number;
      counts[code] = (counts[code] as number) + 1;
    }
  } else {
    for (let row = from; row < to; row++) {
      const code = codes[row] as number;
      counts[code] = (counts[code] as number) + 1;
    }
  }
  return counts;
}
