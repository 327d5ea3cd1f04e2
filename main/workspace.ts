// Which workspace is open: the one named on the command line, else the last one opened from the window, else the
// default one beside the application's own data.

import { existsSync, readdirSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from '#core/errors.ts';
import { readJson, writeJson } from './json-file.ts';

const remembered = z.object({ last: z.string().refine(isAbsolute) });
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

/** Opens this folder again at the next start. */
export function rememberWorkspace(userData: string, folder: string): void {
  writeJson(memory(userData), { last: folder });
}

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
