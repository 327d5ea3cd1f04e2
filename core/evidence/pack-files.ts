// The files of a pack, from a folder or from a ZIP file, read as streams. What comes from elsewhere is not trusted:
// links, names that lead out, encrypted entries and archives that would grow without measure are refused.

import { createReadStream, lstatSync, readdirSync, statSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import type { Readable } from 'node:stream';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { AppError } from '#core/errors.ts';

export type PackFiles = {
  /** Name of the pack's folder. */
  name: string;
  /** Size of each file by its path in the pack, with `/`. */
  sizes: Map<string, number>;
  /** Entries that are no plain files (links, devices), by path. */
  odd: string[];
  /** Files that file managers leave behind when somebody only looks; they are not part of the pack. */
  ignored: string[];
  open(path: string): Promise<Readable>;
  close(): void;
};

const litter = /(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini)$/;

const limits = {
  entries: 20_000,
  /** Bytes after inflating, all entries together. */
  inflated: 64 * 1024 ** 3,
};

/** Opens a pack. Throws AppError('input') when the path is neither a folder nor a ZIP file that can be a pack. */
export async function openPackFiles(path: string): Promise<PackFiles> {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new AppError('input', `There is nothing at ${path}. Name a pack’s folder or ZIP file.`);
  return found.isDirectory() ? openFolder(path) : openZip(path);
}

function openFolder(folder: string): PackFiles {
  const sizes = new Map<string, number>();
  const odd: string[] = [];
  const ignored: string[] = [];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    const absolute = join(entry.parentPath, entry.name);
    const path = relative(folder, absolute).split(sep).join('/');
    if (litter.test(path)) ignored.push(path);
    else if (entry.isFile()) sizes.set(path, lstatSync(absolute).size);
    else odd.push(path);
  }
  return {
    name: basename(folder),
    sizes,
    odd,
    ignored,
    open: async (path) => createReadStream(join(folder, ...path.split('/')), { highWaterMark: 1024 * 1024 }),
    close: () => undefined,
  };
}

async function openZip(path: string): Promise<PackFiles> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    // Names are checked by yauzl: no `..`, no absolute path, no backslash.
    yauzl.open(path, { lazyEntries: true, autoClose: false, strictFileNames: true }, (error, opened) =>
      error ? reject(asInputError(path, error)) : resolve(opened),
    );
  });
  try {
    const entries = await readEntries(path, zip);
    const tops = new Set([...entries.keys()].map((name) => name.split('/')[0] as string));
    if (tops.size !== 1) throw notAPack(path, 'its files are not in one folder');
    const [name] = [...tops] as [string];
    const sizes = new Map<string, number>();
    const odd: string[] = [];
    for (const [full, entry] of entries) {
      const inner = full.slice(name.length + 1);
      // The upper half holds the Unix mode; 0o120000 is a symbolic link.
      if (((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000) odd.push(inner);
      else sizes.set(inner, entry.uncompressedSize);
    }
    return {
      name,
      sizes,
      odd,
      ignored: [],
      open: (inner) => openEntry(zip, entries.get(`${name}/${inner}`) as Entry),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

function readEntries(path: string, zip: ZipFile): Promise<Map<string, Entry>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>();
    let inflated = 0;
    zip.on('error', (error: Error) => reject(asInputError(path, error)));
    zip.on('end', () => resolve(entries));
    zip.on('entry', (entry: Entry) => {
      inflated += entry.uncompressedSize;
      if (entries.size >= limits.entries)
        reject(notAPack(path, `it has more than ${limits.entries} entries`));
      else if (inflated > limits.inflated) reject(notAPack(path, 'it would inflate to more than 64 GiB'));
      else if (entries.has(entry.fileName)) reject(notAPack(path, `it has ${entry.fileName} twice`));
      else if (entry.isEncrypted()) reject(notAPack(path, 'it is encrypted'));
      else {
        if (!entry.fileName.endsWith('/')) entries.set(entry.fileName, entry);
        zip.readEntry();
      }
    });
    zip.readEntry();
  });
}

function openEntry(zip: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    // yauzl ends the stream with an error when the entry inflates to more than it said.
    zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
  });
}

function notAPack(path: string, why: string): AppError {
  return new AppError(
    'input',
    `${path} cannot be an evidence pack: ${why.replace(/\.$/, '')}. Name the ZIP file as Exhibit wrote it.`,
  );
}

function asInputError(path: string, error: Error): Error {
  const isSystem = 'syscall' in error;
  if (isSystem) return error;
  // The library’s sentence is about the format, which says little to who copied half a file.
  const isCut = error.message.startsWith('End of central directory');
  return notAPack(path, isCut ? 'it is no ZIP file, or not all of one' : error.message);
}
