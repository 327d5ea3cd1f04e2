// Looks at a packaged application before anybody gets it: the fuses as they really are in the program, and exactly
// one native addon, for this kind of machine.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { AppError } from '#core/errors.ts';

const expectedFuses = new Map([
  [FuseV1Options.RunAsNode, FuseState.DISABLE],
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable, FuseState.DISABLE],
  [FuseV1Options.EnableNodeCliInspectArguments, FuseState.DISABLE],
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, FuseState.ENABLE],
  [FuseV1Options.OnlyLoadAppFromAsar, FuseState.ENABLE],
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot, FuseState.DISABLE],
  [FuseV1Options.GrantFileProtocolExtraPrivileges, FuseState.DISABLE],
]);

/**
 * Checks the packaged application.
 * @param folder what electron-builder made, as `dist/linux-unpacked`
 * @param executable the program in it
 * @param addon the one native addon there is to be, as `linux-x64.node`
 * @param trial whether it is one for tests, which may be driven from outside
 * @throws AppError `input` naming everything that is not as it should be
 */
export async function checkPackage(
  folder: string,
  executable: string,
  addon: string,
  trial: boolean,
): Promise<void> {
  const wrong: string[] = [];
  const wire = await getCurrentFuseWire(executable);
  for (const [fuse, state] of expectedFuses) {
    if (wire[fuse] !== state) wrong.push(`the fuse ${FuseV1Options[fuse]} is not ${FuseState[state]}D`);
  }
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const addons = files.filter((entry) => entry.name.endsWith('.node')).map((entry) => entry.name);
  if (addons.length !== 1 || addons[0] !== addon) {
    wrong.push(`native addons are ${addons.join(', ') || 'missing'} instead of ${addon} alone`);
  }
  const archive = files.find((entry) => entry.name === 'app.asar');
  if (!archive) wrong.push('there is no app.asar');
  else wrong.push(...checkArchive(join(archive.parentPath, archive.name), trial));
  const loose = files.filter(
    (entry) => basename(entry.parentPath) === 'app' && entry.name === 'package.json',
  );
  if (loose.length > 0)
    wrong.push(`an application lies outside the archive in ${join(folder, 'resources', 'app')}`);
  if (wrong.length > 0) {
    throw new AppError('input', `The packaged application is not as it should be:\n  ${wrong.join('\n  ')}`);
  }
}

/** Electron itself has about 260 MB; what is Exhibit's own is to stay small beside it. */
const ownBudget = 25_000_000; // bytes

// Names, and the one mark, straight from the archive's header: a pickled JSON text at its beginning.
function checkArchive(file: string, trial: boolean): string[] {
  const wrong: string[] = [];
  const bytes = readFileSync(file);
  if (bytes.length > ownBudget) wrong.push(`app.asar has ${bytes.length} bytes, more than ${ownBudget}`);
  const header = JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12))) as Entry;
  const unwanted = listNames(header, '').filter((name) =>
    /\.(ts|tsx|map|md)$|^(test|bench|scripts|renderer|core|main|preload)\//.test(name),
  );
  if (unwanted.length > 0) wrong.push(`sources or notes are inside: ${unwanted.slice(0, 5).join(', ')}`);
  if (bytes.includes('"exhibitTrial": true') !== trial)
    wrong.push(trial ? 'it is not marked as a package for tests' : 'it is marked as a package for tests');
  return wrong;
}

type Entry = { files?: Record<string, Entry> };

function listNames(entry: Entry, path: string): string[] {
  return Object.entries(entry.files ?? {}).flatMap(([name, one]) =>
    one.files ? listNames(one, `${path}${name}/`) : [`${path}${name}`],
  );
}
