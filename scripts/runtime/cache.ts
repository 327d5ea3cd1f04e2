// Where things are kept that take long to make: outside the repository, readable by every user of the machine
// (the tests run as another user than the one who builds), and never half-made. A thing is built in a folder of its
// own and renamed into place; the rename is what makes it exist.
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const stampName = 'stamp.json';
/** A lock older than this belongs to a process whose number was given to another one. */
const lockLifetime = 30 * 60_000;

/** The cache folder: the machine's for root, else the person's own. Not created here. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env, uid = process.getuid?.()): string {
  if (env.EXHIBIT_CACHE) return env.EXHIBIT_CACHE;
  if (uid === 0) return '/var/cache/exhibit';
  return join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache'), 'exhibit');
}

/**
 * Gives the folder `name` in the cache, building it first when it is missing, half-made or of another `stamp`.
 * @param stamp says what went in; a different one means: build again
 * @param build fills the empty folder it is given; when it throws, nothing is left behind
 * @returns the absolute path of the finished folder
 */
export async function cached(
  name: string,
  stamp: string,
  build: (folder: string) => Promise<void>,
  root = cacheFolder(),
): Promise<string> {
  const target = join(root, name);
  if (readStamp(target) === stamp) return target;
  makeShared(root);
  return withLock(
    name,
    async () => {
      if (readStamp(target) === stamp) return target;
      removeLeftovers(root, name);
      const building = join(root, `.building-${name}-${process.pid}-${randomBytes(4).toString('hex')}`);
      const before = process.umask(0o022);
      try {
        mkdirSync(building, { mode: 0o755 });
        await build(building);
        writeFileSync(
          join(building, stampName),
          JSON.stringify({ stamp, builtAt: new Date().toISOString() }),
        );
        rmSync(target, { recursive: true, force: true });
        renameSync(building, target);
      } finally {
        process.umask(before);
        rmSync(building, { recursive: true, force: true });
      }
      return target;
    },
    root,
  );
}

/** Runs `work` while no other process of this machine holds the lock `name`; waits for its turn. */
export async function withLock<T>(name: string, work: () => Promise<T>, root = cacheFolder()): Promise<T> {
  makeShared(root);
  const lock = join(root, `${name}.lock`);
  while (!takeLock(lock)) await sleep(200);
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Makes the folder, readable by everybody whatever the umask. */
export function makeShared(folder: string): void {
  const before = process.umask(0o022);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  process.umask(before);
}

function readStamp(folder: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(join(folder, stampName), 'utf8')) as { stamp?: string }).stamp;
  } catch {
    return undefined;
  }
}

// `wx` creates or fails, in one step. The file holds the owner's process number, so that the lock of a process that
// was killed does not stop everybody after it.
function takeLock(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  if (isAbandoned(lock)) {
    // Renamed, not removed: of two processes that see the same dead lock only one gets to move it.
    const moved = `${lock}.${process.pid}`;
    try {
      renameSync(lock, moved);
      rmSync(moved, { force: true });
    } catch {
      // the other one was quicker
    }
  }
  return false;
}

function isAbandoned(lock: string): boolean {
  try {
    const { mtimeMs } = statSync(lock);
    const age = Date.now() - mtimeMs;
    if (age > lockLifetime) return true;
    const pid = Number(readFileSync(lock, 'utf8'));
    // Empty: created, but its number is not written yet.
    return pid > 0 ? !isAlive(pid) : age > 10_000;
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

// What an interrupted build left. Called under the lock, so a folder whose process is gone is nobody's.
function removeLeftovers(root: string, name: string): void {
  if (!existsSync(root)) return;
  const prefix = `.building-${name}-`;
  for (const entry of readdirSync(root)) {
    if (!entry.startsWith(prefix)) continue;
    const pid = Number(entry.slice(prefix.length).split('-')[0]);
    if (!isAlive(pid)) rmSync(join(root, entry), { recursive: true, force: true });
  }
}
