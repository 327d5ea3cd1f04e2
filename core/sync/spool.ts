// What came in and is not imported yet, as NDJSON in a file of the workspace: each record as it was received, on a line of
// its own. It is the file of the import that follows: its size and SHA-256 are the import's. Afterwards it is removed.

import { closeSync, mkdirSync, openSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';

/** A file of records that is written to its end. */
export type Spool = { path: string; records: number; remove(): void };

const prefix = '.sync-';

let made = 0;

/** A path for a file of a sync that nobody else writes: neither another process nor another thread of this one. */
export function temporaryPath(workspace: string, ending: string): string {
  made += 1;
  return join(workspace, `${prefix}${process.pid}-${threadId}${String(made).padStart(7, '0')}.${ending}`);
}

/** A new file in the folder of a workspace; `file` is its descriptor. Both can be done twice: to close and to remove it. */
export function openSpoolFile(workspace: string): {
  path: string;
  file: number;
  close(): void;
  remove(): void;
} {
  mkdirSync(workspace, { recursive: true });
  const path = temporaryPath(workspace, 'ndjson');
  const file = openSync(path, 'wx', 0o600);
  let isOpen = true;
  const close = () => {
    if (isOpen) closeSync(file);
    isOpen = false;
  };
  return {
    path,
    file,
    close,
    remove() {
      close();
      rmSync(path, { force: true });
    },
  };
}

/** Removes what syncs left in a workspace that did not come to their end: of processes that are there no more. */
export function removeLeftovers(workspace: string): void {
  for (const name of readdirSync(workspace)) {
    const [, pid] = /^\.sync-(\d+)-\d+\.\w+$/.exec(name) ?? [];
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(workspace, name), { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
