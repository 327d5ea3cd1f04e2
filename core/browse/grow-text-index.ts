// Writes the text index: segment by segment behind those that are there, in steps of a block at most, so that whoever does it
// can do something else in between. A segment that is cut off by the end of the process is not read, and made again.

import { closeSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { hasEscapes } from '#core/query/text.ts';
import { readRootWith } from '#core/store/imports.ts';
import type { Store } from '#core/store/open.ts';
import { gramBits, markGrams, searchedText } from './text-grams.ts';
import {
  blockEvents,
  format,
  headerBytes,
  pageBytes,
  pageSlices,
  type SegmentHeader,
  segmentBlocks,
  segmentEvents,
  segmentsOf,
  textIndexName,
} from './text-index.ts';

/** A slice is so many words, each with the bits of a group of 32 blocks. */
const groups = segmentBlocks / 32;
/** Slices before any are folded: one for each run. */
const mostSlices = 2 ** gramBits;
/** Characters of records that are read in a step, if they are many more than records usually have: about 10 ms. */
const mostCharacters = 1_000_000;
/** A segment has at least so many slices, and so many that no more than this part of its bits are set, if that can be. */
const fewestSlices = 2 ** 12;
const fullest = 0.2;
/** Pages that are written at once: as many as a segment has at least. */
const pagesAtOnce = fewestSlices / pageSlices;

/**
 * Brings the index up to the event `end`, as far as full segments go; yields after each block, and within one of long
 * records. A folder that may only be read, or a full disk, leaves it as it is.
 */
export function* growTextIndex(store: Store, end: number): Generator<void, void> {
  if (end < segmentEvents - 1) return;
  let output: number;
  try {
    output = openSync(join(store.folder, textIndexName), 'a+');
  } catch {
    return;
  }
  try {
    const segments = segmentsOf(store, output);
    const last = segments.at(-1);
    let first = segments.length * segmentEvents;
    if (first + segmentEvents - 1 > end) return;
    // What is behind the last segment is of another log, or was not finished.
    ftruncateSync(output, last ? last.at + last.bytes : 0);
    // Group by group, a word for each slice: so a block's bits lie close together while they are set, and none of them
    // has to be turned one by one to be written.
    const words = new Uint32Array(groups * mostSlices);
    for (; first + segmentEvents - 1 <= end; first += segmentEvents) {
      words.fill(0);
      const mayEscape = yield* readSegment(store, first, words);
      for (const bytes of segmentParts({ ...headerOf(store, first), mayEscape }, words)) {
        for (let at = 0; at < bytes.length; ) at += writeSync(output, bytes, at);
        yield;
      }
      fsyncSync(output);
    }
  } catch (error) {
    // It is a convenience: without it a search reads every record.
    if (!isDiskError(error)) throw error;
  } finally {
    closeSync(output);
  }
}

/** Sets the bits of a segment's blocks in their words; says whether a record has escapes. */
function* readSegment(store: Store, first: number, words: Uint32Array): Generator<void, boolean> {
  let mayEscape = false;
  const records = store.db.prepare('SELECT raw FROM record WHERE event_id BETWEEN ? AND ?').pluck();
  for (let block = 0; block < segmentBlocks; block++) {
    const from = first + block * blockEvents;
    const group = block >>> 5;
    const groupWords = words.subarray(group * mostSlices, (group + 1) * mostSlices);
    let characters = 0;
    for (const raw of records.all(from, from + blockEvents - 1) as string[]) {
      markGrams(searchedText(raw), groupWords, 1 << (block & 31));
      mayEscape ||= hasEscapes(raw);
      characters += raw.length;
      if (characters < mostCharacters) continue;
      yield;
      characters = 0;
    }
    yield;
  }
  return mayEscape;
}

function headerOf(store: Store, first: number): Omit<SegmentHeader, 'bits' | 'mayEscape'> {
  const last = first + segmentEvents - 1;
  return {
    format,
    workspace: store.db.prepare('SELECT id FROM workspace').pluck().get() as string,
    first,
    logRoot: readRootWith(store, last) as string,
  };
}

/** The header and then the pages, some at a time: the slices folded to as few as will do. */
function* segmentParts(header: Omit<SegmentHeader, 'bits'>, words: Uint32Array): Generator<Uint8Array, void> {
  let count = mostSlices;
  while (count > fewestSlices && share(words, count / 2) <= fullest) count = fold(words, count);
  yield Buffer.from(JSON.stringify({ ...header, bits: Math.log2(count) }).padEnd(headerBytes));
  const pages = Buffer.alloc(pagesAtOnce * pageBytes);
  for (let first = 0; first < count; ) {
    for (let at = 0; at < pages.length; at += pageBytes, first += pageSlices) {
      fillPage(pages.subarray(at, at + pageBytes), words, first);
    }
    yield pages;
  }
}

/** Brings slices of a segment from `first` on into a page, each with the words of its groups one behind the other. */
function fillPage(page: Buffer, words: Uint32Array, first: number): void {
  const slices = new Uint32Array(page.buffer, page.byteOffset, pageSlices * groups);
  for (let group = 0; group < groups; group++) {
    const from = group * mostSlices + first;
    for (let slice = 0; slice < pageSlices; slice++) {
      slices[slice * groups + group] = words[from + slice] as number;
    }
  }
  page.writeUInt32LE(crc32(page.subarray(0, pageBytes - 4)), pageBytes - 4);
}

/** What part of the bits would be set if each two slices beside each other became one. */
function share(words: Uint32Array, count: number): number {
  let set = 0;
  for (let group = 0; group < groups; group++) {
    const from = group * mostSlices;
    const end = from + 2 * count;
    for (let at = from; at < end; at += 2) set += ones((words[at] as number) | (words[at + 1] as number));
  }
  return set / (count * segmentBlocks);
}

/** Makes one of each two slices beside each other, in place; says how many are left. */
function fold(words: Uint32Array, count: number): number {
  for (let group = 0; group < groups; group++) {
    const from = group * mostSlices;
    for (let slice = 0; slice < count / 2; slice++) {
      const at = from + 2 * slice;
      words[from + slice] = (words[at] as number) | (words[at + 1] as number);
    }
  }
  return count / 2;
}

/** How many bits of 32 are set: of each two, of each four, of each eight, and these added up. */
function ones(word: number): number {
  const twos = word - ((word >>> 1) & 0x55555555);
  const fours = (twos & 0x33333333) + ((twos >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Full, read-only, or gone: what the system says of the disk. */
function isDiskError(error: unknown): boolean {
  return typeof (error as NodeJS.ErrnoException | null)?.syscall === 'string';
}
