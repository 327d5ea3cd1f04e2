// Copied rows in a spreadsheet: every value stays in its cell, and none is ever calculated.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tsvOf } from '../../renderer/events/tsv.ts';

/** As a spreadsheet reads pasted text: tabs and line ends part, a quotation mark in front takes all up to the next. */
function paste(text: string): string[][] {
  const rows: string[][] = [[]];
  for (let at = 0; at < text.length; ) {
    let cell = '';
    if (text[at] === '"') {
      for (at += 1; at < text.length; at++) {
        if (text[at] === '"' && text[at + 1] === '"') at += 1;
        else if (text[at] === '"') break;
        cell += text[at];
      }
      at += 1;
    }
    while (at < text.length && !'\t\n\r'.includes(text[at] as string)) cell += text[at++];
    rows.at(-1)?.push(cell);
    if (text[at] !== '\t') rows.push([]);
    at += 1;
  }
  return rows.slice(0, -1);
}

describe('rows as text for a spreadsheet', () => {
  test('have the column names first, and nothing where there is no value', () => {
    expect(
      tsvOf(
        ['Time', 'Actor'],
        [
          ['2026', null],
          ['2027', 'bob'],
        ],
      ),
    ).toBe('Time\tActor\n2026\t\n2027\tbob\n');
  });

  test('spell what would break out of a cell', () => {
    expect(tsvOf(['a'], [['one\ttwo\r\nthree\u2028four']])).toBe('a\none⟨TAB⟩two⟨CR⟩⟨LF⟩three⟨LS⟩four\n');
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', ' =1', '＝1+1', '－1'])('never calculate %s', (value) => {
    expect(paste(tsvOf(['a'], [[value]]))[1]).toEqual([`'${value}`]);
  });

  test('keep any values apart, and no cell of them is a formula', () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.string({
        unit: fc.constantFrom('=', '+', '-', '@', '"', '\t', '\n', '\r', ' ', 'a', "'"),
        maxLength: 8,
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value, value), { maxLength: 4 }), (rows) => {
        const pasted = paste(tsvOf(['x', 'y', 'z'], rows));
        expect(pasted.map((row) => row.length)).toEqual([3, ...rows.map(() => 3)]);
        for (const cell of pasted.flat()) expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]/u);
      }),
      { numRuns: 500 },
    );
  });
});
