// Packs JSON that is more than one record a line into batches as bytes: a record is found by its brackets and quotes, and
// copied once to where the batch has its texts. The same records, faults and errors as json-lists.ts gives from strings
// (a test holds them to each other).

import { viewOf } from './byte-text.ts';
import { createInputBytes } from './input-bytes.ts';
import { assertSize, longestRecord } from './json.ts';
import type { JsonBatcher } from './json-batcher.ts';
import { type FoundPiece, type JsonCutter, unfinishedRecord } from './json-lists.ts';
import { jsonTextOfBytes } from './json-text.ts';
import type { RecordIndex } from './line-index.ts';
import type { PieceBatcher } from './row-batcher.ts';

/** How a JSON export is cut into records. */
export type JsonCutting = {
  cutter: JsonCutter;
  /** Bytes of its text, as UTF-8, that stand above what is cut. */
  above: number;
  /** Is told where each record begins. */
  index: RecordIndex;
};

const openBrace = 123;
const closeBrace = 125;

/** Packs the records of one JSON export by `batcher`. */
export function createListBatcher(batcher: JsonBatcher, { cutter, above, index }: JsonCutting): PieceBatcher {
  const join = createInputBytes();
  let input: Buffer = Buffer.alloc(0);
  let view = viewOf(input);
  let text = jsonTextOfBytes(input);
  let place = 0;
  let toSkip = above;
  let isLast = false;
  let isCutOff = false;
  /** How much of the input was measured, and where that ends in the file. */
  let measured = 0;
  let byte = 0;

  function measure(): void {
    byte += index.sizeOf(input, measured, place);
    measured = place;
  }

  function push(piece: Uint8Array): void {
    measure();
    input = join(place, piece);
    view = viewOf(input);
    text = jsonTextOfBytes(input);
    [place, measured] = [0, 0];
  }

  function assertPiece(from: number, to: number, row: number): void {
    // As long as that only where each letter is a byte.
    if (to - from > longestRecord) assertSize(text.slice(from, to), `record ${row}`);
  }

  function add({ from, to, row, fault, text: own }: FoundPiece): void {
    assertPiece(from, to, row);
    if (fault === null && input[from] === openBrace && input[to - 1] === closeBrace)
      batcher.addBytes(input, view, { from, to }, row);
    else batcher.add({ text: own ?? text.slice(from, to), row, fault });
  }

  /** Reads on to the next record; false where the input holds no further one. */
  function next(): boolean {
    if (text.length < toSkip) return false;
    place = text.skipBlank(place + toSkip);
    toSkip = 0;
    while (place < text.length) {
      const end = cutter.step(text, place);
      if (end === -1) {
        assertPiece(place, text.length, cutter.row() + 1);
        return false;
      }
      const found = cutter.found();
      if (found) {
        measure();
        index.begin(byte);
        add(found);
      }
      place = text.skipBlank(end);
      if (found) return true;
    }
    return false;
  }

  function finish(): void {
    isLast = false;
    measure();
    const rest = text.slice(place, text.length);
    isCutOff = rest.trim() !== '' || !cutter.isWhole();
    if (rest.trim() !== '') {
      batcher.add({ text: rest.trim(), row: cutter.nextRow(), fault: unfinishedRecord });
      index.begin(byte);
    }
    place = text.length;
    measure();
    index.end(byte);
  }

  return {
    push,
    end() {
      // A bare value (a number, a word) ends where the file does.
      push(Buffer.from(' '));
      isLast = true;
    },
    fill() {
      while (!batcher.isFull()) {
        if (next()) continue;
        if (isLast) finish();
        return false;
      }
      return true;
    },
    take: batcher.take,
    isCutOff: () => isCutOff,
  };
}
