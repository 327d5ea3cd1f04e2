// Finds the folder assets/ from wherever this code runs: the sources, the bundle in out/, or the packaged archive.
// Walking up beats a constant, because the bundler moves this file and the sources do not.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

let root: string | undefined;

/** Absolute path of a file or folder below assets/. Throws when the installation has no assets folder. */
export function assetPath(...parts: string[]): string {
  root ??= findAssets(import.meta.dirname);
  return join(root, ...parts);
}

/** Name and version as the installation says them; package.json lies beside assets/ in sources and package alike. */
export function readApplication(): { name: string; version: string } {
  const { productName, version } = JSON.parse(readFileSync(assetPath('..', 'package.json'), 'utf8'));
  return { name: productName, version };
}

function findAssets(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'assets');
    if (existsSync(join(candidate, 'presets'))) return candidate;
    if (dirname(folder) === folder) throw new Error('The folder assets/ is missing from this installation.');
  }
}
