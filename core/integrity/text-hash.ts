// A fast number for a text: not for proof (that is SHA-256), but to find or compare texts by.

/** Where the two halves begin: fixed for what is stored, drawn for what lives in memory only. */
export type TextSeeds = readonly [number, number];

/**
 * 52 bits of a text, a whole number that a double and an SQLite integer hold: two multiplying hashes with rotation over
 * its UTF-16 units, mixed at the end as MurmurHash3 does. Different texts can share a number, once in some 10^15 pairs.
 */
export function hashText(text: string, seeds: TextSeeds): number {
  let [a, b] = seeds;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    a = Math.imul(a ^ unit, 0x9e3779b1);
    a = (a << 13) | (a >>> 19);
    b = Math.imul(b ^ unit, 0x5f356495);
    b = (b << 17) | (b >>> 15);
  }
  a = Math.imul(a ^ (a >>> 16) ^ text.length, 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  return (a >>> 0) * 0x100000 + (b >>> 12);
}
