// Writes files that were not there before: what a person keeps in a folder is never overwritten.

import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { extname, join } from 'node:path';
import { AppError } from './errors.ts';

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

/**
 * Gives finished files their names, all or none. Throws AppError('input') when a name is taken: nothing is overwritten,
 * also by who comes at the same moment.
 */
export function nameFiles(files: readonly { unfinished: string; path: string }[]): void {
  const named: string[] = [];
  try {
    for (const { unfinished, path } of files) {
      // An empty file holds the name: unlike a link it works on every file system.
      closeSync(openSync(path, 'wx'));
      named.push(path);
      renameSync(unfinished, path);
    }
  } catch (error) {
    for (const path of named) rmSync(path, { force: true });
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw isTaken((error as { path?: string }).path);
    throw error;
  }
}

/** The failure of a file that is there already. */
export function isTaken(path: string | undefined): AppError {
  return new AppError(
    'input',
    `${path} is already there, and nothing is overwritten. Move it away, or choose another name.`,
  );
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
