// Chromium refuses its sandbox to root, and an application that insists on the sandbox, as Exhibit does, then shows
// nothing. Rather than test something weaker than what ships, tests started by root run as a user made for them.
import { chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#core/errors.ts';
import { capture, isOnPath } from './commands.ts';

const userName = 'exhibit-e2e';

export type OrdinaryUser = { name: string; uid: number; gid: number };

/**
 * The user for tests started by root, made when missing; undefined when this process is no root.
 * @throws AppError `environment` when the user cannot be made, or may not use the sandbox either
 */
export async function findOrdinaryUser(): Promise<OrdinaryUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  if ((await capture('id', ['-u', userName])).code !== 0) {
    const made = await capture(findSystemProgram('useradd'), [
      '--system',
      '--no-create-home',
      '--shell',
      '/usr/sbin/nologin',
      userName,
    ]);
    // Two test runs may make it at the same moment; then it exists, which is all that is wanted.
    if ((await capture('id', ['-u', userName])).code !== 0) {
      throw new AppError(
        'environment',
        `The user ${userName}, who runs the window tests, could not be made (${made.stderr.trim()}). ` +
          'Run the tests as an ordinary user instead.',
      );
    }
  }
  const user = {
    name: userName,
    uid: Number((await capture('id', ['-u', userName])).stdout),
    gid: Number((await capture('id', ['-g', userName])).stdout),
  };
  if ((await captureAs(user, 'unshare', ['--user', '--map-root-user', 'true'])).code !== 0) {
    throw new AppError(
      'environment',
      'This machine does not let ordinary users make namespaces, so Electron cannot run its sandbox here. ' +
        'Allow them (in a container: relax its seccomp profile; on Ubuntu: sysctl ' +
        'kernel.apparmor_restrict_unprivileged_userns=0), or run the unit tests alone with: npx vitest run',
    );
  }
  return user;
}

/** A command line that runs `command` as that user. The environment is kept. */
export function asUser(user: OrdinaryUser, command: readonly string[]): string[] {
  return [findSystemProgram('runuser'), '-u', user.name, '--', ...command];
}

/** Whether that user may read the file: every folder above it counts. */
export async function canRead(user: OrdinaryUser, file: string): Promise<boolean> {
  return (await captureAs(user, 'test', ['-r', file])).code === 0;
}

/** Makes a folder that belongs to that user alone. */
export function makeFolderFor(user: OrdinaryUser | undefined, ...path: string[]): string {
  const folder = join(...path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (user) chownSync(folder, user.uid, user.gid);
  return folder;
}

function captureAs(user: OrdinaryUser, command: string, args: readonly string[]) {
  const [runuser, ...rest] = asUser(user, [command, ...args]) as [string, ...string[]];
  return capture(runuser, rest, { cwd: '/' });
}

// Root's PATH lacks the folders of such programs when it was taken over from an ordinary user.
function findSystemProgram(name: string): string {
  return isOnPath(name) ? name : `/usr/sbin/${name}`;
}
