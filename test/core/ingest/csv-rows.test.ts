import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createByteText } from '#core/ingest/byte-text.ts';
import { createCsvReader } from '#core/ingest/csv.ts';
import { createCsvRows } from '#core/ingest/csv-rows.ts';

type Row = { cells: string[]; line: number; fault: string | null };

/** Rows read from strings, or why the file is refused. */
function readStrings(pieces: readonly string[], delimiter: string): Row[] | string {
  const reader = createCsvReader(delimiter);
  try {
    const rows = [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end()];
    return rows.map(({ cells, line, fault }) => ({ cells, line, fault }));
  } catch (error) {
    return (error as Error).message;
  }
}

/** The same read from bytes. */
function readBytes(pieces: readonly string[], delimiter: string): Row[] | string {
  const rows = createCsvRows(delimiter);
  const text = createByteText(16);
  const found: Row[] = [];
  const readAll = () => {
    for (let from = text.length; rows.next(text); from = text.length) {
      const { row } = rows;
      const raw = text.bytes.toString('utf8', from, text.length);
      const cells = JSON.parse(raw) as string[];
      expect(raw).toBe(JSON.stringify(cells));
      expect(row.count).toBe(cells.length);
      for (const [at, cell] of cells.entries()) {
        const inside = text.bytes.toString('utf8', row.starts[at], row.ends[at]);
        expect(`"${inside}"`).toBe(JSON.stringify(cell));
        expect(row.isEscaped[at] === 1).toBe(inside !== cell);
      }
      found.push({ cells, line: row.line, fault: row.fault });
    }
  };
  try {
    for (const piece of pieces) {
      rows.push(Buffer.from(piece));
      readAll();
    }
    rows.end();
    readAll();
    return found;
  } catch (error) {
    return (error as Error).message;
  }
}

describe('CSV rows cut from bytes', () => {
  it('are those of the reader of strings, in pieces of any size', () => {
    const bit = fc.constantFrom(
      'a',
      'ü',
      '漢',
      '😀',
      ',',
      ';',
      '\t',
      '"',
      '""',
      '\n',
      '\r\n',
      '\r',
      '\\',
      '\0',
      ' ',
    );
    const piece = fc.array(bit, { maxLength: 12 }).map((bits) => bits.join(''));
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 5 }),
        fc.constantFrom(',', ';', '\t', '\\'),
        (pieces, delimiter) => {
          expect(readBytes(pieces, delimiter)).toEqual(readStrings(pieces, delimiter));
        },
      ),
      { numRuns: 5000 },
    );
  });

  it('have as many and as long cells as they like', () => {
    const wide = Array.from({ length: 300 }, (_, at) => `cell ${at}`).join(',');
    const long = `"${'x"",\n'.repeat(50_000)}",${'ü'.repeat(100_000)}`;
    const pieces = [`${wide}\n${long}`, `\n${wide}`];
    expect(readBytes(pieces, ',')).toEqual(readStrings(pieces, ','));
  });
});
