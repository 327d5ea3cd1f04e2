// What a person hands over may be a file, a folder of them, or a ZIP archive: this finds the exports inside. Each is
// imported on its own, with its own hash, so that one bad file keeps no other out.

import { readdirSync, type Stats, statSync } from 'node:fs';
import { basename, extname, join, relative } from 'node:path';
import type { Readable } from 'node:stream';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { AppError } from '#core/errors.ts';
import { type ExportBytes, openFileBytes, readStored } from './bytes.ts';

/** Where an export is: a file, or an entry of a ZIP archive by the place of its header. */
export type ExportPlace = { path: string; name: string; entryAt: number | null };

/** One export, not yet opened. Open it before asking for the next one. */
export type ExportFile = { name: string; place: ExportPlace; open(): Promise<ExportBytes> };

/** Files with these endings are exports when they are found in a folder or an archive; others are left alone. */
const exportEndings = ['.csv', '.tsv', '.txt', '.json', '.ndjson', '.jsonl', '.log', '.gz', '.zip'];
const mostFiles = 100_000;
const largestEntryRatio = 200;
const alwaysAllowed = 64 * 1024 * 1024;

/** A file as an export. */
export function plainFile(path: string): ExportFile {
  return fileAt(path, basename(path));
}

/** A file as an export that goes by another name. */
export function fileAt(path: string, name: string): ExportFile {
  return { name, place: { path, name, entryAt: null }, open: () => openFileBytes(path, name) };
}

/** The export at a place that eachExportFile named before, perhaps in another thread. */
export async function exportAt({ path, name, entryAt }: ExportPlace): Promise<ExportFile> {
  if (entryAt === null) return fileAt(path, name);
  const zip = await openPromise(path, { autoClose: false, lazyEntries: true }).catch((error: Error) => {
    throw damaged(name, error);
  });
  for await (const entry of zip.eachEntry()) {
    if (entry.relativeOffsetOfLocalHeader !== entryAt) continue;
    return {
      name,
      place: { path, name, entryAt },
      async open() {
        const bytes = await openEntry(zip, entry, name);
        return { ...bytes, close: () => bytes.close().finally(() => zip.close()) };
      },
    };
  }
  zip.close();
  throw new AppError('input', `${name} is not there any more. Choose the archive again.`);
}

/**
 * The exports behind a path: files in the order of their names, an archive's entries in its own order. Throws
 * AppError('input') when nothing is there, a folder or an archive holds no export, or an archive is damaged.
 */
export async function* eachExportFile(path: string): AsyncGenerator<ExportFile> {
  const stat = statOf(path);
  if (!stat) throw new AppError('input', `${path} is not there. Check the name and the permissions.`);
  if (!stat.isDirectory()) {
    yield* filesIn(path, basename(path));
    return;
  }
  const files = listFolder(path);
  if (files.length === 0) {
    throw new AppError(
      'input',
      `${path} holds no export files (${exportEndings.join(' ')}). Name another folder.`,
    );
  }
  for (const file of files) yield* filesIn(file, relative(path, file));
}

/** Whether a path is one export by itself, not a folder or an archive of them. */
export const isSingleFile = (path: string): boolean =>
  extname(path).toLowerCase() !== '.zip' && statOf(path)?.isDirectory() !== true;

/** Bytes of a file as it is stored; 0 where there is none. */
export const storedSize = (path: string): number => statOf(path)?.size ?? 0;

/** What the system says of a path; nothing where it is not there, or out of reach. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

async function* filesIn(path: string, name: string): AsyncGenerator<ExportFile> {
  if (extname(path).toLowerCase() === '.zip') yield* entriesOf(path, name);
  else yield fileAt(path, name);
}

function listFolder(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isExportName(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  if (files.length > mostFiles) {
    throw new AppError(
      'input',
      `${folder} holds more than ${mostFiles} files. Import its subfolders one by one.`,
    );
  }
  return files.sort();
}

function isExportName(name: string): boolean {
  return !name.startsWith('.') && exportEndings.includes(extname(name).toLowerCase());
}

async function* entriesOf(path: string, name: string): AsyncGenerator<ExportFile> {
  // yauzl refuses names that lead out of the archive, and entries that are not of the size they say.
  const zip = await openPromise(path, { autoClose: false, lazyEntries: true }).catch((error: Error) => {
    throw damaged(name, error);
  });
  let found = 0;
  try {
    const entries = zip.eachEntry();
    for (;;) {
      const step = await entries.next().catch((error: Error) => {
        throw damaged(name, error);
      });
      if (step.done) break;
      const entry = step.value;
      const file = basename(entry.fileName);
      if (entry.fileName.endsWith('/') || !isExportName(file) || extname(file).toLowerCase() === '.zip')
        continue;
      found += 1;
      if (found > mostFiles)
        throw new AppError('input', `${name} holds more than ${mostFiles} files. Unpack it first.`);
      const shown = `${name} › ${entry.fileName}`;
      const place = { path, name: shown, entryAt: entry.relativeOffsetOfLocalHeader };
      yield { name: shown, place, open: () => openEntry(zip, entry, shown) };
    }
  } finally {
    zip.close();
  }
  if (found === 0) throw new AppError('input', `${name} holds no export files. Name another archive.`);
}

async function openEntry(zip: ZipFile, entry: Entry, name: string): Promise<ExportBytes> {
  const { uncompressedSize, compressedSize } = entry;
  if (uncompressedSize === 0) throw new AppError('input', `${name} is empty. Export it again.`);
  if (uncompressedSize > alwaysAllowed && uncompressedSize > compressedSize * largestEntryRatio) {
    throw new AppError(
      'input',
      `${name} unpacks to more than ${largestEntryRatio} times its size, as no log does. Nothing of it was imported.`,
    );
  }
  if (entry.isEncrypted())
    throw new AppError('input', `${name} is encrypted. Unpack the archive and import its files.`);
  const stream: Readable = await zip.openReadStreamPromise(entry).catch((error: Error) => {
    throw damaged(name, error);
  });
  async function* read(): AsyncGenerator<Uint8Array> {
    try {
      for await (const piece of stream) yield piece as Uint8Array;
    } catch (error) {
      throw damaged(name, error as Error);
    }
  }
  return {
    ...readStored(read(), name),
    bytes: uncompressedSize,
    // The archive stays open while its entries are read.
    assertUnchanged: async () => {},
    close: async () => {
      stream.destroy();
    },
  };
}

function damaged(name: string, error: Error): AppError {
  if (error instanceof AppError) return error;
  return new AppError(
    'input',
    `${name} is damaged (${error.message}). Nothing of it was imported; get it again.`,
  );
}
