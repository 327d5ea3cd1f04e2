// Where a request list is kept: one file, rewritten whole or not at all when something is added.

import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { AppError } from '#core/errors.ts';
import { formatRequests, largestRequestFile, parseRequests, type RequestFile } from './request-file.ts';

/** The name of a pack's request list. */
export const requestFileName = (packId: string): string => `${packId}.requests.json`;

/** Reads and checks the list in a file; null where there is none. Throws AppError('input') for one that does not fit. */
export function readRequests(path: string): RequestFile | null {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return null;
  const name = basename(path);
  if (!found.isFile()) throw new AppError('input', `${name} is no file. Name the request list itself.`);
  if (found.size > largestRequestFile)
    throw new AppError('input', `${name} is larger than 32 MB, as no request list is.`);
  return parseRequests(decode(readFileSync(path), name), name);
}

function decode(bytes: Buffer, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new AppError(
      'input',
      `${name} is not text in UTF-8: it was changed or damaged. Ask for the file again.`,
      {
        cause,
      },
    );
  }
}

/** Writes the list in place of the file: what was there stays until all of the new one is on the disk. */
export function keepRequests(path: string, list: RequestFile): void {
  const text = formatRequests(list);
  // What is written is what is read: a list that Exhibit would refuse is a bug, and must not replace a good one.
  parseRequests(text, basename(path));
  const beside = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(beside, text, { flag: 'wx', flush: true });
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
