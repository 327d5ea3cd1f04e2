// A disk of a few megabytes for the window tests of a full disk. Only root may mount one, and not in every container.
import { mkdirSync } from 'node:fs';
import { capture } from './commands.ts';
import type { OrdinaryUser } from './ordinary-user.ts';

/** Room on it. */
const megabytes = 12;

/**
 * Mounts an empty disk at `folder`, which is made, for that user alone.
 * @returns the folder; undefined where this process or this machine may not mount
 */
export async function mountSmallDisk(
  user: OrdinaryUser | undefined,
  folder: string,
): Promise<string | undefined> {
  if (!user || process.platform !== 'linux') return undefined;
  mkdirSync(folder);
  const options = `size=${megabytes}m,mode=700,uid=${user.uid},gid=${user.gid}`;
  const mounted = await capture('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
  return mounted.code === 0 ? folder : undefined;
}

/** Takes it away with all that is on it; nothing where none is mounted. */
export async function unmountSmallDisk(folder: string): Promise<void> {
  await capture('umount', ['--lazy', folder]);
}
