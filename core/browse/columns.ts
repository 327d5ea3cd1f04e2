// The narrow columns of every event, in memory and in order of time: what filters, counts and sorting run over.
// 20 to 30 bytes an event, in memory that threads share. They grow where they are, with room to spare: memory that
// is shared is given back late. Nobody locks them. Growing adds rows behind those that others know of; only when
// earlier ones have to move do the turns of a counter tell readers that what they just read may be in pieces.

import type { CodeColumn } from '#core/query/compile.ts';

export const codeColumns = ['source', 'kind', 'actor', 'target', 'subject', 'ip'] as const;

/** As narrow as the highest code allows. */
export type Codes = Uint8Array | Uint16Array | Uint32Array;

export type Columns = {
  /** They hold the log up to this event, by id, and as it was when so many imports had been replaced. */
  end: number;
  replaced: number;
  /** Rows in use; the arrays have room for more. */
  length: number;
  /** Epoch milliseconds, ascending; events of one time are in order of their id. */
  time: Float64Array;
  id: Uint32Array;
  /** Ids of the words in their tables; 0 where there is none. */
  codes: Record<CodeColumn, Codes>;
  /** No code of a column is higher. */
  highest: Record<CodeColumn, number>;
  /** How often rows have moved in this memory, and how often they had when these columns were made. */
  turns: Int32Array;
  turn: number;
};

/** Columns of so many events, all zero, with room for an eighth more. */
export function createColumns(length: number, highest: Record<CodeColumn, number>): Columns {
  const room = Math.ceil(length * 1.125);
  const codes = {} as Record<CodeColumn, Codes>;
  for (const column of codeColumns) codes[column] = createCodes(room, widthFor(highest[column]));
  return {
    end: 0,
    replaced: 0,
    length,
    time: new Float64Array(new SharedArrayBuffer(room * 8)),
    id: new Uint32Array(new SharedArrayBuffer(room * 4)),
    codes,
    highest,
    turns: new Int32Array(new SharedArrayBuffer(4)),
    turn: 0,
  };
}

/** Bytes that hold a code. */
const widthFor = (highest: number): 1 | 2 | 4 => (highest < 1 << 8 ? 1 : highest < 1 << 16 ? 2 : 4);

function createCodes(room: number, width: 1 | 2 | 4): Codes {
  const memory = new SharedArrayBuffer(room * width);
  if (width === 1) return new Uint8Array(memory);
  return width === 2 ? new Uint16Array(memory) : new Uint32Array(memory);
}

/** Whether columns are still as they were made. Asked after reading: what was read before a "no" is worth nothing. */
export function isIntact({ turns, turn }: Columns): boolean {
  // Adds nothing: unlike a mere load it cannot overtake what was read before it.
  return Atomics.add(turns, 0, 0) === turn;
}

/** Columns of `length` events whose first rows are those of `held`, in the same memory if there is room. */
export function extendColumns(held: Columns, length: number, highest: Columns['highest']): Columns {
  const fits = codeColumns.every((name) => held.codes[name].BYTES_PER_ELEMENT >= widthFor(highest[name]));
  if (fits && length <= held.time.length) return { ...held, length, highest };
  const columns = createColumns(length, highest);
  columns.time.set(held.time.subarray(0, held.length));
  columns.id.set(held.id.subarray(0, held.length));
  for (const name of codeColumns) columns.codes[name].set(held.codes[name].subarray(0, held.length));
  return columns;
}

/** The first row at or after an instant: the number of rows before it. */
export function rowAt({ time, length }: Columns, instant: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((time[middle] as number) < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Brings all rows in order of time, of which the ones before `from` are, and those from there on are by id. */
export function orderByTime(columns: Columns, from: number): void {
  const { time, length, id, codes } = columns;
  let sorted = Math.max(1, from);
  while (sorted < length && (time[sorted - 1] as number) <= (time[sorted] as number)) sorted += 1;
  if (sorted >= length) return;
  const order = mergeOrder(time, from, sortAdded(time, from, length));
  let first = 0;
  while (order[first] === first) first += 1;
  if (first < from) columns.turn = Atomics.add(columns.turns, 0, 1) + 1;
  for (const column of [time, id, ...codeColumns.map((name) => codes[name])]) {
    const before = column.slice(first, length);
    for (let row = first; row < length; row++) {
      column[row] = before[(order[row] as number) - first] as number;
    }
  }
}

/** Rows `from` … `length - 1` by time; a radix sort, since it keeps the order of equal ones and never has a bad day. */
function sortAdded(time: Float64Array, from: number, length: number): Uint32Array {
  let earliest = Number.POSITIVE_INFINITY;
  let latest = Number.NEGATIVE_INFINITY;
  for (let row = from; row < length; row++) {
    const at = time[row] as number;
    if (at < earliest) earliest = at;
    if (at > latest) latest = at;
  }
  let order = Uint32Array.from({ length: length - from }, (_, at) => from + at);
  let next = new Uint32Array(length - from);
  const starts = new Uint32Array(65536);
  for (let unit = 1; unit <= latest - earliest; unit *= 65536) {
    const digit = (row: number) => (((time[row] as number) - earliest) / unit) & 65535;
    starts.fill(0);
    for (let at = 0; at < order.length; at++) bump(starts, digit(order[at] as number));
    let before = 0;
    for (let at = 0; at < 65536; at++) {
      const count = starts[at] as number;
      starts[at] = before;
      before += count;
    }
    for (let at = 0; at < order.length; at++) {
      const row = order[at] as number;
      next[bump(starts, digit(row))] = row;
    }
    [order, next] = [next, order];
  }
  return order;
}

/** Adds one, and gives what was there before. */
function bump(counts: Uint32Array, at: number): number {
  const count = counts[at] as number;
  counts[at] = count + 1;
  return count;
}

/** Joins the rows before `from`, which are in order, with those behind them in the order given; equal ones keep theirs. */
function mergeOrder(time: Float64Array, from: number, added: Uint32Array): Uint32Array {
  const order = new Uint32Array(from + added.length);
  let old = 0;
  let next = 0;
  for (let at = 0; at < order.length; at++) {
    const row = added[next] as number;
    const takesOld = old < from && (next === added.length || (time[old] as number) <= (time[row] as number));
    order[at] = takesOld ? old++ : row;
    if (!takesOld) next += 1;
  }
  return order;
}
