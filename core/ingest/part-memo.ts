// Remembers what a part of an event comes to by the cells it is read from: a million rows name some thousand actors and
// targets, and each is mapped once. Cells are compared as bytes; no string is made of one that was seen before.

import type { Part } from '#core/mapping/event-parts.ts';
import type { RowCells } from './csv-rows.ts';

/** The row that is mapped: its cells as bytes, and as strings for who needs them. */
export type MappedRow = { row: RowCells; bytes: Uint8Array; cells(): readonly string[] };

export type PartMemo = {
  /** The number of the part of a row. */
  of(row: MappedRow): number;
  /** Forgets everything. */
  clear(): void;
};

const mostKeys = 1 << 17;
const mostBytes = 1 << 23;
/** From this many on cells must have shown that they repeat. */
const manyKeys = 1 << 14;
const empty = new Int32Array(0);
/** Stands behind each cell of a key, and in no UTF-8 text. */
const endOfCell = 0xff;

/**
 * A memo for one part. `work` gives it a number. Where nearly each row is another, nothing is remembered any more: it
 * would cost more than to work it out.
 */
export function createPartMemo<T>(part: Part<T>, work: (value: T) => number): PartMemo {
  const columns = Int32Array.from(part.columns ?? []);
  // Twice as many places as keys; a place holds the number of a key + 1. Keys lie one behind the other.
  let places = new Int32Array(1 << 10);
  let hashes = new Int32Array(1 << 9);
  let numbers = new Int32Array(1 << 9);
  let begins = new Int32Array((1 << 9) + 1);
  let keys = new Uint8Array(1 << 13);
  let size = 0;
  let asked = 0;
  let isGivenUp = false;

  const grown = (old: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> => {
    const larger = new Int32Array(length);
    larger.set(old);
    return larger;
  };

  function clear(): void {
    places.fill(0);
    size = 0;
    asked = 0;
  }

  function freePlace(hash: number): number {
    const mask = places.length - 1;
    let place = hash & mask;
    while (places[place] !== 0) place = (place + 1) & mask;
    return place;
  }

  function makeRoom(bytes: number): void {
    if (size === hashes.length) {
      hashes = grown(hashes, size * 2);
      numbers = grown(numbers, size * 2);
      begins = grown(begins, size * 2 + 1);
      places = new Int32Array(size * 4);
      for (let key = 0; key < size; key++) places[freePlace(hashes[key] as number)] = key + 1;
    }
    const needed = (begins[size] as number) + bytes;
    if (needed <= keys.length) return;
    const larger = new Uint8Array(Math.max(needed, keys.length * 2));
    larger.set(keys);
    keys = larger;
  }

  function remember({ row, bytes }: MappedRow, hash: number, number: number): void {
    const isRare = (size === manyKeys && asked < size * 1.5) || (size === mostKeys && asked < size * 2);
    if (isRare) {
      isGivenUp = true;
      [places, hashes, numbers, begins, keys] = [empty, empty, empty, empty, new Uint8Array(0)];
      return;
    }
    let length = columns.length;
    for (const column of columns) length += (row.ends[column] as number) - (row.starts[column] as number);
    if (size === mostKeys || (begins[size] as number) + length > mostBytes) clear();
    makeRoom(length);
    let out = begins[size] as number;
    for (const column of columns) {
      const end = row.ends[column] as number;
      for (let at = row.starts[column] as number; at < end; at++) keys[out++] = bytes[at] as number;
      keys[out++] = endOfCell;
    }
    begins[size + 1] = out;
    hashes[size] = hash;
    numbers[size] = number;
    places[freePlace(hash)] = size + 1;
    size += 1;
  }

  /** Whether the cells of a row are the key that begins at `at`. */
  function isKey({ row, bytes }: MappedRow, at: number): boolean {
    let place = at;
    for (let index = 0; index < columns.length; index++) {
      const column = columns[index] as number;
      const end = row.ends[column] as number;
      for (let from = row.starts[column] as number; from < end; from++)
        if (keys[place++] !== bytes[from]) return false;
      if (keys[place++] !== endOfCell) return false;
    }
    return true;
  }

  return {
    of(mapped) {
      if (isGivenUp) return work(part.read(mapped.cells()));
      asked += 1;
      const { row, bytes } = mapped;
      let hash = 0;
      for (let index = 0; index < columns.length; index++) {
        const column = columns[index] as number;
        const end = row.ends[column] as number;
        for (let at = row.starts[column] as number; at < end; at++)
          hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
        hash = Math.imul(hash ^ endOfCell, 0x01000193);
      }
      hash = mix(hash);
      const mask = places.length - 1;
      for (let place = hash & mask; places[place] !== 0; place = (place + 1) & mask) {
        const key = (places[place] as number) - 1;
        if (hashes[key] === hash && isKey(mapped, begins[key] as number)) return numbers[key] as number;
      }
      const number = work(part.read(mapped.cells()));
      remember(mapped, hash, number);
      return number;
    },
    clear,
  };
}

/** MurmurHash3's finaliser: any bit of a number changes any other, as tables that take the lowest bits need it. */
function mix(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
