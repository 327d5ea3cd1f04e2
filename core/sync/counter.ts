// How often each of many records was kept, in 18 bytes each: a table with open addressing over 96 bits of their hashes.
// Two records that share as much are not to be expected, nor worth making: it is the first half of a SHA-256.

export type Counter = {
  get(key: string): number;
  set(key: string, count: number): void;
};

/** A counter for keys of twelve characters below 256. */
export function createCounter(): Counter {
  let size = 1 << 12;
  let used = 0;
  let [heads, tails, counts]: Tables = tablesOf(size);

  /** The place of a key, or where it would stand. */
  function placeOf(head: number, tail: number): number {
    let at = head % size;
    while (counts[at] !== 0 && (heads[at] !== head || tails[at] !== tail)) at = (at + 1) % size;
    return at;
  }

  function grow(): void {
    const [oldHeads, oldTails, oldCounts] = [heads, tails, counts];
    size *= 2;
    [heads, tails, counts] = tablesOf(size);
    for (let old = 0; old < oldCounts.length; old++) {
      if (oldCounts[old] === 0) continue;
      const at = placeOf(oldHeads[old] as number, oldTails[old] as number);
      heads[at] = oldHeads[old] as number;
      tails[at] = oldTails[old] as number;
      counts[at] = oldCounts[old] as number;
    }
  }

  return {
    get: (key) => counts[placeOf(numberAt(key, 0), numberAt(key, 6))] as number,
    set(key, count) {
      if (used * 4 > size * 3) grow();
      const [head, tail] = [numberAt(key, 0), numberAt(key, 6)];
      const at = placeOf(head, tail);
      if (counts[at] === 0) used += 1;
      heads[at] = head;
      tails[at] = tail;
      counts[at] = count;
    },
  };
}

type Tables = [Float64Array, Float64Array, Uint32Array];

const tablesOf = (size: number): Tables => [
  new Float64Array(size),
  new Float64Array(size),
  new Uint32Array(size),
];

/** 48 bits of a key. */
function numberAt(key: string, from: number): number {
  let value = 0;
  for (let at = from; at < from + 6; at++) value = value * 256 + key.charCodeAt(at);
  return value;
}
