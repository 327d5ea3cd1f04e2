import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellLimit, cellText, xmlText } from '#core/workbook/cell-text.ts';
import { hostileTexts } from '../evidence/hostile.ts';

/** What a spreadsheet program makes of `_xHHHH_` (ECMA-376 Part 1, 22.9.2.19). */
const decode = (text: string) =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_match, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );

/** XML 1.0 production 2, and no carriage return, which a parser would turn into a line feed. */
const xmlCharacters = /^[\t\n\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
    .map((units) => String.fromCharCode(...units)),
  fc.stringMatching(/^(_x[0-9A-Fa-f]{4}_|_|x|[0-9A-F])*$/),
  fc.constantFrom(...hostileTexts),
);

describe('the text of a workbook cell', () => {
  it('can stand in XML and reads back as the value, whatever it is', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        const { text, cut } = cellText(value);
        expect(text).toMatch(xmlCharacters);
        expect(cut).toBe(false);
        expect(decode(text)).toBe(value);
      }),
      { numRuns: 1000 },
    );
  });

  it.each(['_x0041_x0042_', '_x0041\u0001', '_x0041\ud800', '_x005F__x005F_x005F_', '__x0041_'])(
    'reads back %j, whose escapes would run into one another',
    (value) => expect(decode(cellText(value).text)).toBe(value),
  );

  it('takes objects for their text, so that none can pass for a formula or a link', () => {
    expect(cellText({ formula: '1+1', toString: () => 'an object' }).text).toBe('an object');
    expect(cellText(10n ** 30n).text).toBe('1000000000000000000000000000000');
  });

  it.each([
    ['letters', 'a'.repeat(40_000)],
    ['controls, which take seven times the room', '\u0001'.repeat(40_000)],
    ['surrogate pairs', '😀'.repeat(20_000)],
    ['one letter and surrogate pairs', `a${'😀'.repeat(20_000)}`],
  ])('is cut to what a cell can hold, and says so: %s', (_name, value) => {
    const { text, cut } = cellText(value);
    expect(cut).toBe(true);
    expect(text.length).toBeLessThanOrEqual(cellLimit);
    expect(text.length).toBeGreaterThan(cellLimit - 20);
    expect(text).toMatch(/ …⟨cut here: the value has 40,00\d characters, the CSV has all⟩$/);
    const kept = decode(text.slice(0, text.lastIndexOf(' …')));
    expect(value.startsWith(kept)).toBe(true);
    expect(kept.isWellFormed()).toBe(true);
  });

  it('may be as long as the limit', () => {
    expect(cellText('a'.repeat(cellLimit))).toEqual({ text: 'a'.repeat(cellLimit), cut: false });
  });

  it('is no markup', () => {
    expect(xmlText('<f>1+1</f> & ]]>')).toBe('&lt;f&gt;1+1&lt;/f&gt; &amp; ]]&gt;');
  });
});
