// The words an import remembers, and when it forgets them: what a file names must not fill the memory.

import { describe, expect, it } from 'vitest';
import { createWordCodes } from '#core/ingest/word-codes.ts';

const target = (name: string) => ({ targetType: 'device', targetId: null, targetName: name, scope: null });

describe('the codes of words', () => {
  it('are given in the order in which words come, and once for each', () => {
    const codes = createWordCodes();
    expect(['a', 'b', 'a', null].map(codes.ip)).toEqual([0, 1, 0, -1]);
    expect(['x', 'y', 'x'].map((name) => codes.target(target(name)))).toEqual([0, 1, 0]);
    const { ips, targets, restarts } = codes.takeNew();
    expect([ips, targets.map(({ targetName }) => targetName), restarts]).toEqual([
      ['a', 'b'],
      ['x', 'y'],
      false,
    ]);
  });

  it.each([
    { what: 'many words', word: (at: number) => `word ${at}`, most: 150_000 },
    { what: 'few that are very long', word: (at: number) => `${at} ${'x'.repeat(100_000)}`, most: 100 },
  ])('begin anew after $what', ({ word, most }) => {
    const codes = createWordCodes();
    let count = 0;
    while (!codes.isFull() && count < most) codes.target(target(word(count++)));
    expect(count).toBeLessThan(most);
    codes.restart();
    expect(codes.isFull()).toBe(false);
    expect(codes.target(target(word(5)))).toBe(0);
    expect(codes.takeNew()).toMatchObject({ restarts: true, targets: [{ targetName: word(5) }] });
  });
});
