// Unpacks a zip with its permissions and symbolic links, leaving out what is not wanted. In here rather than through
// the `unzip` program, so that one Debian package less is needed and the unwanted half is never written.
import { createWriteStream, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import yauzl from 'yauzl';
import { AppError } from '#core/errors.ts';

const symbolicLink = 0o120000;
const fileType = 0o170000;

/**
 * Unpacks `archive`.
 * @param place gives for each name in the archive the path inside `folder`, or undefined to leave it out
 * @throws AppError `input` when the archive is damaged or a name points outside the folder
 */
export async function unpackZip(
  archive: string,
  folder: string,
  place: (name: string) => string | undefined,
): Promise<void> {
  // yauzl refuses absolute names and `..` by itself.
  const zip = await yauzl.openPromise(archive).catch((cause: unknown) => {
    throw new AppError('input', `${archive} is not a readable zip file.`, { cause });
  });
  for await (const entry of zip.eachEntry()) {
    const name = place(entry.fileName);
    if (name === undefined || entry.fileName.endsWith('/')) continue;
    const target = join(folder, name);
    mkdirSync(dirname(target), { recursive: true });
    const mode = entry.externalFileAttributes >>> 16;
    const content = await zip.openReadStreamPromise(entry, {});
    if ((mode & fileType) === symbolicLink) symlinkSync(await text(content), target);
    else await pipeline(content, createWriteStream(target, { mode: mode & 0o777 || 0o644 }));
  }
}
