// What came in and is not imported yet, as NDJSON in a file of the workspace: each record as it was received, on a line of
// its own. It is the file of the import that follows: its size and SHA-256 are the import's. Afterwards it is removed.
//
// How often a record is kept: as often as it stands in one page, since one answer is one view of the list. The same record
// in several pages is one that moved or was sent twice, unless reading the list again shows it to be in both (see pass.ts);
// the same record in several periods is one whose time is a border of both. Records that are equal have equal times, so
// they never truly stand in two periods.

import { closeSync, mkdirSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { type Counter, createCounter } from './counter.ts';
import type { PageRecord } from './page-records.ts';

export type Spool = {
  path: string;
  /** Lines written. */
  records(): number;
  /** Takes the `count`-th record with this key of one view, and says whether it was not there yet. */
  offer(record: PageRecord, count: number): boolean;
  /** Writes what is left to the file; then it can be read. */
  finish(): void;
  remove(): void;
};

const prefix = '.sync-';
/** Text is written in pieces of at most this many bytes. */
const pieceSize = 1 << 20;
const newline = 10;

let made = 0;

/** A path for a file of a sync that nobody else writes: neither another process nor another thread of this one. */
export function temporaryPath(workspace: string, ending: string): string {
  made += 1;
  return join(workspace, `${prefix}${process.pid}-${threadId}${String(made).padStart(7, '0')}.${ending}`);
}

/** A new spool in the folder of a workspace. */
export function createSpool(workspace: string): Spool {
  mkdirSync(workspace, { recursive: true });
  const path = temporaryPath(workspace, 'ndjson');
  const file = openSync(path, 'wx', 0o600);
  let counts: Counter | null = createCounter();
  let piece = Buffer.allocUnsafeSlow(pieceSize);
  let length = 0;
  let lines = 0;
  let isOpen = true;

  function flush(): void {
    // Not writeSync: on a disk that is nearly full it may write a part and say nothing; this goes on, and then throws.
    if (length > 0) writeFileSync(file, piece.subarray(0, length));
    length = 0;
  }
  const close = () => {
    if (isOpen) closeSync(file);
    isOpen = false;
  };

  return {
    path,
    records: () => lines,
    offer({ key, bytes, from, to }, count) {
      if (!counts?.raise(key, count)) return false;
      lines += 1;
      const size = to - from + 1;
      if (length + size > piece.length) flush();
      if (size > piece.length) piece = Buffer.allocUnsafeSlow(size);
      bytes.copy(piece, length, from, to);
      piece[length + size - 1] = newline;
      length += size;
      return true;
    },
    finish() {
      flush();
      close();
      // The import that follows needs the memory itself.
      counts = null;
      piece = Buffer.alloc(0);
    },
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
