import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breakLines } from '#core/evidence/report/line-breaks.ts';
import { createTextShower } from '#core/evidence/report/shown-text.ts';
import { hostileTexts } from './hostile.ts';

const shower = () => createTextShower((codePoint) => codePoint < 0x3000);

describe('text on paper', () => {
  it('shows what has no glyph, what is invisible and what turns the direction as code points, and counts it', () => {
    const { show, tokens } = shower();
    expect(show('a\u202eb日c\td')).toBe('a⟨U+202E⟩b⟨U+65E5⟩c⟨U+0009⟩d');
    expect(show('Ñandú Ωμέγα Жук → ∅')).toBe('Ñandú Ωμέγα Жук → ∅');
    expect(tokens()).toEqual({ count: 3, kinds: ['U+202E', 'U+65E5', 'U+0009'] });
  });

  it('shows right-to-left letters as code points, because they would print in the wrong order', () => {
    expect(shower().show('של')).toBe('⟨U+05E9⟩⟨U+05DC⟩');
  });

  it('does not let a value pretend to be a code point', () => {
    expect(shower().show('⟨U+0041⟩')).toBe('⟨U+27E8⟩U+0041⟩');
  });

  it('says the same character always the same way, and loses none', () => {
    const read = (shown: string) =>
      shown.replace(/⟨U\+([0-9A-F]{4,6})⟩/g, (_match, code: string) =>
        String.fromCodePoint(Number.parseInt(code, 16)),
      );
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...hostileTexts)), (text) => {
        expect(read(shower().show(text))).toBe(text);
      }),
    );
  });
});

describe('lines', () => {
  const measure = (text: string) => [...text].length;

  it('break at blanks, keep words whole where they fit, and lose nothing but the blanks at their ends', () => {
    expect(breakLines('the quick brown fox', 9, measure).lines).toEqual(['the quick', 'brown fox']);
    expect(breakLines('see https://example.org/a', 22, measure).lines).toEqual([
      'see',
      'https://example.org/a',
    ]);
    expect(breakLines('data/10_populations/00_all-events.csv', 20, measure).lines).toEqual([
      'data/10_populations/',
      '00_all-events.csv',
    ]);
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.integer({ min: 3, max: 20 }), (text, width) => {
        const { lines, cut } = breakLines(text, width, measure);
        expect(cut).toBe(false);
        expect(lines.every((line) => measure(line) <= width)).toBe(true);
        expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      }),
    );
  });

  it('never tear a code point token', () => {
    const { lines } = breakLines('x'.repeat(7) + '⟨U+65E5⟩'.repeat(5), 10, measure);
    expect(lines).toEqual(['xxxxxxx', '⟨U+65E5⟩', '⟨U+65E5⟩', '⟨U+65E5⟩', '⟨U+65E5⟩', '⟨U+65E5⟩']);
  });

  it('end in an ellipsis when there are more than allowed, within the width', () => {
    const { lines, cut } = breakLines('one two three four five', 9, measure, 2);
    expect(cut).toBe(true);
    expect(lines).toEqual(['one two', 'three …']);
    expect(breakLines('a'.repeat(100), 10, measure, 1)).toEqual({ lines: ['aaaaaaaa …'], cut: true });
  });
});
