// Reads a frozen population back from its file, line by line in little memory. Samples and the workbook are made
// from these lines and not from the log, so they cannot differ from the population that was frozen.

import { closeSync, openSync, readSync } from 'node:fs';

const chunkBytes = 1024 * 1024;

/** A line without its line feed, and where it stands in the file. */
export type FrozenLine = { text: string; offset: number; bytes: number };

/** The lines of an NDJSON file, in order. */
export function* readLines(path: string): Generator<FrozenLine> {
  const fd = openSync(path, 'r');
  try {
    const chunk = Buffer.allocUnsafe(chunkBytes);
    let carry: Buffer[] = [];
    let offset = 0;
    const take = (tail: Buffer): FrozenLine => {
      const whole = carry.length === 0 ? tail : Buffer.concat([...carry, tail]);
      carry = [];
      const line = { text: whole.toString('utf8'), offset, bytes: whole.length };
      offset += whole.length + 1;
      return line;
    };
    for (let length = readSync(fd, chunk); length > 0; length = readSync(fd, chunk)) {
      const filled = chunk.subarray(0, length);
      let start = 0;
      for (let end = filled.indexOf(10); end !== -1; end = filled.indexOf(10, start)) {
        yield take(filled.subarray(start, end));
        start = end + 1;
      }
      if (start < length) carry.push(Buffer.from(filled.subarray(start)));
    }
    if (carry.length > 0) yield take(Buffer.alloc(0));
  } finally {
    closeSync(fd);
  }
}

/** Reads single lines by their place. */
export function openLines(path: string): {
  at(place: { offset: number; bytes: number }): string;
  close(): void;
} {
  const fd = openSync(path, 'r');
  return {
    at({ offset, bytes }) {
      const buffer = Buffer.allocUnsafe(bytes);
      let read = 0;
      while (read < bytes) {
        const length = readSync(fd, buffer, read, bytes - read, offset + read);
        if (length === 0) throw new Error('A frozen population became shorter while it was read.');
        read += length;
      }
      return buffer.toString('utf8');
    },
    close: () => closeSync(fd),
  };
}
