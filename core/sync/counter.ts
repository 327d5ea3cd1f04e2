// How often each of many records was seen, in 16 bytes each, of which a quarter is free: a table with open addressing over
// 96 bits of their hashes. Two records that share as much are not to be expected, nor worth making: it is the first half
// of a SHA-256.

export type Counter = {
  get(key: string): number;
  /** Counts a key once more, and says how often it was counted, this time included. */
  add(key: string): number;
  /** Lifts the count of a key to this; false where it is as high already. */
  raise(key: string, count: number): boolean;
  /** Forgets everything, and keeps the room for as much again. */
  clear(): void;
};

/** A key's three words and its count lie beside each other, so that looking at one brings the others along. */
const stride = 4;
const atCount = 3;

/** A counter for keys of twelve characters below 256. */
export function createCounter(): Counter {
  let table = new Int32Array(stride << 10);
  let used = 0;

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

  const find = (key: string) => placeOf(wordAt(key, 0), wordAt(key, 4), wordAt(key, 8));

  function grow(): void {
    const old = table;
    table = new Int32Array(old.length * 2);
    for (let from = 0; from < old.length; from += stride) {
      if (old[from + atCount] === 0) continue;
      const at = placeOf(old[from] as number, old[from + 1] as number, old[from + 2] as number);
      for (let word = 0; word < stride; word++) table[at + word] = old[from + word] as number;
    }
  }

  function put(at: number, key: string, count: number): void {
    if (table[at + atCount] === 0) {
      used += 1;
      for (let word = 0; word < atCount; word++) table[at + word] = wordAt(key, word * 4);
    }
    table[at + atCount] = count;
    if (used * stride * 4 > table.length * 3) grow();
  }

  return {
    get: (key) => table[find(key) + atCount] as number,
    add(key) {
      const at = find(key);
      const count = (table[at + atCount] as number) + 1;
      put(at, key, count);
      return count;
    },
    raise(key, count) {
      const at = find(key);
      if (count <= (table[at + atCount] as number)) return false;
      put(at, key, count);
      return true;
    },
    clear() {
      table.fill(0);
      used = 0;
    },
  };
}

/** 32 bits of a key. */
const wordAt = (key: string, at: number): number =>
  (key.charCodeAt(at) << 24) |
  (key.charCodeAt(at + 1) << 16) |
  (key.charCodeAt(at + 2) << 8) |
  key.charCodeAt(at + 3);
