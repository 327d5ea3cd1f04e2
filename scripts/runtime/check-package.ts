// Looks at a packaged application before anybody gets it: the fuses as they really are in the program, and exactly
// one native addon, for this kind of machine.
import { readdirSync } from 'node:fs';
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
 * @throws AppError `input` naming everything that is not as it should be
 */
export async function checkPackage(folder: string, executable: string, addon: string): Promise<void> {
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
  if (!files.some((entry) => entry.name === 'app.asar')) wrong.push('there is no app.asar');
  const loose = files.filter(
    (entry) => basename(entry.parentPath) === 'app' && entry.name === 'package.json',
  );
  if (loose.length > 0)
    wrong.push(`an application lies outside the archive in ${join(folder, 'resources', 'app')}`);
  if (wrong.length > 0) {
    throw new AppError('input', `The packaged application is not as it should be:\n  ${wrong.join('\n  ')}`);
  }
}
