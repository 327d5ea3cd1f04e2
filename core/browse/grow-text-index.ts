// Writes the text index: segment by segment behind those that are there, in steps of one block, so that whoever does it
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
  sliceBytes,
  textIndexName,
} from './text-index.ts';

/** Bytes of all the bits of a block. */
const blockBytes = 2 ** gramBits / 8;
/** A segment has at least 2^12 slices, and so many that no more than this part of its bits are set, if that can be. */
const fewestBits = 12;
const fullest = 0.2;

/**
 * Brings the index up to the event `end`, as far as full segments go; yields after each block. A folder that may
 * only be read, or a full disk, leaves it as it is.
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
    const blocks = new Uint8Array(segmentBlocks * blockBytes);
    for (; first + segmentEvents - 1 <= end; first += segmentEvents) {
      blocks.fill(0);
      const mayEscape = yield* readSegment(store, first, blocks);
      for (const bytes of segmentParts({ ...headerOf(store, first), mayEscape }, blocks)) {
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

/** Sets the bits of a segment's blocks; says whether a record has escapes. */
function* readSegment(store: Store, first: number, blocks: Uint8Array): Generator<void, boolean> {
  let mayEscape = false;
  const records = store.db.prepare('SELECT raw FROM record WHERE event_id BETWEEN ? AND ?').pluck();
  for (let block = 0; block < segmentBlocks; block++) {
    const from = first + block * blockEvents;
    for (const raw of records.all(from, from + blockEvents - 1) as string[]) {
      markGrams(searchedText(raw), blocks, block * blockBytes);
      mayEscape ||= hasEscapes(raw);
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

/** The header and then the pages, one by one: the blocks' bits turned by 90 degrees, folded to as few as will do. */
function* segmentParts(header: Omit<SegmentHeader, 'bits'>, blocks: Uint8Array): Generator<Uint8Array, void> {
  const slices = turn(blocks);
  let count = 2 ** gramBits;
  while (count > 2 ** fewestBits && share(slices, count / 2) <= fullest) count = fold(slices, count);
  yield Buffer.from(JSON.stringify({ ...header, bits: Math.log2(count) }).padEnd(headerBytes));
  const page = Buffer.alloc(pageBytes);
  for (let slice = 0; slice < count; slice += pageSlices) {
    page.set(slices.subarray(slice * sliceBytes, (slice + pageSlices) * sliceBytes));
    page.writeUInt32LE(crc32(page.subarray(0, pageBytes - 4)), pageBytes - 4);
    yield page;
  }
}

/** From a row of bits for each block to a slice of blocks for each bit. */
function turn(blocks: Uint8Array): Uint8Array {
  const slices = new Uint8Array(2 ** gramBits * sliceBytes);
  for (let block = 0; block < segmentBlocks; block++) {
    const from = block * blockBytes;
    const [place, bit] = [block >>> 3, 1 << (block & 7)];
    for (let byte = 0; byte < blockBytes; byte++) {
      for (let bits = blocks[from + byte] as number; bits !== 0; bits &= bits - 1) {
        const at = (byte * 8 + 31 - Math.clz32(bits & -bits)) * sliceBytes + place;
        slices[at] = (slices[at] as number) | bit;
      }
    }
  }
  return slices;
}

/** What part of the bits would be set if each two slices beside each other became one. */
function share(slices: Uint8Array, count: number): number {
  let set = 0;
  for (let slice = 0; slice < count; slice++) {
    const a = 2 * slice * sliceBytes;
    for (let byte = 0; byte < sliceBytes; byte++) {
      set += ones[(slices[a + byte] as number) | (slices[a + sliceBytes + byte] as number)] as number;
    }
  }
  return set / (count * segmentBlocks);
}

/** Makes one of each two slices beside each other, in place; says how many are left. */
function fold(slices: Uint8Array, count: number): number {
  for (let slice = 0; slice < count / 2; slice++) {
    const a = 2 * slice * sliceBytes;
    for (let byte = 0; byte < sliceBytes; byte++) {
      slices[slice * sliceBytes + byte] =
        (slices[a + byte] as number) | (slices[a + sliceBytes + byte] as number);
    }
  }
  return count / 2;
}

/** How many bits a byte has set. */
const ones = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length);

/** Full, read-only, or gone: what the system says of the disk. */
function isDiskError(error: unknown): boolean {
  return typeof (error as NodeJS.ErrnoException | null)?.syscall === 'string';
}
