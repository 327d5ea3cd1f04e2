import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnNames, createCsvReader, detectDelimiter } from '#core/ingest/csv.ts';

/** Reads a text in the given pieces. */
function readPieces(pieces: readonly string[], delimiter = ',') {
  const reader = createCsvReader(delimiter);
  return [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end()];
}

const cellsOf = (text: string, delimiter = ',') => readPieces([text], delimiter).map((row) => row.cells);

describe('CSV', () => {
  it('keeps quoted delimiters, quotes and newlines in their cell', () => {
    expect(cellsOf('a,"b, c","say ""hi""","two\nlines"\n')).toEqual([
      ['a', 'b, c', 'say "hi"', 'two\nlines'],
    ]);
  });

  it('reads LF and CRLF in one file, and a last line without either', () => {
    expect(cellsOf('a,b\r\nc,d\ne,"f\r\ng"\r\nh,i')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
      ['e', 'f\r\ng'],
      ['h', 'i'],
    ]);
  });

  it('keeps empty cells, empty quotes and white space', () => {
    expect(cellsOf(',"", x ,\n')).toEqual([['', '', ' x ', '']]);
  });

  it('counts lines through quoted newlines', () => {
    const rows = readPieces(['a,b\n"1\n2\n3",x\nc,d\n']);
    expect(rows.map((row) => row.line)).toEqual([1, 2, 5]);
  });

  it('marks a record with text after a closing quote, and reads on after it', () => {
    const rows = readPieces(['"a"b,c\nd,e\n']);
    expect(rows.map((row) => row.fault)).toEqual(['text follows a closing quote', null]);
    expect(rows[1]?.cells).toEqual(['d', 'e']);
  });

  it('refuses a quote that is never closed, naming the line it begins on', () => {
    expect(() => readPieces(['a,b\nc,"d\ne,f\n'])).toThrow('line 2 opens a quote that is never closed');
  });

  it('gives back what was written, in pieces of any size', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', 'é', '日', '"', ',', '\n', '\r\n', ' ', '=', '\0'),
      maxLength: 6,
    });
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 8 });
    fc.assert(
      fc.property(
        rows,
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        fc.integer({ min: 1, max: 9 }),
        (data, newline, quoteAll, size) => {
          const write = (value: string) =>
            quoteAll || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
          const text = data.map((row) => row.map(write).join(',') + newline).join('');
          const pieces = text.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g')) ?? [];
          const read = readPieces(pieces);
          expect(read.map((row) => row.cells)).toEqual(data);
          expect(read.every((row) => row.fault === null)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('finds the delimiter of a header outside its quotes', () => {
    expect(detectDelimiter('a,b,c')).toBe(',');
    expect(detectDelimiter('a;b;"c,d,e,f"')).toBe(';');
    expect(detectDelimiter('a\tb')).toBe('\t');
    expect(detectDelimiter('single')).toBe(',');
  });

  it('gives every column a name of its own', () => {
    expect(columnNames(['a', 'a', '', 'a', ' b ', '__proto__'])).toEqual([
      'a',
      'a (2)',
      'column 3',
      'a (3)',
      'b',
      '__proto__',
    ]);
  });
});
