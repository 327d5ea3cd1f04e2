// Where each line of a file begins, in bytes of the unpacked text: found by its line ends while it is read, beside the
// reading of records and without a word of their content. Kept as the lengths of lines, a byte or two each.

/** The lengths of some lines that follow each other, as varints (LEB128); the first of them is `line` and begins at `byte`. */
export type LineBlock = { line: number; byte: number; lengths: Uint8Array };

export type LineIndex = {
  /** The next bytes of the text. */
  see(piece: Uint8Array): void;
  /** The lines that have ended since the last call; null where none has. */
  take(): LineBlock | null;
};

const newline = 10;

/** An index of one text whose line ends are the byte 10: UTF-8 and windows-1252, not UTF-16. */
export function createLineIndex(): LineIndex {
  let lengths = new Uint8Array(4096);
  let used = 0;
  let [line, byte] = [1, 0];
  let [nextLine, nextByte] = [1, 0];
  /** Bytes of the line that has begun. */
  let open = 0;

  function add(length: number): void {
    if (used + 8 > lengths.length) {
      const larger = new Uint8Array(lengths.length * 2);
      larger.set(lengths);
      lengths = larger;
    }
    let rest = length;
    while (rest >= 128) {
      lengths[used++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    lengths[used++] = rest;
    nextLine += 1;
    nextByte += length;
  }

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
    take() {
      if (used === 0) return null;
      const block = { line, byte, lengths: lengths.slice(0, used) };
      used = 0;
      [line, byte] = [nextLine, nextByte];
      return block;
    },
  };
}
