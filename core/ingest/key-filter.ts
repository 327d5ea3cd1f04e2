// Says of most keys that are not in a large set that they are not, in 12 bits a key: a split block Bloom filter (Putze,
// Sanders and Singler, "Cache-, hash- and space-efficient Bloom filters", 2009; in the form of Apache Parquet's
// BloomFilter.md). A key has one bit in each of the eight words of its block, so that asking touches memory once.

/** A set of prefixes of keys, as `prefixOf` cuts them: whole numbers below 2^40, spread evenly. */
export type KeyFilter = {
  add(prefix: number): void;
  /** False where it was never added; true where it was, and for one of a hundred that were not. */
  mayHave(prefix: number): boolean;
};

const bitsPerKey = 12;
const words = 8;
const salts = Int32Array.of(
  ...[0x47b6137b, 0x44974d91, 0x8824ad5b, 0xa2b7289d, 0x705495c7, 0x2df1424b, 0x9efc4947, 0x5c6bfb31],
);

/** A filter with room for so many keys. */
export function createKeyFilter(keys: number): KeyFilter {
  const blocks = Math.ceil((keys * bitsPerKey) / (words * 32)) + 1;
  const memory = new Int32Array(blocks * words);
  /** The block goes by the upper bits, the bits within it by the lower ones. */
  const blockOf = (prefix: number) => Math.floor((prefix / 0x10000000000) * blocks) * words;
  const bitOf = (prefix: number, word: number) => 1 << (Math.imul(prefix | 0, salts[word] as number) >>> 27);
  return {
    add(prefix) {
      const block = blockOf(prefix);
      for (let word = 0; word < words; word++)
        memory[block + word] = (memory[block + word] as number) | bitOf(prefix, word);
    },
    mayHave(prefix) {
      const block = blockOf(prefix);
      for (let word = 0; word < words; word++)
        if (((memory[block + word] as number) & bitOf(prefix, word)) === 0) return false;
      return true;
    },
  };
}
