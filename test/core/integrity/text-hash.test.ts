import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashText } from '#core/integrity/text-hash.ts';

describe('the number of a text', () => {
  it('is a whole number of 52 bits, the same for the same text and seeds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(), fc.nat(), (text, a, b) => {
        const number = hashText(text, [a, b]);
        expect(Number.isSafeInteger(number) && number >= 0 && number < 2 ** 52).toBe(true);
        expect(hashText(`${text}`, [a, b])).toBe(number);
      }),
    );
  });

  it('differs among a million ids that differ in one figure, a pair of letters or their order', () => {
    const seen = new Set<number>();
    for (let at = 0; at < 500_000; at++) {
      seen.add(hashText(`evt_${at}`, [1, 2]));
      seen.add(hashText(`${at.toString(36)}-${(at * 7919).toString(36)}`, [1, 2]));
    }
    for (const text of ['', '\0', '\0\0', 'ab', 'ba', 'aab', 'aba', 'baa']) seen.add(hashText(text, [1, 2]));
    expect(seen.size).toBe(1_000_008);
  });

  it('depends on the seeds', () => {
    expect(hashText('alice@acme', [1, 2])).not.toBe(hashText('alice@acme', [1, 3]));
  });
});
