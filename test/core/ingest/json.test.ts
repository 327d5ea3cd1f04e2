import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createArrayReader, createLineReader, isTooDeep, type JsonReader } from '#core/ingest/json.ts';

function readPieces(reader: JsonReader, pieces: readonly string[]) {
  const records = pieces.flatMap((piece) => reader.push(piece));
  const end = reader.end();
  return { pieces: [...records, ...end.pieces], isCutOff: end.isCutOff };
}

const cut = (text: string, size: number) => text.match(new RegExp(`[\\s\\S]{1,${size}}`, 'gu')) ?? [];

describe('JSON array', () => {
  it('is cut into the same elements as JSON.parse finds, in pieces of any size', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue(), { maxLength: 6 }),
        fc.constantFrom(undefined, 1, '\t'),
        fc.integer({ min: 1, max: 12 }),
        (data, space, size) => {
          const { pieces, isCutOff } = readPieces(
            createArrayReader(),
            cut(JSON.stringify(data, null, space), size),
          );
          expect(pieces.map((piece) => JSON.parse(piece.text))).toEqual(JSON.parse(JSON.stringify(data)));
          expect(pieces.map((piece) => piece.row)).toEqual(data.map((_, index) => index + 1));
          expect(isCutOff).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('keeps a record as it was written', () => {
    const { pieces } = readPieces(createArrayReader(), ['[ { "b" : 1.50,\n "a":"\\u00e9" } ]']);
    expect(pieces[0]?.text).toBe('{ "b" : 1.50,\n "a":"\\u00e9" }');
  });

  it('says that it is cut off, and keeps the records before and the rest', () => {
    const { pieces, isCutOff } = readPieces(createArrayReader(), ['[{"a":1},{"a":2},{"a":']);
    expect(isCutOff).toBe(true);
    expect(pieces.map((piece) => piece.fault)).toEqual([
      null,
      null,
      'the file ends in the middle of this record',
    ]);
    expect(readPieces(createArrayReader(), ['[{"a":1}']).isCutOff).toBe(true);
  });

  it('does not lose what stands after its end', () => {
    const { pieces } = readPieces(createArrayReader(), ['[{"a":1}] {"a":2}']);
    expect(pieces.map(({ text, fault }) => [text.trim(), fault])).toEqual([
      ['{"a":1}', null],
      ['{"a":2}', 'text after the end of the list'],
    ]);
  });
});

describe('NDJSON', () => {
  it('has one record a line, with blank lines counted and skipped', () => {
    const { pieces } = readPieces(createLineReader(), ['{"a":1}\n\n  \r\n{"a":', '2}\r\n{"a":3}']);
    expect(pieces.map(({ text, row }) => [text, row])).toEqual([
      ['{"a":1}', 1],
      ['{"a":2}', 4],
      ['{"a":3}', 5],
    ]);
  });

  it('says that it is cut off when the last line is no JSON', () => {
    expect(readPieces(createLineReader(), ['{"a":1}\n{"a"']).isCutOff).toBe(true);
    expect(readPieces(createLineReader(), ['{"a":1}\n{"a":2}']).isCutOff).toBe(false);
  });
});

describe('nesting', () => {
  it('is measured outside strings', () => {
    expect(isTooDeep('['.repeat(100) + ']'.repeat(100))).toBe(false);
    expect(isTooDeep('['.repeat(101) + ']'.repeat(101))).toBe(true);
    expect(isTooDeep(JSON.stringify(['['.repeat(500)]))).toBe(false);
  });
});
