// Writes a file that was not there before: what a person keeps in a folder is never overwritten.

import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { extname, join } from 'node:path';

/**
 * Writes `pieces` to a new file in `folder` and returns its name: `name`, or with ` (2)` … before its ending where that
 * is taken. What was begun is removed when writing fails.
 */
export function writeNewFile(folder: string, name: string, pieces: Iterable<string>): string {
  const { file, handle } = create(folder, name);
  try {
    for (const piece of pieces) {
      const bytes = Buffer.from(piece);
      for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
    }
    closeSync(handle);
    return file;
  } catch (error) {
    closeSync(handle);
    rmSync(join(folder, file), { force: true });
    throw error;
  }
}

function create(folder: string, name: string): { file: string; handle: number } {
  const ending = extname(name);
  const stem = name.slice(0, name.length - ending.length);
  for (let n = 1; ; n++) {
    const file = n === 1 ? name : `${stem} (${n})${ending}`;
    try {
      return { file, handle: openSync(join(folder, file), 'wx') };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || n >= 10_000) throw error;
    }
  }
}

/** A name made of what a file name may hold everywhere. */
export function fileStem(words: string): string {
  const stem = words
    .replace(/[^\p{L}\p{N}._ -]+/gu, '-')
    .replace(/^[-. ]+|[-. ]+$/g, '')
    .slice(0, 100);
  return stem === '' ? 'export' : stem;
}

/** Puts a file that was written through a stream on the disk. */
export function syncFile(path: string): void {
  const fd = openSync(path, 'r+');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Puts the folder's own entries on the disk; Windows cannot open a folder and does not need it. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
