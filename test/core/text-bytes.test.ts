import { describe, expect, it } from 'vitest';
import { gatherText } from '#core/text-bytes.ts';

/** What a writer of so many bytes hands on for some pieces. */
function gathered(room: number, pieces: readonly string[]): Buffer[] {
  const taken: Buffer[] = [];
  const output = gatherText(room, (bytes) => taken.push(bytes));
  for (const piece of pieces) output.add(piece);
  output.flush();
  return taken;
}

describe('text on its way into a file', () => {
  it('is the same UTF-8 however it is cut, also for characters outside Unicode’s first plane and lone halves', () => {
    const pieces = ['plain', '', 'é → 漢字', '😀'.repeat(40), '\ud800', 'x'.repeat(500)];
    for (const room of [1, 16, 64, 4096])
      expect(Buffer.concat(gathered(room, pieces))).toEqual(Buffer.from(pieces.join(''), 'utf8'));
  });

  it('is handed on in pieces of the room given, or as long as one text needs', () => {
    const lengths = gathered(
      64,
      Array.from({ length: 100 }, () => 'ten bytes.'),
    ).map(({ length }) => length);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(64);
    expect(Math.min(...lengths.slice(0, -1))).toBeGreaterThan(30);
    expect(gathered(8, ['y'.repeat(100)]).map(({ length }) => length)).toEqual([100]);
  });

  it('hands on bytes that nobody writes to again, and nothing where there is none', () => {
    expect(gathered(8, ['ab', 'cd', 'ef']).map(String).join('')).toBe('abcdef');
    expect(gathered(8, [])).toEqual([]);
    expect(gathered(8, [''])).toEqual([]);
  });
});
