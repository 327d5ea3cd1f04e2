// The keys that are in the log, held in memory during an import, so that the common case (a record never seen) costs
// no look-up in SQLite. Typed and open-addressed: a Set of five million numbers would take four times the memory.

/** Keys are whole numbers from 0 to 2^52, spread evenly (they are cut from hashes). */
export type KeySet = { add(key: number): void; has(key: number): boolean; size(): number };

const empty = -1;

/** A set of the given keys; it grows by itself and is at most two thirds full. 8 bytes a slot. */
export function createKeySet(keys: Iterable<number> = []): KeySet {
  let slots = new Float64Array(1024).fill(empty);
  let size = 0;

  function slotOf(table: Float64Array, key: number): number {
    const mask = table.length - 1;
    // The keys are hashes already: their low bits are as good as any.
    let slot = ((key % 0x100000000) >>> 0) & mask;
    while (table[slot] !== empty && table[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  function add(key: number): void {
    const slot = slotOf(slots, key);
    if (slots[slot] === key) return;
    slots[slot] = key;
    size += 1;
    if (size * 3 > slots.length * 2) grow();
  }

  function grow(): void {
    const larger = new Float64Array(slots.length * 2).fill(empty);
    for (const key of slots) if (key !== empty) larger[slotOf(larger, key)] = key;
    slots = larger;
  }

  for (const key of keys) add(key);
  return { add, has: (key) => slots[slotOf(slots, key)] === key, size: () => size };
}
