// Where in the log a record stands: key → event ids, held in memory during a large import, so that the common case (a
// record never seen) costs no look-up in SQLite. Typed and open-addressed: a Map of ten million would take ten times
// the memory. Cut into tables, so that growing copies little at a time; few of them, so that all are at hand.

/** Keys are whole numbers from 0 to 2^52, spread evenly (they are cut from hashes); ids are whole and below 2^32 - 1. */
export type KeyMap = {
  add(key: number, id: number): void;
  /** The ids added with this key; perhaps more, with a key that differs in its last bits. Empty for an unknown key. */
  find(key: number): readonly number[];
  /** How many ids it has, each further one of a key counted as so many as take its memory. */
  weight(): number;
  /** What `prefixOf` says of the keys it has, each once. */
  eachPrefix(visit: (prefix: number) => void): void;
};

const tableBits = 8;
const tables = 1 << tableBits;
const nobody: readonly number[] = [];

/** An id in a list of its own takes about as much memory as so many in a table. */
const listWeight = 10;

/** The upper 40 bits of a key: what is compared. */
export const prefixOf = (key: number): number => Math.floor(key / 0x1000);

/** An empty map, with room for so many keys: what is more makes it grow. Takes about 13 bytes a key. */
export function createKeyMap(expected = 0): KeyMap {
  const length = Math.max(16, Math.ceil((expected * 1.3) / tables) * 2);
  // Pairs of fingerprint and id + 1; 0 in the id's place is an empty slot.
  const slots: Uint32Array[] = Array.from({ length: tables }, () => new Uint32Array(length));
  const sizes = new Uint32Array(tables);
  // Keys that came more than once: identical records, mostly few.
  const more = new Map<number, number[]>();
  let weight = 0;

  /** The upper 8 bits choose the table, the next 32 are what is compared and where it lies. */
  const tableOf = (key: number) => Math.floor(key / 0x100000000000);
  const fingerprintOf = (key: number) => prefixOf(key) >>> 0;

  /** The place of a fingerprint in a table of any even length: its own, or the free one where it belongs. */
  function placeOf(table: Uint32Array, fingerprint: number): number {
    const count = table.length >> 1;
    let place = Math.floor((fingerprint / 0x100000000) * count);
    while (table[place * 2 + 1] !== 0 && table[place * 2] !== fingerprint) {
      place += 1;
      if (place === count) place = 0;
    }
    return place * 2;
  }

  function grow(at: number): void {
    const old = slots[at] as Uint32Array;
    const larger = new Uint32Array(Math.ceil(old.length * 0.8) * 2);
    for (let place = 0; place < old.length; place += 2) {
      const id = old[place + 1] as number;
      if (id === 0) continue;
      const free = placeOf(larger, old[place] as number);
      larger[free] = old[place] as number;
      larger[free + 1] = id;
    }
    slots[at] = larger;
  }

  return {
    add(key, id) {
      const at = tableOf(key);
      const fingerprint = fingerprintOf(key);
      const table = slots[at] as Uint32Array;
      const place = placeOf(table, fingerprint);
      if (table[place + 1] !== 0) {
        const name = at * 0x100000000 + fingerprint;
        const known = more.get(name);
        weight += known ? 1 : listWeight;
        if (known) known.push(id);
        else more.set(name, [id]);
        return;
      }
      weight += 1;
      table[place] = fingerprint;
      table[place + 1] = id + 1;
      const size = (sizes[at] as number) + 1;
      sizes[at] = size;
      if (size * 2.5 > table.length) grow(at);
    },
    find(key) {
      const at = tableOf(key);
      const fingerprint = fingerprintOf(key);
      const table = slots[at] as Uint32Array;
      const id = table[placeOf(table, fingerprint) + 1] as number;
      if (id === 0) return nobody;
      return [id - 1, ...(more.get(at * 0x100000000 + fingerprint) ?? nobody)];
    },
    weight: () => weight,
    eachPrefix(visit) {
      for (const [at, table] of slots.entries())
        for (let place = 0; place < table.length; place += 2)
          if (table[place + 1] !== 0) visit(at * 0x100000000 + (table[place] as number));
    },
  };
}
