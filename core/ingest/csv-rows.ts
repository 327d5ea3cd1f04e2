// CSV rows cut from UTF-8 bytes, each written at once as the JSON array of its cells that the log stores. The same rows,
// cells, faults and errors as of csv.ts (a test holds them to each other), several times faster: no cell becomes a
// string of its own.

import { type ByteText, copyBytes, escapes, isEscaped, makeRoom, viewOf } from './byte-text.ts';
import { longestRecord, textAfterQuote, tooLong, unclosedQuote } from './csv.ts';
import { createInputBytes } from './input-bytes.ts';

/** The row that was read last. It stands in the text it was written to. */
export type RowCells = {
  /** Line on which it begins, from 1. */
  line: number;
  count: number;
  /** Where the inside of each cell's JSON string begins and ends in the text. */
  starts: Int32Array;
  ends: Int32Array;
  /** Whether a cell's JSON string has escapes, for each cell: else it is the cell's text as it is. */
  isEscaped: Uint8Array;
  /** Why its cells cannot be trusted. */
  fault: string | null;
};

export type CsvRows = {
  row: RowCells;
  /** Takes the next piece of the file; the row that the one before ended in is carried on. */
  push(piece: Uint8Array): void;
  /** Says that there is no further piece. */
  end(): void;
  /**
   * Appends the next row to `to` as a JSON array of strings; false where the pieces hold no further one. Throws AppError
   * for a quote that is never closed.
   */
  next(to: ByteText): boolean;
};

const quote = 34;
const comma = 44;
const newline = 10;
const carriageReturn = 13;

/** Instead of the end of a row: the input, or the text, does not hold all of it. */
const unfinished = -1;
const noRoom = -2;

/** Rows of one file. `delimiter` is one ASCII character. */
export function createCsvRows(delimiter: string): CsvRows {
  const separator = delimiter.charCodeAt(0);
  // What is not copied as it is; within quotes, that is what is escaped, quotes and line ends among it.
  const isSpecial = Uint8Array.from(isEscaped);
  isSpecial[separator] = 1;
  const join = createInputBytes();
  let input: Uint8Array = new Uint8Array(0);
  let view = viewOf(input);
  let place = 0;
  let isLast = false;
  let line = 1;
  const row: RowCells = {
    line,
    count: 0,
    starts: new Int32Array(64),
    ends: new Int32Array(64),
    isEscaped: new Uint8Array(64),
    fault: null,
  };

  function growCells(): void {
    const larger = <T extends Int32Array | Uint8Array>(old: T, grown: T): T => {
      grown.set(old);
      return grown;
    };
    row.starts = larger(row.starts, new Int32Array(row.starts.length * 2));
    row.ends = larger(row.ends, new Int32Array(row.ends.length * 2));
    row.isEscaped = larger(row.isEscaped, new Uint8Array(row.isEscaped.length * 2));
  }

  /** Writes the row that begins at `place`, and says where it ends. Nothing is written where that is not known yet. */
  function readRow(to: ByteText): number {
    const { length } = input;
    const { bytes, view: written } = to;
    // Room for the longest that one byte, and the end of a cell, can become.
    const full = bytes.length - 16;
    let out = to.length;
    if (out >= full) return noRoom;
    let at = place;
    let cell = 0;
    let lines = 0;
    let fault: string | null = null;
    bytes[out++] = 0x5b;
    for (;;) {
      if (cell === row.starts.length) growCells();
      bytes[out++] = quote;
      row.starts[cell] = out;
      let escaped = 0;
      let closed = -1;
      if (at < length && input[at] === quote) {
        for (at += 1; ; ) {
          const plain = at;
          while (at < length && isEscaped[input[at] as number] === 0) at += 1;
          if (out + at - plain >= full) return noRoom;
          out = copyBytes(written, out, view, plain, at);
          if (at === length) return unfinished;
          const byte = input[at++] as number;
          if (byte === quote) {
            // At the end of a piece it may be the first half of a doubled one.
            if (at === length && !isLast) return unfinished;
            if (input[at] !== quote) break;
            at += 1;
          } else if (byte === newline) lines += 1;
          escaped = 1;
          out = putEscape(bytes, out, byte);
          if (out >= full) return noRoom;
        }
        closed = out;
      }
      let byte = newline;
      for (;;) {
        const plain = at;
        while (at < length && isSpecial[input[at] as number] === 0) at += 1;
        if (out + at - plain >= full) return noRoom;
        out = copyBytes(written, out, view, plain, at);
        if (at === length) {
          if (!isLast) return unfinished;
          byte = newline;
          break;
        }
        byte = input[at++] as number;
        if (byte === separator || byte === newline) break;
        if (byte === carriageReturn && (at === length || input[at] === newline)) {
          // The last of these before the end of a line belongs to it.
          if (at === length && !isLast) return unfinished;
        } else {
          escaped = 1;
          out = putEscape(bytes, out, byte);
          if (out >= full) return noRoom;
        }
      }
      if (closed !== -1 && out > closed) fault ??= textAfterQuote;
      row.ends[cell] = out;
      row.isEscaped[cell] = escaped;
      cell += 1;
      bytes[out++] = quote;
      if (byte === separator) bytes[out++] = comma;
      else break;
    }
    bytes[out++] = 0x5d;
    to.length = out;
    row.line = line;
    row.count = cell;
    row.fault = fault;
    line += lines + 1;
    return at;
  }

  return {
    row,
    push(piece) {
      input = join(place, piece);
      view = viewOf(input);
      place = 0;
    },
    end() {
      isLast = true;
    },
    next(to) {
      if (place === input.length) return false;
      let end = readRow(to);
      for (; end === noRoom; end = readRow(to)) makeRoom(to, to.bytes.length + 16);
      if (end !== unfinished) {
        place = end;
        return true;
      }
      if (isLast) throw unclosedQuote(line);
      const rest = input.length - place;
      // As long as that only where each letter is a byte.
      if (rest > longestRecord && Buffer.from(input.subarray(place)).toString().length > longestRecord)
        throw tooLong(line);
      return false;
    },
  };
}

function putEscape(bytes: Uint8Array, at: number, byte: number): number {
  const written = escapes[byte] as Uint8Array;
  for (let index = 0; index < written.length; index++) bytes[at + index] = written[index] as number;
  return at + written.length;
}
