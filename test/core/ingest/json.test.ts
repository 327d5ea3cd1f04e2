import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLineReader, isTooDeep, type JsonReader } from '#core/ingest/json.ts';
import {
  createArrayCutter,
  createCutReader,
  createNestedArrayCutter,
  createPageCutter,
  createValueCutter,
  findList,
  type ListPlace,
} from '#core/ingest/json-lists.ts';

const createArrayReader = () => createCutReader(createArrayCutter());
const createPageReader = (list: ListPlace) => createCutReader(createPageCutter(list), list.at);
const createValueReader = () => createCutReader(createValueCutter());

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

describe('what was fetched page by page', () => {
  const pages = fc.array(fc.array(fc.record({ a: fc.jsonValue() }), { maxLength: 4 }), {
    minLength: 1,
    maxLength: 4,
  });
  const space = fc.constantFrom(undefined, 1, '\t');
  const size = fc.integer({ min: 1, max: 12 });
  const between = fc.constantFrom('', '\n', ' \r\n');
  const valuesOf = (reader: JsonReader, text: string, each: number) => {
    const { pieces, isCutOff } = readPieces(reader, cut(text, each));
    expect(pieces.map(({ fault }) => fault)).toEqual(pieces.map(() => null));
    expect(pieces.map(({ row }) => row)).toEqual(pieces.map((_, index) => index + 1));
    expect(isCutOff).toBe(false);
    return pieces.map(({ text: one }) => JSON.parse(one));
  };
  const plain = (data: unknown) => JSON.parse(JSON.stringify(data));

  it('may be arrays one after the other', () => {
    fc.assert(
      fc.property(pages, space, between, size, (data, indent, gap, each) => {
        const text = data.map((page) => JSON.stringify(page, null, indent)).join(gap);
        expect(valuesOf(createArrayReader(), text, each)).toEqual(plain(data.flat()));
      }),
    );
  });

  it('may be arrays in an array', () => {
    fc.assert(
      fc.property(pages, space, size, (data, indent, each) => {
        const text = JSON.stringify(data, null, indent);
        const reader = createCutReader(createNestedArrayCutter());
        expect(valuesOf(reader, text, each)).toEqual(plain(data.flat()));
      }),
    );
  });

  it('may be objects in an array, each with the list and whatever else', () => {
    const other = fc.dictionary(fc.constantFrom('next', 'total'), fc.jsonValue());
    fc.assert(
      fc.property(pages, other, other, space, size, (data, before, after, indent, each) => {
        const text = JSON.stringify(
          data.map((list) => ({ ...before, list, ...after })),
          null,
          indent,
        );
        const place = findList(text, (name) => name === 'list') as ListPlace;
        const read = (one: string) => valuesOf(createPageReader({ ...place, inArray: true }), one, each);
        expect(read(text)).toEqual(plain(data.flat()));
        const reader = createPageReader({ ...place, inArray: true });
        expect(readPieces(reader, [text.slice(0, text.lastIndexOf(']'))]).isCutOff).toBe(true);
      }),
    );
  });

  it('may be records with commas between them', () => {
    expect(valuesOf(createValueReader(), '{"a":1},\n{"a":2} , {"a":3},', 4)).toEqual([
      { a: 1 },
      { a: 2 },
      { a: 3 },
    ]);
  });

  it('may be objects one after the other, each with the list and whatever else, in any order', () => {
    const other = fc.dictionary(fc.constantFrom('next', 'total', 'kind', 'list2'), fc.jsonValue());
    fc.assert(
      fc.property(pages, other, other, space, between, size, (data, before, after, indent, gap, each) => {
        const text = data
          .map((list) => JSON.stringify({ ...before, list, ...after }, null, indent))
          .join(gap);
        const place = findList(text, (name) => name === 'list');
        expect(valuesOf(createPageReader(place as ListPlace), text, each)).toEqual(plain(data.flat()));
      }),
    );
  });

  it('may have its list deeper inside, in objects with other members', () => {
    const other = fc.dictionary(fc.constantFrom('next', 'total', 'list2'), fc.jsonValue());
    fc.assert(
      fc.property(pages, other, other, space, between, size, (data, around, beside, indent, gap, each) => {
        const text = data
          .map((list) =>
            JSON.stringify(
              { ...around, data: { ...beside, in: { list, ...beside } }, ...around },
              null,
              indent,
            ),
          )
          .join(gap);
        const isNamed = (name: string) => name === 'list';
        expect(findList(text, isNamed)).toBeNull();
        const place = findList(text, isNamed, { levels: 2 });
        expect(place?.path).toEqual(['data', 'in', 'list']);
        expect(valuesOf(createPageReader(place as ListPlace), text, each)).toEqual(plain(data.flat()));
      }),
    );
  });

  it('keeps a page that lacks the list deeper inside as what it is', () => {
    const text =
      '{"a":{"list":[{"n":1}],"b":2}} {"c":3,"a":{"error":"no","d":{}},"e":[]} {"a":{"list":[{"n":2}]}}';
    const { pieces } = readPieces(createPageReader({ at: 13, path: ['a', 'list'] }), cut(text, 5));
    expect(pieces.map((piece) => [piece.text, piece.fault])).toEqual([
      ['{"n":1}', null],
      ['{"c":3,"a":{"error":"no","d":{}},"e":[]}', 'an object without the list that the one before it has'],
      ['{"n":2}', null],
    ]);
  });

  it('may be records one after the other, over several lines each', () => {
    fc.assert(
      fc.property(pages, space, size, (data, indent, each) => {
        const text = data.flat().map((record) => JSON.stringify(record, null, indent));
        expect(valuesOf(createValueReader(), text.join('\n'), each)).toEqual(plain(data.flat()));
      }),
    );
  });

  it('keeps a page that has no list, such as an error, as what it is', () => {
    const text =
      '{"data":[{"a":1}],"next":2}\n{"error":"too many requests","code":429}\n{"data":[{"a":2}]} {"data"';
    const { pieces, isCutOff } = readPieces(createPageReader({ at: 8, path: ['data'] }), cut(text, 5));
    expect(pieces.map((piece) => [piece.text, piece.fault])).toEqual([
      ['{"a":1}', null],
      ['{"error":"too many requests","code":429}', 'an object without the list that the one before it has'],
      ['{"a":2}', null],
      ['"data"', 'the file ends in the middle of this record'],
    ]);
    expect(isCutOff).toBe(true);
  });

  it('says that it is cut off behind a list, where more pages may be missing', () => {
    const { pieces, isCutOff } = readPieces(createPageReader({ at: 8, path: ['data'] }), [
      '{"data":[{"a":1}]',
    ]);
    expect([pieces.length, isCutOff]).toEqual([1, true]);
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
