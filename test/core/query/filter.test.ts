import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AppError, TextPlace } from '#core/errors.ts';
import { filterKeys, parseFilter, placeFilter, printFilter } from '#core/query/filter.ts';

describe('the filter language', () => {
  it('reads keys, quotes and bare words', () => {
    expect(parseFilter(' actor:alice@acme  category:access "two words" \\ target:"press 07" x')).toEqual([
      { key: 'actor', value: 'alice@acme', quoted: false },
      { key: 'category', value: 'access', quoted: false },
      { key: null, value: 'two words', quoted: true },
      { key: null, value: '\\', quoted: false },
      { key: 'target', value: 'press 07', quoted: true },
      { key: null, value: 'x', quoted: false },
    ]);
  });

  it('prints what it parses back to', () => {
    const term = fc.record({
      key: fc.constantFrom(null, ...filterKeys),
      value: fc.string({
        unit: fc.constantFrom('a', ' ', '"', '\\', ':', '*', '日', '\n'),
        minLength: 1,
        maxLength: 8,
      }),
      quoted: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(term), (terms) => {
        const printed = printFilter(terms);
        const back = parseFilter(printed);
        expect(back.map(({ key, value }) => ({ key, value }))).toEqual(
          terms.map(({ key, value }) => ({ key, value })),
        );
        expect(printFilter(back)).toBe(printed);
      }),
      { numRuns: 500 },
    );
  });

  it('names the character of what it does not understand', () => {
    expect(() => parseFilter('actor:a acter:b')).toThrow('“acter:” at character 9 is not a filter');
    expect(() => parseFilter('actor:a action:')).toThrow('“action:” at character 9 has no value');
    expect(() => parseFilter('abc "open')).toThrow('The quote at character 5 is not closed');
  });

  it('says where in the text a mistake stands, so that it can be marked', () => {
    expect(mistakeIn('actor:a acter:b')).toBe('acter:');
    expect(mistakeIn('actor:a action: x')).toBe('action:');
    expect(mistakeIn('abc actor:"open x')).toBe('"open x');
    expect(mistakeIn('日本 x:1')).toBe('x:');
  });

  it('knows where each term stands', () => {
    const text = ' actor:alice  "two words"x';
    expect(placeFilter(text).map(({ place }) => text.slice(place.at, place.at + place.length))).toEqual([
      'actor:alice',
      '"two words"',
      'x',
    ]);
  });
});

function mistakeIn(text: string): string | null {
  try {
    parseFilter(text);
    return null;
  } catch (error) {
    const { at, length } = (error as AppError).place as TextPlace;
    return text.slice(at, at + length);
  }
}
