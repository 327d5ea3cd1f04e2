// Two ways to read JSON that is more than one record a line: its records as bytes, and as strings. They have to agree on
// everything.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createArrayCutter,
  createCutReader,
  createNestedArrayCutter,
  createPageCutter,
  createValueCutter,
  findList,
  type JsonCutter,
} from '#core/ingest/json-lists.ts';
import { createRecordIndex, type LineBlock } from '#core/ingest/line-index.ts';
import { createListBatcher } from '#core/ingest/list-batcher.ts';
import { contentOf } from './batch-content.ts';
import { jsonBatcherFor, records } from './flowtriq-json.ts';

const open = jsonBatcherFor('json');

/** How a text is cut; `above` is the index at which that begins. */
type Cut = { create(): JsonCutter; above: number };

/** The text in pieces, of whole characters. */
function piecesOf(text: string, cuts: readonly number[]): string[] {
  const characters = [...text];
  const places = [0, ...cuts.map((cut) => cut % (characters.length + 1)).sort((a, b) => a - b)];
  return places.map((place, at) => characters.slice(place, places[at + 1]).join(''));
}

function readAsStrings(text: string, { create, above }: Cut, cuts: readonly number[]) {
  const { watcher, batcher } = open();
  const reader = createCutReader(create(), above);
  for (const part of piecesOf(text, cuts)) for (const piece of reader.push(part)) batcher.add(piece);
  const { pieces, isCutOff } = reader.end();
  for (const piece of pieces) batcher.add(piece);
  return { batch: contentOf(batcher.take(0, null)), seen: watcher.conclude(), isCutOff };
}

function openLists(text: string, { create, above }: Cut) {
  const { watcher, batcher } = open();
  const index = createRecordIndex(Buffer.from(text), () => 'utf-8');
  const before = Buffer.byteLength(text.slice(0, above));
  return { watcher, index, lists: createListBatcher(batcher, { cutter: create(), above: before, index }) };
}

function readAsBytes(text: string, how: Cut, cuts: readonly number[]) {
  const { watcher, index, lists } = openLists(text, how);
  for (const part of piecesOf(text, cuts)) {
    lists.push(Buffer.from(part));
    while (lists.fill()) expect.unreachable('a batch has room for more than these');
  }
  lists.end();
  while (lists.fill()) expect.unreachable('a batch has room for more than these');
  const batch = contentOf(lists.take(0, null));
  return { begins: beginsOf(index.take()), batch, seen: watcher.conclude(), isCutOff: lists.isCutOff() };
}

/** Where the records begin that are in a block. */
function beginsOf(block: LineBlock | null): number[] {
  if (!block) return [];
  const begins = [block.byte];
  let [length, factor] = [0, 1];
  for (const byte of block.lengths) {
    length += (byte % 128) * factor;
    factor *= 128;
    if (byte >= 128) continue;
    begins.push((begins.at(-1) as number) + length);
    [length, factor] = [0, 1];
  }
  return begins.slice(0, -1);
}

const array: Cut = { create: createArrayCutter, above: 0 };
const nested: Cut = { create: createNestedArrayCutter, above: 0 };
const values: Cut = { create: createValueCutter, above: 0 };

function pagesOf(text: string, inArray = false): Cut | null {
  const list = findList(text, (name) => name === 'list', { levels: 2 });
  return list && { create: () => createPageCutter({ ...list, inArray }), above: list.at };
}

