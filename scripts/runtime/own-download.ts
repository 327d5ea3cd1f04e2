// Electron's own download, tried only where it can work. Its installer waits long behind a firewall that drops
// packets; so one byte of the very file is asked for first, and a refusal is remembered for an hour.
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, makeShared } from './cache.ts';
import { run } from './commands.ts';

const probeTimeout = 10_000;
const downloadTimeout = 15 * 60_000;
const refusalLifetime = 60 * 60_000;
const releases = 'https://github.com/electron/electron/releases/download/';

/** The Electron that its own installer put into its package, if it is there and whole. */
export function findInstalledElectron(
  electronPackage: string,
): { executable: string; version: string } | undefined {
  try {
    // The installer writes path.txt last.
    const executable = join(
      electronPackage,
      'dist',
      readFileSync(join(electronPackage, 'path.txt'), 'utf8').trim(),
    );
    const version = readFileSync(join(electronPackage, 'dist', 'version'), 'utf8')
      .trim()
      .replace(/^v/, '');
    return statSync(executable).isFile() ? { executable, version } : undefined;
  } catch {
    return undefined;
  }
}

/** Lets Electron's installer fetch the program. Gives whether it did; never throws, never waits long for nobody. */
export async function downloadOwnElectron(electronPackage: string, cache = cacheFolder()): Promise<boolean> {
  const refusal = join(cache, 'electron-download-refused');
  if (isRecent(refusal)) return false;
  const { version } = JSON.parse(readFileSync(join(electronPackage, 'package.json'), 'utf8')) as {
    version: string;
  };
  if (await canReachRelease(version)) {
    console.log(`Downloading Electron ${version} …`);
    const code = await run(process.execPath, [join(electronPackage, 'install.js')], {
      timeout: downloadTimeout,
    });
    if (code === 0) return true;
  }
  makeShared(cache);
  mkdirSync(cache, { recursive: true });
  writeFileSync(
    refusal,
    `Electron ${version} could not be downloaded. Delete this file to try again at once.\n`,
  );
  return false;
}

async function canReachRelease(version: string): Promise<boolean> {
  // Who names a mirror knows that it can be reached, and how.
  if (process.env.ELECTRON_MIRROR || process.env.npm_config_electron_mirror) return true;
  const file = `v${version}/electron-v${version}-${process.platform}-${process.arch}.zip`;
  try {
    const answer = await fetch(releases + file, {
      headers: { range: 'bytes=0-0' },
      signal: AbortSignal.timeout(probeTimeout),
    });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}

function isRecent(file: string): boolean {
  try {
    return Date.now() - statSync(file).mtimeMs < refusalLifetime;
  } catch {
    return false;
  }
}
