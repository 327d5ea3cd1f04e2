// The pack as one ZIP file, for sending: the same folder, every entry with one fixed time, in the order of the
// paths, so that equal packs make equal archives.

import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { syncFile } from '#core/new-file.ts';
import type { Pace } from '#core/pace.ts';
import type { WrittenFile } from './payload.ts';

/** Already compressed: deflating them again costs time and gains nothing. */
const packed = /\.(xlsx|pdf)$/;

/** Writes `target` with `files` of `folder` below a top folder `name`. Leaves a part of a file behind on failure. */
export async function zipPack(
  folder: string,
  name: string,
  files: readonly WrittenFile[],
  target: string,
  pace: Pace,
): Promise<void> {
  const zip = new ZipFile();
  // A local time on purpose: ZIP times have no zone, and this one must read the same everywhere.
  const mtime = new Date(1980, 0, 1, 0, 0, 0);
  for (const { path } of files.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    zip.addFile(join(folder, ...path.split('/')), `${name}/${path}`, {
      mtime,
      mode: 0o100644,
      compressionLevel: packed.test(path) ? 0 : 3,
      forceDosTimestamp: true,
    });
  }
  zip.end();
  const out = createWriteStream(target, { flags: 'wx' });
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  zip.on('error', (error: Error) => out.destroy(error));
  zip.outputStream.pipe(out);
  const watch = setInterval(() => {
    try {
      pace.check();
      pace.report('Writing the archive', out.bytesWritten, total, 'bytes');
    } catch (error) {
      out.destroy(error as Error);
    }
  }, 100);
  try {
    await finished(out);
  } finally {
    clearInterval(watch);
  }
  syncFile(target);
}
