// Builds the application when out/ is older than what it is made of, and leaves it alone otherwise.
import { readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '#core/errors.ts';
import { run } from './commands.ts';

/** The repository's folder. */
export const projectFolder = resolve(import.meta.dirname, '..', '..');

const sources = [
  'core',
  'main',
  'preload',
  'renderer',
  'assets',
  'electron.vite.config.ts',
  'package-lock.json',
];
/** Its time is when the last build began: what was changed while that ran is newer, and built the next time. */
const mark = 'out/.built';
const products = [
  'out/main/main.js',
  'out/main/engine-process.js',
  'out/preload/preload.cjs',
  'out/renderer/index.html',
];

/**
 * Builds the application into out/ if it is missing or older than its sources.
 * @throws AppError `input` when the build fails; what is wrong was shown
 */
export async function buildIfNeeded(project = projectFolder): Promise<void> {
  if (isUpToDate(project)) return;
  const viteCommand = join(
    dirname(createRequire(import.meta.url).resolve('electron-vite/package.json')),
    'bin',
    'electron-vite.js',
  );
  const start = new Date();
  const code = await run(process.execPath, [viteCommand, 'build', '--logLevel', 'warn'], { cwd: project });
  if (code !== 0)
    throw new AppError('input', 'The application could not be built. The messages above say why.');
  writeFileSync(join(project, mark), '');
  utimesSync(join(project, mark), start, start);
}

/** Whether every product of the build is there and no source is newer than the build. */
export function isUpToDate(project: string): boolean {
  const built = statSync(join(project, mark), { throwIfNoEntry: false })?.mtimeMs;
  if (built === undefined) return false;
  if (!products.every((file) => statSync(join(project, file), { throwIfNoEntry: false }))) return false;
  return sources.every((source) => findNewest(join(project, source)) <= built);
}

// A folder's own time counts too: it changes when a file is added, renamed or removed.
function findNewest(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path).reduce(
    (newest, name) => Math.max(newest, findNewest(join(path, name))),
    stat.mtimeMs,
  );
}
