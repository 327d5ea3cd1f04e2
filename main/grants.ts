// Grants: what the page has instead of paths. Made only from what a person chose in a dialog or dropped on the
// window; they last as long as the application and outlive a crash of the engine.

import { randomUUID } from 'node:crypto';
import { realpath, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { GrantedPath } from '#core/rpc/protocol.ts';
import type { Grant } from '#preload/desktop-api.ts';

export type Grants = {
  /** Grants for those of the paths that lead to a regular file or a folder of this kind; others are left out. */
  mint(paths: readonly string[], kind: Grant['kind']): Promise<Grant[]>;
  /** Everything granted so far. */
  all(): ReadonlyMap<string, GrantedPath>;
};

/** Starts without any grant. `tell` passes each new one on to the engine; the page has it when that has settled. */
export function createGrants(tell: (id: string, granted: GrantedPath) => Promise<void>): Grants {
  const granted = new Map<string, GrantedPath>();

  async function mintOne(chosen: string, kind: Grant['kind']): Promise<Grant[]> {
    try {
      // Resolved once, so that a link swapped later does not change what was granted.
      const path = await realpath(chosen);
      const found = await stat(path);
      if (kind === 'file' ? !found.isFile() : !found.isDirectory()) return [];
      const id = randomUUID();
      granted.set(id, { path, kind });
      await tell(id, { path, kind });
      return [{ id, name: basename(chosen), kind, bytes: kind === 'file' ? found.size : null }];
    } catch {
      return [];
    }
  }

  return {
    mint: async (paths, kind) => (await Promise.all(paths.map((path) => mintOne(path, kind)))).flat(),
    all: () => granted,
  };
}
