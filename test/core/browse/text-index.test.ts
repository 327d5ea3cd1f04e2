// The file that spares a search from reading every record: it never hides a record that holds the text, excludes most
// that do not, and is ignored wherever it is damaged or of another log.

import {
  appendFileSync,
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Columns } from '#core/browse/columns.ts';
import { firstHits } from '#core/browse/first-hits.ts';
import { growColumns } from '#core/browse/grow-columns.ts';
import { growTextIndex } from '#core/browse/grow-text-index.ts';
import { gramBits, gramsIn, markGrams, searchedText } from '#core/browse/text-grams.ts';
import {
  blockEvents,
  candidateBlocks,
  headerBytes,
  pageBytes,
  pageSlices,
  rangesOf,
  type Segment,
  segmentBlocks,
  segmentEvents,
  segmentsOf,
  sliceBytes,
  textIndexName,
} from '#core/browse/text-index.ts';
import { holdTexts, textMatches } from '#core/query/text.ts';
import { openStore, type Store } from '#core/store/open.ts';
import { addEvents, type PlainEvent } from '../../support/filled-log.ts';
import { createRandom } from '../../support/seeded.ts';
import { openTemporaryStore } from '../../support/workspace.ts';

const random = createRandom(7);
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
const hex = (length: number) => Array.from({ length }, () => pick([...'0123456789abcdef'])).join('');
const odd = [
  'Größe',
  'ΣΊΣΥΦΟΣ',
  'İstanbul',
  '日本語テスト',
  'x "y" z',
  'C:\\temp\\a',
  'tab\there',
  'ﬀ',
  '50%_a',
  '😀 grin',
  'a\0b',
];

/** Two segments and some more, with every text that JSON writes otherwise than it reads. */
const count = 2 * segmentEvents + 1000;
const events = (of: number): PlainEvent[] =>
  Array.from({ length: of }, (_, at) => ({
    time: ((at * 7919) % of) * 1000,
    source: 'Plant',
    action: `Action ${at % 3}`,
    category: 'other',
    actor: `person ${at % 300}`,
    actorType: 'human',
    targetType: 'device',
    targetId: String(at % 40),
    targetName: null,
    subject: null,
    field: null,
    ip: null,
    outcome: 'success',
    text: `${hex(16)} ${pick(['Press', 'PUMP', 'valve'])}-${at} ${at % 50 === 0 ? pick(odd) : ''}`,
  }));

function run(steps: Iterator<unknown>): void {
  while (!steps.next().done);
}

function columnsOf(store: Store): Columns {
  const growth = growColumns(store, null);
  let step = growth.next();
  while (!step.done) step = growth.next();
  return step.value;
}

