import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeyMap } from '#core/ingest/key-map.ts';

describe('the map of keys', () => {
  it('finds every id under its key, whatever came before, and next to nothing else', () => {
    // Few distinct keys, so that many come twice, and neighbours that differ in their last bits only.
    const key = fc.oneof(
      fc.integer({ min: 0, max: 2 ** 52 - 1 }),
      fc.integer({ min: 0, max: 600 }),
      fc.integer({ min: 2 ** 52 - 600, max: 2 ** 52 - 1 }),
    );
    fc.assert(
      fc.property(fc.array(key, { maxLength: 3000 }), (keys) => {
        const map = createKeyMap();
        const plain = new Map<number, number[]>();
        for (const [id, one] of keys.entries()) {
          map.add(one, id);
          plain.set(one, [...(plain.get(one) ?? []), id]);
        }
        for (const [one, ids] of plain) {
          const found = map.find(one);
          expect(ids.every((id) => found.includes(id))).toBe(true);
          // 40 bits are compared: the others share those.
          const compared = (key: number) => Math.floor(key / 4096);
          expect(found.every((id) => compared(keys[id] as number) === compared(one))).toBe(true);
        }
      }),
    );
  });

  it('knows no key that was not added', () => {
    const map = createKeyMap();
    for (let id = 0; id < 100_000; id++) map.add(((id * 0x9e3779b97f4a) % 2 ** 40) * 4096, id);
    expect(map.find(1234567 * 4096 + 2048 * 4096)).toHaveLength(0);
  });
});
