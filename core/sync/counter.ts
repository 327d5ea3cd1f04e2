// How often each of many records was seen, in 16 bytes each, of which a quarter is free: a table with open addressing over
// 96 bits of their hashes. Two records that share as much are not to be expected, nor worth making: it is the first half
// of a SHA-256.

/** Counts of keys of three words each, which begin at `at` of `words`. */
export type Counter = {
  get(words: Int32Array, at: number): number;
  /** Counts a key once more, and says how often it was counted, this time included. */
  add(words: Int32Array, at: number): number;
  /** Lifts the count of a key to this; false where it is as high already. */
  raise(words: Int32Array, at: number, count: number): boolean;
  /** Forgets everything, and keeps the room for as much again. */
  clear(): void;
  /** All that was counted: another counter may go on with it, this one then not. */
  counts(): Counts;
};

export type Counts = { table: Int32Array<ArrayBuffer>; used: number };

/** Words of a key. */
export const keyWords = 3;
/** A key's words and its count lie beside each other, so that looking at one brings the others along. */
const stride = keyWords + 1;
const atCount = keyWords;

/** A counter, which goes on from `counts`. */
export function createCounter({ table, used }: Counts = noCounts()): Counter {
  /** Where a key lies, or would. */
  function placeOf(one: number, two: number, three: number): number {
    const mask = table.length - 1;
    let at = ((one ^ two ^ three) * stride) & mask;
    while (
      table[at + atCount] !== 0 &&
      (table[at] !== one || table[at + 1] !== two || table[at + 2] !== three)
    )
      at = (at + stride) & mask;
    return at;
  }

  const find = (words: Int32Array, at: number) =>
    placeOf(words[at] as number, words[at + 1] as number, words[at + 2] as number);

  function grow(): void {
    const old = table;
    table = new Int32Array(old.length * 2);
    for (let from = 0; from < old.length; from += stride) {
      if (old[from + atCount] === 0) continue;
      const at = placeOf(old[from] as number, old[from + 1] as number, old[from + 2] as number);
      for (let word = 0; word < stride; word++) table[at + word] = old[from + word] as number;
    }
  }

  function put(place: number, words: Int32Array, at: number, count: number): void {
    if (table[place + atCount] === 0) {
      used += 1;
      for (let word = 0; word < keyWords; word++) table[place + word] = words[at + word] as number;
    }
    table[place + atCount] = count;
    if (used * stride * 4 > table.length * 3) grow();
  }

  return {
    get: (words, at) => table[find(words, at) + atCount] as number,
    add(words, at) {
      const place = find(words, at);
      const count = (table[place + atCount] as number) + 1;
      put(place, words, at, count);
      return count;
    },
    raise(words, at, count) {
      const place = find(words, at);
      if (count <= (table[place + atCount] as number)) return false;
      put(place, words, at, count);
      return true;
    },
    clear() {
      table.fill(0);
      used = 0;
    },
    counts: () => ({ table, used }),
  };
}

const noCounts = (): Counts => ({ table: new Int32Array(stride << 10), used: 0 });
