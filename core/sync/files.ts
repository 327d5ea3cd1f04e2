// What stands in a watched folder or a bucket, and which of it is new: told by name and state, as the log remembers them.

import { type Dirent, readdirSync, statSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { AppError } from '#core/errors.ts';

/** An object of a bucket or a file of a folder; `version` is another one when its content may be. */
export type Found = { object: string; version: string; bytes: number };

/** What to do with what was found. `changed` was read before in another state, and is read again. */
export type Sorted = { fresh: Found[]; changed: Found[]; known: number; empty: number };

/** Sorts what was found by what was read before, each by its name. */
export function sortFound(found: readonly Found[], read: ReadonlyMap<string, readonly string[]>): Sorted {
  const sorted: Sorted = { fresh: [], changed: [], known: 0, empty: 0 };
  for (const one of found.toSorted((a, b) => (a.object < b.object ? -1 : 1))) {
    const versions = read.get(one.object);
    if (versions?.includes(one.version)) sorted.known += 1;
    else if (one.bytes === 0) sorted.empty += 1;
    else if (versions) sorted.changed.push(one);
    else sorted.fresh.push(one);
  }
  return sorted;
}

/** Names that exports have; others are left alone, in a folder as in a bucket. */
const exportEndings = ['.csv', '.tsv', '.txt', '.json', '.ndjson', '.jsonl', '.log', '.gz', '.zip'];

export const isExportName = (name: string): boolean =>
  !/(^|\/)\./.test(name) && exportEndings.includes(extname(name).toLowerCase());

/**
 * The exports in a folder and below it. What changed less than `settleMs` before `now` is still being written, perhaps,
 * and only counted, as are the `others`: neither its content nor its inode may have changed since. Throws AppError where there is no folder.
 */
export function listFolder(
  folder: string,
  settleMs: number,
  now: number,
): { found: Found[]; unsettled: number; others: number } {
  const stat = statSync(folder, { throwIfNoEntry: false });
  if (!stat?.isDirectory())
    throw new AppError(
      'input',
      `The folder ${folder} is not there. Check whether its disk or share is connected.`,
    );
  const found: Found[] = [];
  let unsettled = 0;
  let others = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }) as Dirent[]) {
    const path = join(entry.parentPath, entry.name);
    const object = relative(folder, path).split(sep).join('/');
    if (!entry.isFile()) continue;
    if (!isExportName(object)) {
      others += 1;
      continue;
    }
    const file = statSync(path, { throwIfNoEntry: false });
    if (!file) continue;
    if (now - Math.max(file.mtimeMs, file.ctimeMs) < settleMs) unsettled += 1;
    else
      found.push({
        object,
        version: `${file.size} bytes, ${new Date(file.mtimeMs).toISOString()}`,
        bytes: file.size,
      });
  }
  return { found, unsettled, others };
}
