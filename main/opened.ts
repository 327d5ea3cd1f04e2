// What is opened with Exhibit from outside: paths given at its start or to a second start, dropped on its icon, or chosen
// with "Open with". They wait here until the page takes them; it gets grants and names, never a path.

import { statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Opened } from '#preload/desktop-api.ts';
import type { Grants } from './grants.ts';

const handedOn = z.object({ paths: z.array(z.string().min(1).max(32_768)).max(10_000) });

/** The paths that a second start hands to the Exhibit that runs already; none where it says something else. */
export const pathsHandedOn = (additional: unknown): string[] =>
  handedOn.safeParse(additional).data?.paths ?? [];

/**
 * The paths among the words of a start, made absolute. Switches and the application's own folder are left out.
 * @param argv the process's, with the program first
 * @param own the application's folder, which development names
 */
export function pathsOf(argv: readonly string[], cwd: string, own: string): string[] {
  return argv
    .slice(1)
    .filter((word) => word !== '' && !word.startsWith('-'))
    .flatMap((word) => asPath(word))
    .map((path) => resolve(cwd, path))
    .filter((path) => path !== own);
}

function asPath(word: string): string[] {
  if (!/^[a-z][a-z0-9+.-]+:\/\//i.test(word)) return [word];
  try {
    return [fileURLToPath(word)];
  } catch {
    // An address of another scheme, or a file of another machine.
    return [];
  }
}

/** The workspace that a path means: its folder, or the log in it; undefined for anything else. */
export function workspaceAt(path: string): string | undefined {
  const folder = basename(path) === 'events.db' ? dirname(path) : path;
  return isFile(join(folder, 'events.db')) ? folder : undefined;
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

export type Waiting = {
  add(paths: readonly string[]): void;
  /** Gives what waits, once: a workspace (the last one, if there were several) and grants for all that is none. */
  take(): Promise<Opened>;
  /** The folder of a workspace that was taken, by its id. */
  folderOf(id: string): string | undefined;
};

/** Starts with nothing that waits. `onAdded` is called when there is something. */
export function createWaiting(grants: Grants, onAdded: () => void): Waiting {
  let paths: string[] = [];
  const workspaces = new Map<string, string>();

  return {
    add(more) {
      if (more.length === 0) return;
      paths.push(...more);
      onAdded();
    },
    async take() {
      const taken = paths;
      paths = [];
      const folder = taken.map(workspaceAt).findLast((one) => one !== undefined);
      const exports = taken.filter((path) => workspaceAt(path) === undefined);
      const each = await Promise.all(
        exports.map(async (path) => [
          ...(await grants.mint([path], 'file')),
          ...(await grants.mint([path], 'folder')),
        ]),
      );
      const found = each.flat();
      const id = folder === undefined ? '' : String(workspaces.size + 1);
      if (folder !== undefined) workspaces.set(id, folder);
      return {
        workspace: folder === undefined ? null : { id, name: basename(folder) },
        grants: found,
        lost: exports.length - found.length,
      };
    },
    folderOf: (id) => workspaces.get(id),
  };
}
