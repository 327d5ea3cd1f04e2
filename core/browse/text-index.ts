// Where in a large log a text can be. For each 64 events the file `text.cache` beside the log has a bit for every run
// of five and of eight characters that their records hold; a search reads the bits of its own runs, and then only the records of
// events whose bits are all set. Written by grow-text-index.ts, 32,768 events at a time; what is younger is read as
// it is. It can always be deleted. It counts only for the log it was made of, and every page has a checksum.
//
// A segment of the file: a header of 512 bytes (JSON, filled up with blanks), then the pages. A page is 64 slices and
// their CRC-32; a slice is one run's bits of the segment's 512 blocks. (Bit-sliced signatures: Faloutsos & Christodoulakis
// 1984; Zobel, Moffat & Ramamohanarao 1998 compare them with inverted files.)

import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { SearchRange } from '#core/query/text.ts';
import { readRootWith } from '#core/store/imports.ts';
import type { Store } from '#core/store/open.ts';
import { gramBits, gramsIn } from './text-grams.ts';

/** A file of this name in the workspace's folder. */
export const textIndexName = 'text.cache';
/** Format of the file; another one is not read. */
export const format = 3;
export const blockEvents = 64;
export const segmentBlocks = 512;
export const segmentEvents = blockEvents * segmentBlocks;
export const headerBytes = 512;
/** Bytes of a slice. */
export const sliceBytes = segmentBlocks / 8;
export const pageSlices = 64;
export const pageBytes = pageSlices * sliceBytes + 4;

export type SegmentHeader = {
  format: number;
  workspace: string;
  /** Ids of its events: `first` … `first + segmentEvents - 1`. */
  first: number;
  /** Root of the log when the import that its last event came with was done. */
  logRoot: string;
  /** Slices it has: 2^bits. */
  bits: number;
  /** Whether one of its records is written with escapes that a search has to read. */
  mayEscape: boolean;
};

export type Segment = SegmentHeader & { at: number; bytes: number };

/** Runs of a long needle that are looked up; more would exclude nothing that these have not. */
const mostGrams = 12;

/** What a block may hold: the text as it is, or also written with escapes. */
const asItIs = 1;
const orEscaped = 2;

/**
 * The blocks of 64 events (by id: block 0 has the ids 0 to 63) that may hold `text`, 1 or 2 for each of them, up to the
 * event `end`: 1 where no record has escapes to read. All of them where the index knows nothing.
 */
export function candidateBlocks(store: Store, text: string, end: number): Uint8Array {
  const blocks = new Uint8Array(blockOf(end) + 1).fill(orEscaped);
  const grams = gramsOf(text);
  if (grams.length === 0) return blocks;
  const file = open(store);
  if (!file) return blocks;
  try {
    for (const segment of segmentsOf(store, file.input)) {
      if (segment.first > end) break;
      const bits = narrow(file.input, segment, grams);
      if (!bits) continue;
      const from = blockOf(segment.first);
      const kind = segment.mayEscape ? orEscaped : asItIs;
      for (let block = 0; block < segmentBlocks && from + block < blocks.length; block++) {
        blocks[from + block] = kind * (((bits[block >>> 3] as number) >>> (block & 7)) & 1);
      }
    }
  } finally {
    closeSync(file.input);
  }
  return blocks;
}

/** The block an event is in. Ids begin at 1; the first block has one place less. */
export function blockOf(id: number): number {
  return id >>> 6;
}

/** The events of blocks that may hold the text, neighbours of a kind joined. */
export function rangesOf(blocks: Uint8Array): SearchRange[] {
  const ranges: SearchRange[] = [];
  for (let block = 0; block < blocks.length; ) {
    const kind = blocks[block];
    const from = block;
    while (blocks[block] === kind) block++;
    if (kind) ranges.push([from * blockEvents, block * blockEvents - 1, kind === orEscaped]);
  }
  return ranges;
}

/** The segments of the file that are of this log, one behind the other, up to the first that is not. */
export function segmentsOf(store: Store, input: number): Segment[] {
  const { size } = fstatSync(input);
  const segments: Segment[] = [];
  const workspace = store.db.prepare('SELECT id FROM workspace').pluck().get();
  const text = Buffer.alloc(headerBytes);
  for (let at = 0; at + headerBytes <= size; ) {
    readSync(input, text, 0, headerBytes, at);
    const header = parseHeader(text.toString());
    const first = segments.length * segmentEvents;
    const isNext = header?.format === format && header.workspace === workspace && header.first === first;
    if (!isNext || readRootWith(store, first + segmentEvents - 1) !== header.logRoot) break;
    const bytes = headerBytes + (2 ** header.bits / pageSlices) * pageBytes;
    if (at + bytes > size) break;
    segments.push({ ...header, at, bytes });
    at += bytes;
  }
  return segments;
}

function open(store: Store): { input: number } | null {
  try {
    return { input: openSync(join(store.folder, textIndexName), 'r') };
  } catch {
    // Not made yet, or not to be read: then every record is.
    return null;
  }
}

function parseHeader(text: string): SegmentHeader | null {
  try {
    return JSON.parse(text) as SegmentHeader;
  } catch {
    return null;
  }
}

/** Different runs of the needle, the long ones first, which exclude most. */
function gramsOf(text: string): number[] {
  const { long, short } = gramsIn(text.toLowerCase());
  const chosen = spread(long, mostGrams);
  return [...chosen, ...spread(short, mostGrams - chosen.length)];
}

/** So many of a list at most, from its whole length. */
function spread(list: readonly number[], most: number): number[] {
  const step = Math.max(1, list.length / most);
  return Array.from(
    { length: Math.min(list.length, most) },
    (_, at) => list[Math.floor(at * step)] as number,
  );
}

/** The segment's blocks that have all of the runs, a bit for each; null when a page is damaged. */
function narrow(input: number, segment: Segment, grams: readonly number[]): Uint8Array | null {
  const all = new Uint8Array(sliceBytes).fill(255);
  const page = Buffer.alloc(pageBytes);
  for (const gram of grams) {
    const slice = gram >>> (gramBits - segment.bits);
    const at = segment.at + headerBytes + Math.floor(slice / pageSlices) * pageBytes;
    if (readSync(input, page, 0, pageBytes, at) !== pageBytes) return null;
    const slices = page.subarray(0, pageBytes - 4);
    if (crc32(slices) !== page.readUInt32LE(pageBytes - 4)) return null;
    const from = (slice % pageSlices) * sliceBytes;
    let some = 0;
    for (let byte = 0; byte < sliceBytes; byte++) {
      all[byte] = (all[byte] as number) & (slices[from + byte] as number);
      some |= all[byte] as number;
    }
    if (some === 0) break;
  }
  return all;
}