describe('JSON read as bytes', () => {
  const blank = fc.constantFrom('', ' ', '\r\n', '\t', '\u00a0', '\ufeff', '\u2028');
  const odd = fc.constantFrom(
    'x',
    '12',
    'nul\u00a0l',
    '{',
    '}',
    '[',
    ']',
    '{}',
    '[{"a":[1]}]',
    '"ü\\" ]"',
    '"\\\\"',
    'é',
    '{"a":"}\\',
    '😀',
    '"',
    ',',
  );
  const record = fc.constantFrom(...records);
  const element = fc.tuple(blank, fc.oneof({ weight: 8, arbitrary: record }, odd), blank);
  const elements = fc.array(
    element.map((parts) => parts.join('')),
    { maxLength: 6 },
  );
  const list = elements.map((all) => `[${all.join(',')}]`);
  const rest = fc.oneof({ weight: 3, arbitrary: blank }, odd, list);
  const cuts = fc.array(fc.nat(), { maxLength: 6 });

  it('gives what it gives as strings, wherever its pieces are cut: arrays', () => {
    fc.assert(
      fc.property(
        blank,
        fc.array(list, { minLength: 1, maxLength: 3 }),
        rest,
        cuts,
        (above, all, end, at) => {
          const text = `${above}${all.join(above)}${end}`;
          for (const how of [array, nested]) {
            const { begins: _, ...read } = readAsBytes(text, how, at);
            expect(read).toEqual(readAsStrings(text, how, at));
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('gives what it gives as strings, wherever its pieces are cut: objects with a list', () => {
    const member = fc.tuple(fc.constantFrom('"next":', '"ü":', '"in":{"a":'), fc.oneof(record, odd));
    const around = fc
      .array(member, { maxLength: 2 })
      .map((all) => all.map(([key, value]) => `${key}${value}${key.includes('{') ? '}' : ''},`).join(''));
    const page = fc
      .tuple(around, list, fc.boolean())
      .map(([before, inside, deep]) =>
        deep ? `{"ü":1,${before}"d":{"list":${inside}}}` : `{"ü":1,${before}"list":${inside},"z":0}`,
      );
    const first = list.map((inside) => `{"ü":1,"list":${inside}}`);
    const deep = list.map((inside) => `{"n":"é","d":{"b":2,"list":${inside}}}`);
    const pages = fc.array(fc.oneof(page, fc.constant('{"error":"ü"}')), { maxLength: 3 });
    fc.assert(
      fc.property(fc.oneof(first, deep), pages, blank, rest, cuts, (begin, more, between, end, at) => {
        const all = [begin, ...more];
        const apart = `${all.join(between)}${end}`;
        const among = `[${all.join(',')}${between}]${end}`;
        for (const [text, how] of [
          [apart, pagesOf(apart)] as const,
          [among, pagesOf(among, true)] as const,
        ]) {
          if (!how) continue;
          const { begins: _, ...read } = readAsBytes(text, how, at);
          expect(read).toEqual(readAsStrings(text, how, at));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives what it gives as strings, wherever its pieces are cut: records one after the other', () => {
    fc.assert(
      fc.property(elements, blank, cuts, (all, between, at) => {
        const text = all.join(between);
        const { begins: _, ...read } = readAsBytes(text, values, at);
        expect(read).toEqual(readAsStrings(text, values, at));
      }),
      { numRuns: 300 },
    );
  });

  it('says where each record begins', () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 6 }), cuts, (all, at) => {
        const text = `["é",\n ${all.join(',\n ')}]`;
        let place = Buffer.byteLength('["é",\n ');
        const begins = all.map((one) => {
          const begin = place;
          place += Buffer.byteLength(`${one},\n `);
          return begin;
        });
        expect(readAsBytes(text, array, at).begins).toEqual([1, ...begins]);
      }),
    );
  });

  it('refuses a record that is longer than any may be, wherever its end is', () => {
    const megabyte = Buffer.alloc(1024 * 1024, 'x');
    const readOn = (end: string) => {
      const { lists } = openLists('[', array);
      lists.push(Buffer.from(`[${records[0]}, {"a":"`));
      for (let piece = 0; piece < 16; piece++) {
        lists.push(megabyte);
        if (piece === 15) lists.push(Buffer.from(end));
        lists.fill();
      }
    };
    const refusal = 'The record at record 2 is longer than 16 MB';
    expect(() => readOn('x')).toThrow(refusal);
    expect(() => readOn('"}]')).toThrow(refusal);
  });
});
