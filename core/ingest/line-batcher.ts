// Packs NDJSON into batches as bytes: a line is found by its end, and copied once to where the batch has its texts. The
// same records, faults and errors as of json.ts's lines, which are strings (a test holds them to each other).

import { viewOf } from './byte-text.ts';
import { createInputBytes } from './input-bytes.ts';
import { assertSize, isJson, longestRecord } from './json.ts';
import type { JsonBatcher } from './json-batcher.ts';
import type { PieceBatcher } from './row-batcher.ts';

const newline = 10;
const openBrace = 123;
const closeBrace = 125;

/** What String.trim takes off, as far as it is ASCII. */
const isBlank = (byte: number | undefined) => byte === 32 || (byte !== undefined && byte >= 9 && byte <= 13);

/** Packs the lines of one NDJSON export by `batcher`. */
export function createLineBatcher(batcher: JsonBatcher): PieceBatcher {
  const join = createInputBytes();
  let input: Buffer = Buffer.alloc(0);
  let view: DataView = viewOf(input);
  let place = 0;
  let line = 0;
  let isLast = false;
  let isCutOff = false;

  function assertLine(end: number): void {
    // As long as that only where each letter is a byte.
    if (end - place > longestRecord) assertSize(input.toString('utf8', place, end), `line ${line + 1}`);
  }

  /** Takes the line that ends at `end`. Blank lines count as lines and are no records. */
  function add(end: number): void {
    assertLine(end);
    line += 1;
    let from = place;
    let to = end;
    while (from < to && isBlank(input[from])) from += 1;
    while (to > from && isBlank(input[to - 1])) to -= 1;
    if (input[from] === openBrace && input[to - 1] === closeBrace && to - from > 1) {
      batcher.addBytes(input, view, { from, to }, line);
      return;
    }
    const text = input.toString('utf8', from, to).trim();
    if (text !== '') batcher.add({ text, row: line, fault: null });
  }

  return {
    push(piece) {
      input = join(place, piece);
      view = viewOf(input);
      place = 0;
    },
    end() {
      isLast = true;
    },
    fill() {
      while (!batcher.isFull()) {
        const end = input.indexOf(newline, place);
        if (end !== -1) {
          add(end);
          place = end + 1;
        } else if (isLast && place < input.length) {
          const text = input.toString('utf8', place).trim();
          add(input.length);
          isCutOff = text !== '' && !isJson(text);
          place = input.length;
        } else {
          assertLine(input.length);
          return false;
        }
      }
      return true;
    },
    take: batcher.take,
    isCutOff: () => isCutOff,
  };
}
