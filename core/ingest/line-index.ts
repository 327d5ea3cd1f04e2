// Where each record of a file begins, in bytes of the unpacked text. Lines are found by their line ends while the file is
// read, beside the reading of records and without a word of their content; the elements of JSON by who cuts them. Kept
// as the lengths from one beginning to the next, a byte or two each.

import type { Encoding } from './encoding.ts';

/**
 * The lengths of some lines that follow each other, as varints (LEB128); the first of them is `line` and begins at `byte`.
 * Where records are counted and not lines, those are meant.
 */
export type LineBlock = { line: number; byte: number; lengths: Uint8Array };

export type LineIndex = {
  /** The next bytes of the text. */
  see(piece: Uint8Array): void;
  /** The lines that have ended since the last call; null where none has. */
  take(): LineBlock | null;
};

export type RecordIndex = {
  /** How many bytes of the file a piece of its text is, which is given as UTF-8. */
  sizeOf(text: Buffer, from: number, to: number): number;
  /** The next record begins at this byte, not counting a byte order mark. */
  begin(byte: number): void;
  /** The text ends at this byte. */
  end(byte: number): void;
  /** The records that have ended since the last call; null where none has. */
  take(): LineBlock | null;
};

const newline = 10;

/** An index of one text whose line ends are the byte 10: UTF-8 and windows-1252, not UTF-16. */
export function createLineIndex(): LineIndex {
  const { add, take } = createLengths(0);
  /** Bytes of the line that has begun. */
  let open = 0;
  return {
    see(piece) {
      let from = 0;
      for (let end = piece.indexOf(newline); end !== -1; end = piece.indexOf(newline, from)) {
        add(open + end + 1 - from);
        open = 0;
        from = end + 1;
      }
      open += piece.length - from;
    },
    take,
  };
}

/** An index of the records of a JSON text that begins with `head`. `encoding` is asked again: it may turn out late. */
export function createRecordIndex(head: Uint8Array, encoding: () => Encoding): RecordIndex {
  const mark = markBytes(head, encoding());
  let lengths: ReturnType<typeof createLengths> | null = null;
  let begun = 0;
  const close = (byte: number) => {
    lengths?.add(byte - begun);
    begun = byte;
  };
  return {
    sizeOf(text, from, to) {
      const name = encoding();
      if (name === 'utf-8') return to - from;
      const { length } = text.toString('utf8', from, to);
      return name === 'windows-1252' ? length : length * 2;
    },
    begin(byte) {
      close(byte);
      lengths ??= createLengths(mark + byte);
    },
    end: close,
    take: () => lengths?.take() ?? null,
  };
}

/** Length of the byte order mark, which is no part of the text. */
function markBytes(head: Uint8Array, encoding: Encoding): number {
  const [first, second] = head;
  if (encoding === 'utf-8') return first === 0xef && second === 0xbb ? 3 : 0;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) ? 2 : 0;
}

/** Packs lengths, of which the first is of what begins at `byte`. */
function createLengths(byte: number) {
  let packed = new Uint8Array(4096);
  let used = 0;
  const from = { line: 1, byte };
  const next = { line: 1, byte };
  return {
    add(length: number): void {
      if (used + 8 > packed.length) {
        const larger = new Uint8Array(packed.length * 2);
        larger.set(packed);
        packed = larger;
      }
      let rest = length;
      while (rest >= 128) {
        packed[used++] = (rest % 128) | 128;
        rest = Math.floor(rest / 128);
      }
      packed[used++] = rest;
      next.line += 1;
      next.byte += length;
    },
    take(): LineBlock | null {
      if (used === 0) return null;
      const block = { ...from, lengths: packed.slice(0, used) };
      used = 0;
      Object.assign(from, next);
      return block;
    },
  };
}
