// Writes the files of a pack below one folder and remembers size and SHA-256 of each as it was written. The final
// check reads them back from the disk, so a fault of the disk shows before the pack gets its name.

import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gatherText } from '#core/text-bytes.ts';

export type WrittenFile = {
  /** Relative to the pack, with `/`. */
  path: string;
  bytes: number;
  sha256: string;
};

/** A text file that grows; `close` puts it on the disk. */
export type TextFile = { write(text: string): void; close(): void };

export type Payload = {
  folder: string;
  /** Every file closed so far, in the order of closing. */
  files: WrittenFile[];
  /** A whole file at once. */
  write(path: string, content: string | Uint8Array): void;
  /** A file that grows, buffered; UTF-8. */
  open(path: string): TextFile;
  /** Takes in a file that somebody else wrote below the folder. */
  adopt(path: string): void;
  /** Closes what is still open, so that the folder can be removed after a failure. */
  abandon(): void;
};

/** Bytes gathered before a write; enough that system calls do not count. */
const gathered = 256 * 1024;

/** A writer below `folder`, which must exist. Refuses to write a path twice. */
export function createPayload(folder: string): Payload {
  const files: WrittenFile[] = [];
  const growing = new Set<number>();
  const openExclusive = (path: string): number => {
    const absolute = join(folder, ...path.split('/'));
    mkdirSync(dirname(absolute), { recursive: true });
    return openSync(absolute, 'wx');
  };
  const open = (path: string): TextFile => {
    const fd = openExclusive(path);
    growing.add(fd);
    const hash = createHash('sha256');
    let bytes = 0;
    const output = gatherText(gathered, (chunk) => {
      writeAll(fd, chunk);
      hash.update(chunk);
      bytes += chunk.length;
    });
    return {
      write: output.add,
      close() {
        output.flush();
        fsyncSync(fd);
        closeSync(fd);
        growing.delete(fd);
        files.push({ path, bytes, sha256: hash.digest('hex') });
      },
    };
  };
  return {
    folder,
    files,
    open,
    write(path, content) {
      const fd = openExclusive(path);
      try {
        const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
        writeAll(fd, bytes);
        fsyncSync(fd);
        files.push({ path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
      } finally {
        closeSync(fd);
      }
    },
    adopt(path) {
      const fd = openSync(join(folder, ...path.split('/')), 'r+');
      try {
        fsyncSync(fd);
        const hash = createHash('sha256');
        const chunk = Buffer.allocUnsafe(1024 * 1024);
        for (let length = readSync(fd, chunk); length > 0; length = readSync(fd, chunk)) {
          hash.update(chunk.subarray(0, length));
        }
        const bytes = statSync(join(folder, ...path.split('/'))).size;
        files.push({ path, bytes, sha256: hash.digest('hex') });
      } finally {
        closeSync(fd);
      }
    },
    abandon() {
      for (const fd of growing) closeSync(fd);
      growing.clear();
    },
  };
}

function writeAll(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
}