let folder: string;
let store: Store;
let file: string;
let raws: string[];
let whole: Buffer;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'exhibit-test-'));
  store = openStore(folder, { mode: 'write' });
  addEvents(store, events(count));
  file = join(store.folder, textIndexName);
  run(growTextIndex(store, count));
  whole = readFileSync(file);
  raws = store.db.prepare('SELECT raw FROM record ORDER BY event_id').pluck().all() as string[];
});
afterEach(() => writeFileSync(file, whole));
afterAll(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

/** Ids of all records that hold a text: every one is read. */
const plain = (text: string) => textMatches(store, text, [[0, count, true]]);
const withIndex = (text: string) => textMatches(store, text, rangesOf(candidateBlocks(store, text, count)));
const candidates = (text: string) => candidateBlocks(store, text, count).filter(Boolean).length;

describe('the text index', () => {
  it('finds what a reading of all records finds, whatever is looked for', () => {
    const cuts = Array.from({ length: 60 }, () => {
      const raw = pick(raws);
      const { text: read } = JSON.parse(raw) as { text: string };
      const text = random() < 0.5 ? raw : read;
      const from = Math.floor(random() * text.length);
      const cut = text.slice(from, from + 1 + Math.floor(random() * 20));
      return random() < 0.3 ? cut.toUpperCase() : cut;
    });
    const cases = [
      ...odd,
      ...odd.map((text) => text.toLowerCase()),
      'press-777',
      'PRESS-1',
      'nowhere to be found',
    ];
    for (const text of [...cases, ...cuts]) {
      if (text === '') continue;
      expect(withIndex(text), JSON.stringify(text)).toEqual(plain(text));
    }
  });

  it('leaves few records to read for a rare text, and all of what is not indexed yet', () => {
    const text = /[0-9a-f]{16}/.exec(raws[40_000] as string)?.[0] as string;
    const blocks = candidateBlocks(store, text, count);
    expect(withIndex(text)).toEqual([40_001]);
    const indexed = blocks.subarray(0, (2 * segmentEvents) / blockEvents);
    expect(indexed.reduce((sum, one) => sum + one, 0)).toBeLessThan(5);
    const young = blocks.subarray((2 * segmentEvents) / blockEvents);
    expect(young.every(Boolean)).toBe(true);
    expect(young.length).toBeGreaterThan(3);
  });

  it('lets a text of four letters be anywhere', () => {
    expect(candidates('abcd')).toBe(candidateBlocks(store, 'abcd', count).length);
  });

  it('grows behind what is there as the log does', () => {
    const other = openTemporaryStore();
    addEvents(other, events(segmentEvents + 10));
    run(growTextIndex(other, segmentEvents + 10));
    const index = join(other.folder, textIndexName);
    const before = readFileSync(index);
    addEvents(other, events(segmentEvents));
    run(growTextIndex(other, 2 * segmentEvents + 10));
    const after = readFileSync(index);
    expect(after.subarray(0, before.length).equals(before)).toBe(true);
    expect(after.length).toBeGreaterThan(before.length);
    run(growTextIndex(other, 2 * segmentEvents + 10));
    expect(readFileSync(index).equals(after)).toBe(true);
  });

  it('excludes nothing where a page is damaged, and everything else as before', () => {
    const text = 'Press-40000';
    expect(candidates(text)).toBeLessThan(40);
    const output = openSync(file, 'r+');
    // Every page of the first segment: one byte in each.
    for (let at = 600; at < whole.length / 2; at += 4000) writeSync(output, Buffer.from([0]), 0, 1, at);
    closeSync(output);
    expect(withIndex(text)).toEqual(plain(text));
  });

  it('is made again from where it was cut off', () => {
    for (const length of [0, 100, 512, 5000, Math.floor(whole.length * 0.7)]) {
      truncateSync(file, length);
      expect(withIndex('press-777')).toEqual(plain('press-777'));
      run(growTextIndex(store, count));
      expect(readFileSync(file).equals(whole)).toBe(true);
    }
    appendFileSync(file, 'something else');
    expect(withIndex('press-777')).toEqual(plain('press-777'));
  });

  it('of another log counts for nothing, and gives way to one that does', () => {
    const other = openTemporaryStore();
    addEvents(other, events(segmentEvents + 5));
    writeFileSync(join(other.folder, textIndexName), whole);
    const blocks = candidateBlocks(other, 'press-777', segmentEvents + 5);
    expect(blocks.every(Boolean)).toBe(true);
    run(growTextIndex(other, segmentEvents + 5));
    expect(candidateBlocks(other, 'press-777', segmentEvents + 5).every(Boolean)).toBe(false);
  });

  it('is made in more steps where records are long', () => {
    const steps = (texts: (event: PlainEvent, at: number) => PlainEvent) => {
      const other = openTemporaryStore();
      addEvents(other, events(segmentEvents).map(texts));
      return [...growTextIndex(other, segmentEvents)].length;
    };
    const long = 'a long text '.repeat(50_000);
    const more = steps((event, at) => (at < 10 ? { ...event, text: long } : event)) - steps((event) => event);
    expect(more).toBeGreaterThanOrEqual(4);
  });

  it('may be missing, and is not made for a small log', () => {
    rmSync(file);
    expect(withIndex('Press-40000')).toEqual(plain('Press-40000'));
    run(growTextIndex(store, segmentEvents - 2));
    expect(() => statSync(file)).toThrow();
  });
});

describe('a bit of the text index', () => {
  /** The slices of a segment that have a block's bit, read byte by byte. */
  function slicesOf(segment: Segment, block: number): number[] {
    const slices: number[] = [];
    for (let slice = 0; slice < 2 ** segment.bits; slice++) {
      const page = segment.at + headerBytes + Math.floor(slice / pageSlices) * pageBytes;
      const byte = whole[page + (slice % pageSlices) * sliceBytes + (block >>> 3)] as number;
      if ((byte >>> (block & 7)) & 1) slices.push(slice);
    }
    return slices;
  }

  it('is set where a record of the block has one of its runs, and nowhere else', () => {
    const input = openSync(file, 'r');
    const segments = segmentsOf(store, input);
    closeSync(input);
    expect(segments).toHaveLength(2);
    for (const segment of segments) {
      expect(segment.bits).toBeLessThan(gramBits);
      for (const block of [0, 1, 31, 32, 300, segmentBlocks - 1]) {
        const first = segment.first + block * blockEvents;
        const expected = new Set<number>();
        // Ids begin at 1.
        for (const raw of raws.slice(Math.max(0, first - 1), first - 1 + blockEvents)) {
          const { long, short } = gramsIn(searchedText(raw));
          for (const gram of [...long, ...short]) expected.add(gram >>> (gramBits - segment.bits));
        }
        expect(slicesOf(segment, block)).toEqual([...expected].sort((a, b) => a - b));
      }
    }
  });

  it('is set for every run of a text of any length, in whatever script', () => {
    const any = (length: number) =>
      String.fromCharCode(
        ...Array.from({ length }, () => Math.floor(random() * (random() < 0.5 ? 128 : 65_536))),
      );
    for (const length of [0, 1, 4, 5, 7, 8, 9, 300, 16_383, 16_384, 16_385, 16_391, 16_392, 50_000]) {
      const text = any(length).toLowerCase();
      const words = new Uint32Array(2 ** gramBits);
      markGrams(text, words, 1 << 31);
      const { long, short } = gramsIn(text);
      const expected = new Uint32Array(2 ** gramBits);
      for (const gram of [...long, ...short]) expected[gram] = 2 ** 31;
      expect(Buffer.from(words.buffer).equals(Buffer.from(expected.buffer)), `${length}`).toBe(true);
    }
  });
});

describe('the first hits', () => {
  const query = (filter: string) => ({ filter, from: null, to: null, zone: 'UTC' });

  it('are the newest or oldest of all hits, with whatever else is asked', () => {
    const columns = columnsOf(store);
    const order = Array.from(columns.id.subarray(0, columns.length));
    for (const [filter, texts] of [
      ['press-777', ['press-777']],
      ['valve', ['valve']],
      ['pump 12', ['pump', '12']],
      ['"größe"', ['größe']],
      ['press-40000', ['press-40000']],
      ['nowhere', ['nowhere']],
    ] as const) {
      const all = holdTexts(store, order, texts);
      expect(firstHits(store, columns, query(filter), 'asc', 50)).toEqual(all.slice(0, 50));
      expect(firstHits(store, columns, query(filter), 'desc', 50)).toEqual(all.reverse().slice(0, 50));
    }
  });

  it('are given up when too many records would have to be read for them', () => {
    rmSync(file);
    expect(firstHits(store, columnsOf(store), query('nowhere'), 'desc', 50, 20_000)).toBeNull();
  });
});
