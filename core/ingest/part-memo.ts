// Remembers what a part of an event comes to by the cells it is read from: a million rows name some thousand actors and
// targets, and each is mapped once. Cells are compared as bytes; no string is made of one that was seen before.

import type { Part } from '#core/mapping/event-parts.ts';
import type { RecordValue } from '#core/mapping/fields.ts';
import { type ByteText, copyBytes, sameBytes, viewOf } from './byte-text.ts';

/** The row that is mapped: its cells as they stand in `text`, and as strings for who needs them. */
export type MappedRow = {
  row: { starts: Int32Array; ends: Int32Array };
  text: ByteText;
  cells(): RecordValue;
};

export type PartMemo = {
  /** The number of the part of a row. */
  of(row: MappedRow): number;
  /** Forgets everything. */
  clear(): void;
};

const mostKeys = 1 << 17;
const mostBytes = 1 << 22;
/** Longer cells hardly repeat. */
const longestKey = 1024;
/** From this many on cells must have shown that they repeat. */
const manyKeys = 1 << 14;
/** Stands behind each run of cells in a key, and in no UTF-8 text. */
const endOfRun = 0xff;

/** Where the numbers of a key stand, all in its place: looking at one brings the others along. A free place has length 0. */
const slot = { hash: 0, begin: 1, length: 2, number: 3 } as const;
const slotStride = 1 << 2;

/**
 * A memo for one part. `work` gives it a number. Where nearly each row is another, nothing is remembered any more: it
 * would cost more than to work it out.
 */
export function createPartMemo<T>(part: Part<T>, work: (value: T) => number): PartMemo {
  const runs = runsOf(part.columns ?? []);
  // At least twice as many places as keys, a power of two. Keys lie one behind the other.
  let places = new Int32Array((1 << 10) * slotStride);
  let keys = viewOf(new Uint8Array(1 << 13));
  let keyBytes = 0;
  let size = 0;
  let asked = 0;
  let isGivenUp = false;

  function clear(): void {
    places.fill(0);
    size = 0;
    keyBytes = 0;
    asked = 0;
  }

  /** Where the numbers of a key with this hash go. */
  function freePlace(hash: number): number {
    const mask = places.length - 1;
    let at = (hash << 2) & mask;
    while (places[at + slot.length] !== 0) at = (at + slotStride) & mask;
    return at;
  }

  function makeRoom(bytes: number): void {
    if (size * 2 * slotStride === places.length) {
      const old = places;
      places = new Int32Array(old.length * 2);
      for (let from = 0; from < old.length; from += slotStride) {
        if (old[from + slot.length] === 0) continue;
        const at = freePlace(old[from + slot.hash] as number);
        places.set(old.subarray(from, from + slotStride), at);
      }
    }
    const needed = keyBytes + bytes;
    if (needed <= keys.byteLength) return;
    const larger = new Uint8Array(Math.max(needed, keys.byteLength * 2));
    larger.set(new Uint8Array(keys.buffer));
    keys = viewOf(larger);
  }

  function remember({ row, text }: MappedRow, hash: number, length: number, number: number): void {
    const isRare = (size === manyKeys && asked < size * 1.5) || (size === mostKeys && asked < size * 2);
    if (isRare) {
      isGivenUp = true;
      [places, keys] = [new Int32Array(0), viewOf(new Uint8Array(0))];
      return;
    }
    if (size === mostKeys || keyBytes + length > mostBytes) clear();
    makeRoom(length);
    const at = freePlace(hash);
    places[at + slot.hash] = hash;
    places[at + slot.begin] = keyBytes;
    places[at + slot.length] = length;
    places[at + slot.number] = number;
    for (let run = 0; run < runs.length; run += 2) {
      const from = row.starts[runs[run] as number] as number;
      keyBytes = copyBytes(keys, keyBytes, text.view, from, row.ends[runs[run + 1] as number] as number);
      keys.setUint8(keyBytes++, endOfRun);
    }
    size += 1;
  }

  /** Whether the cells of a row are the key that begins at `begin`, which is as long. */
  function isKey({ row, text }: MappedRow, begin: number): boolean {
    let at = begin;
    for (let run = 0; run < runs.length; run += 2) {
      const from = row.starts[runs[run] as number] as number;
      const length = (row.ends[runs[run + 1] as number] as number) - from;
      if (!sameBytes(keys, at, text.view, from, length)) return false;
      at += length + 1;
      if (keys.getUint8(at - 1) !== endOfRun) return false;
    }
    return true;
  }

  return {
    of(mapped) {
      if (isGivenUp) return work(part.read(mapped.cells()));
      asked += 1;
      const { row, text } = mapped;
      let hash = 0;
      // One more than its bytes: else the key of no cell would be a free place.
      let length = 1;
      for (let run = 0; run < runs.length; run += 2) {
        const from = row.starts[runs[run] as number] as number;
        const end = row.ends[runs[run + 1] as number] as number;
        hash = hashBytes(hash, text.view, from, end);
        length += end - from + 1;
      }
      if (length > longestKey) return work(part.read(mapped.cells()));
      hash = mix(hash);
      const mask = places.length - 1;
      for (let at = (hash << 2) & mask; places[at + slot.length] !== 0; at = (at + slotStride) & mask) {
        const isSame =
          places[at + slot.hash] === hash &&
          places[at + slot.length] === length &&
          isKey(mapped, places[at + slot.begin] as number);
        if (isSame) return places[at + slot.number] as number;
      }
      const number = work(part.read(mapped.cells()));
      remember(mapped, hash, length, number);
      return number;
    },
    clear,
  };
}

/**
 * First and last column of each run of neighbours. Cells are looked at as they stand in the row's JSON, so that one run is
 * one piece of it: what stands between two cells can stand in none.
 */
function runsOf(columns: readonly number[]): Int32Array {
  const runs: number[] = [];
  for (const column of [...new Set(columns)].sort((a, b) => a - b)) {
    if (runs.length > 0 && runs.at(-1) === column - 1) runs[runs.length - 1] = column;
    else runs.push(column, column);
  }
  return Int32Array.from(runs);
}

/** Goes on with a hash over `view[from..end)`, four bytes at a time; the last four may overlap those before. */
function hashBytes(seed: number, view: DataView, from: number, end: number): number {
  let hash = seed ^ (end - from);
  if (end - from < 4) {
    for (let at = from; at < end; at++) hash = Math.imul(hash ^ view.getUint8(at), 0x01000193);
    return hash;
  }
  const last = end - 4;
  for (let at = from; at < last; at += 4) {
    hash = Math.imul(hash ^ view.getInt32(at), 0x9e3779b1);
    // Multiplying moves bits only upwards: this brings them down again.
    hash ^= hash >>> 15;
  }
  return Math.imul(hash ^ view.getInt32(last), 0x9e3779b1);
}

/** MurmurHash3's finaliser: any bit of a number changes any other, as tables that take the lowest bits need it. */
function mix(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
