// better-sqlite3 for an Electron older than Node-API 10. Its prebuilt file aborts there; its source compiles for
// Node-API 9 with one header put in front (node-api-9.h says why). Compiled straight with the C compiler: two files,
// no build system, no Python, and the headers of the Node that came from the registry. Only in the cache: the
// installed package stays as it is, and nothing of this ships.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { AppError } from '#core/errors.ts';
import { cached } from './cache.ts';
import { capture } from './commands.ts';
import { requireDebianPackages } from './debian-packages.ts';

const header = join(import.meta.dirname, 'node-api-9.h');

const optimised = ['-O2', '-fPIC', '-pthread', '-DNDEBUG'];
const sqliteFlags = ['-std=c99', '-w', ...optimised];
const addonFlags = [
  ...['-std=c++20', ...optimised, '-fno-rtti', '-fno-exceptions'],
  ...['-fvisibility=hidden', '-fvisibility-inlines-hidden'],
  ...['-DNAPI_VERSION=9', '-DNAPI_DISABLE_CPP_EXCEPTIONS', '-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS'],
  ...['-DNODE_GYP_MODULE_NAME=better_sqlite3', '-DBUILDING_NODE_EXTENSION'],
];
const linkFlags = ['-shared', '-pthread', '-Wl,-Bsymbolic', '-Wl,--exclude-libs,ALL'];

/** The first Electron whose Node (22.14) has Node-API 10. */
const firstWithNodeApi10 = 35;

/** Whether this Electron needs the binding made here. An unknown version is taken to be a current one. */
export function needsNodeApi9(electronVersion: string): boolean {
  const major = Number.parseInt(electronVersion, 10);
  return Number.isInteger(major) && major < firstWithNodeApi10;
}

/**
 * Gives better-sqlite3's binary for Node-API 9, compiling it on first use (under a minute).
 * @returns an absolute path for better-sqlite3's `nativeBinding` option
 * @throws AppError `environment` when there is no compiler or it fails
 */
export async function prepareSqliteBinding(): Promise<string> {
  const sqlite = dirname(createRequire(import.meta.url).resolve('better-sqlite3/package.json'));
  const { version } = JSON.parse(await readFile(join(sqlite, 'package.json'), 'utf8')) as { version: string };
  const recipe = createHash('sha256')
    .update(JSON.stringify({ version, sqliteFlags, addonFlags, linkFlags }))
    .update(await readFile(header))
    .digest('hex');
  const folder = await cached(
    `better-sqlite3-${version}-node-api-9-${process.platform}-${process.arch}-${recipe.slice(0, 8)}`,
    recipe,
    async (building) => {
      await requireDebianPackages(['compiler']);
      console.log(`Compiling better-sqlite3 ${version} for Node-API 9 (once, under a minute) …`);
      await compile(sqlite, building);
    },
  );
  return join(folder, 'better_sqlite3.node');
}

async function compile(sqlite: string, building: string): Promise<void> {
  const amalgamation = join(sqlite, 'deps', 'sqlite3');
  const defines = parseDefines(await readFile(join(sqlite, 'deps', 'defines.gypi'), 'utf8'));
  const sqliteObject = join(building, 'sqlite3.o');
  const addonObject = join(building, 'addon.o');
  await Promise.all([
    compileOrFail('gcc', [
      ...[...sqliteFlags, ...defines.map((define) => `-D${define}`)],
      ...['-c', join(amalgamation, 'sqlite3.c'), '-o', sqliteObject],
    ]),
    compileOrFail('g++', [
      ...[...addonFlags, '-I', findNodeHeaders(), '-I', findAddonHeaders(sqlite), '-I', amalgamation],
      ...['-include', header, '-c', join(sqlite, 'src', 'better_sqlite3.cpp'), '-o', addonObject],
    ]),
  ]);
  const product = join(building, 'better_sqlite3.node');
  await compileOrFail('g++', [...linkFlags, sqliteObject, addonObject, '-ldl', '-o', product]);
  await rm(sqliteObject);
  await rm(addonObject);
}

/** The preprocessor definitions better-sqlite3 compiles SQLite with, read from its own list. */
export function parseDefines(gypi: string): string[] {
  const list = /'defines':\s*\[([^\]]*)\]/.exec(gypi)?.[1] ?? '';
  const defines = [...list.matchAll(/'([^']+)'/g)].map((match) => match[1] as string);
  if (defines.length === 0)
    throw new Error('better-sqlite3 no longer lists its SQLite options in deps/defines.gypi');
  return defines;
}

async function compileOrFail(compiler: string, args: string[]): Promise<void> {
  const result = await capture(compiler, args);
  if (result.code === 0) return;
  throw new AppError(
    'environment',
    `better-sqlite3 could not be compiled for this Electron (${compiler} ended with ${result.code}). ` +
      `Set ELECTRON_OVERRIDE_DIST_PATH to a current Electron, which needs no compiling.\n${result.stderr.slice(0, 2000)}`,
  );
}

// The Node of the npm scripts comes from the registry, with its headers beside it; a Node from a distribution has
// them two folders up.
function findNodeHeaders(): string {
  const bin = dirname(process.execPath);
  const candidates = [
    join(bin, '..', 'include', 'node'),
    join(bin, '..', 'node_modules', `node-${process.platform}-${process.arch}`, 'include', 'node'),
    '/usr/include/node',
    '/usr/local/include/node',
  ];
  const found = candidates.find((folder) => existsSync(join(folder, 'node_api.h')));
  if (found) return found;
  throw new AppError(
    'environment',
    `Node's headers (node_api.h) are missing; looked in ${candidates.join(', ')}.`,
  );
}

function findAddonHeaders(sqlite: string): string {
  const require = createRequire(join(sqlite, 'package.json'));
  return dirname(require.resolve('node-addon-api/package.json'));
}
