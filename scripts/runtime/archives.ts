// The packaged folder as tar.gz and as zip, made the same way each time: names in order, one date, nobody's user.
// GNU tar and yazl rather than electron-builder's targets, which fetch a packer from a release page.
import { createWriteStream, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { AppError } from '#core/errors.ts';
import { capture } from './commands.ts';
import { readRelease, sourceDate } from './release.ts';

/**
 * Makes both archives beside each other.
 * @param folder the packaged application, as `dist/linux-unpacked`
 * @param output where they go
 * @returns their paths
 * @throws AppError `environment` when tar fails
 */
export async function makeArchives(folder: string, output: string): Promise<string[]> {
  const { productName, version } = readRelease();
  const top = `${productName}-${version}`;
  const seconds = await sourceDate();
  const base = join(output, `${top}-linux-${process.arch}`);
  await makeTar(folder, top, `${base}.tar.gz`, seconds);
  await makeZip(folder, top, `${base}.zip`, seconds);
  return [`${base}.tar.gz`, `${base}.zip`];
}

async function makeTar(folder: string, top: string, file: string, seconds: number): Promise<void> {
  const packed = await capture(
    'tar',
    [
      ...['--sort=name', '--owner=0', '--group=0', '--numeric-owner', `--mtime=@${seconds}`],
      ...['--format=gnu', `--transform=s,^${basename(folder)},${top},`, '--use-compress-program=gzip -n'],
      ...['-cf', file, '-C', dirname(folder), basename(folder)],
    ],
    { env: { ...process.env, LC_ALL: 'C' } },
  );
  if (packed.code !== 0)
    throw new AppError('environment', `tar could not write ${file}: ${packed.stderr.trim()}`);
}

async function makeZip(folder: string, top: string, file: string, seconds: number): Promise<void> {
  const zip = new ZipFile();
  // A zip's dates have no zone; this one writes them as UTC, wherever it is made.
  const mtime = new Date(seconds * 1000);
  for (const path of listFiles(folder)) {
    const name = [top, ...relative(folder, path).split(sep)].join('/');
    zip.addFile(path, name, { mtime, mode: statSync(path).mode, forceDosTimestamp: false });
  }
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(file));
}

/** Every file below a folder, in the order of their names. */
export function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
