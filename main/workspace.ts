// Which workspace is open: the one named on the command line, else the last one opened from the window, else the
// default one beside the application's own data.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { basename, isAbsolute, join, resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from '#core/errors.ts';
import { readJson, writeJson } from './json-file.ts';

const folder = z.string().refine(isAbsolute);
const remembered = z.object({ last: folder, recent: z.array(folder).optional() });
/** Workspaces that are remembered. */
const most = 10;
const option = '--workspace=';

/** The folder to open at start. `argv` and `cwd` are the process's. The folder need not exist yet. */
export function initialWorkspace(userData: string, argv: readonly string[], cwd: string): string {
  const named = argv.find((argument) => argument.startsWith(option))?.slice(option.length);
  if (named) return resolve(cwd, named);
  const last = readJson(memory(userData), remembered)?.last;
  // A folder that is gone (an unplugged disk) is not made anew in an empty place.
  if (last !== undefined && existsSync(last)) return last;
  return join(userData, 'workspaces', 'default');
}

/** The workspace that holds the bundled sample. */
export function sampleWorkspace(userData: string): string {
  return join(userData, 'workspaces', 'sample');
}

/** Opens this folder again at the next start, and lists it among those opened lately. */
export function rememberWorkspace(userData: string, last: string): void {
  const known = readJson(memory(userData), remembered);
  const others = [...(known?.recent ?? []), ...(known ? [known.last] : [])].filter((one) => one !== last);
  writeJson(memory(userData), { last, recent: [last, ...new Set(others)].slice(0, most) });
}

/** Workspaces opened lately that are still there, the last one first. The id names one without its path. */
export function recentWorkspaces(userData: string): { id: string; name: string; folder: string }[] {
  const known = readJson(memory(userData), remembered);
  return (known?.recent ?? [])
    .filter((one) => existsSync(one))
    .map((one) => ({ id: idOf(one), name: basename(one), folder: one }));
}

/** The folder of one of them. Throws AppError when it is not there any more. */
export function recentWorkspace(userData: string, id: string): string {
  const found = recentWorkspaces(userData).find((one) => one.id === id);
  if (found) return found.folder;
  throw new AppError('not-found', 'That workspace is not where it was. Open it by choosing its folder.');
}

const idOf = (path: string): string => createHash('sha256').update(path).digest('hex').slice(0, 32);

/** Throws AppError when the folder holds something else: a workspace's files are never strewn among a person's. */
export function requireWorkspaceFolder(folder: string): void {
  const names = readdirSync(folder).filter((name) => !name.startsWith('.'));
  if (names.length === 0 || names.includes('events.db')) return;
  throw new AppError(
    'input',
    `${folder} holds other files. Choose a folder that is a workspace already, or an empty one.`,
  );
}

function memory(userData: string): string {
  return join(userData, 'workspace.json');
}
