// Opens a workspace folder. One writer, any number of readers that really are read-only. The settings below are
// asserted on every open: SQLite forgets some of them (synchronous falls back to NORMAL on a WAL file).

import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '#core/errors.ts';
import { logMigrations, oldestLog } from './log-schema.ts';
import { applicationIds, migrate } from './migrate.ts';
import { reviewMigrations } from './review-schema.ts';

/** An open workspace: `db` is the log. Readers cannot write to it; statements are prepared once per store. */
export type Store = {
  folder: string;
  db: Database.Database;
  readonly: boolean;
  /** Whether nobody else of this process has the log open. */
  isAlone: boolean;
  /** What it was opened with. */
  sqliteBinding?: string | undefined;
  close(): void;
};

export type OpenOptions = {
  /** `write` creates the folder and its files where they are missing and migrates them. */
  mode: 'read' | 'write';
  /** Nobody else of this process has the log open, or opens it meanwhile; by default somebody may. */
  isAlone?: boolean | undefined;
  /** Path of another build of better-sqlite3's addon; development only, for runtimes older than its own builds. */
  sqliteBinding?: string | undefined;
};

/** Opens the log of a workspace folder. Throws AppError when it is missing, newer, or not ours. */
export function openStore(folder: string, options: OpenOptions): Store {
  const db = openFile(folder, 'events.db', options, {
    applicationId: applicationIds.log,
    migrations: logMigrations,
    oldest: oldestLog,
    pageSize: 16_384,
  });
  if (options.mode === 'write') nameWorkspace(db);
  return storeOf(folder, db, options);
}

/** Opens the review file beside the log, creating it where it is missing. */
export function openReview(folder: string, options: OpenOptions): Store {
  const db = openFile(folder, 'review.db', options, {
    applicationId: applicationIds.review,
    migrations: reviewMigrations,
  });
  return storeOf(folder, db, options);
}

function storeOf(
  folder: string,
  db: Database.Database,
  { mode, isAlone = false, sqliteBinding }: OpenOptions,
): Store {
  return { folder, db, readonly: mode === 'read', isAlone, sqliteBinding, close: () => db.close() };
}

/** What `work` reads from the review file beside a log; null where there is none yet. */
export function besideLog<T>({ folder, sqliteBinding }: Store, work: (review: Store) => T): T | null {
  if (!existsSync(join(folder, 'review.db'))) return null;
  return closing(openReview(folder, { mode: 'read', sqliteBinding }), work);
}

/** Works with a store that was opened for this alone, and closes it. */
export function closing<T>(store: Store, work: (store: Store) => T): T {
  try {
    return work(store);
  } finally {
    store.close();
  }
}

function openFile(
  folder: string,
  name: string,
  { mode, sqliteBinding }: OpenOptions,
  kind: { applicationId: number; migrations: readonly string[]; oldest?: number; pageSize?: number },
): Database.Database {
  const file = join(folder, name);
  const write = mode === 'write';
  if (existsSync(folder) && !statSync(folder).isDirectory()) {
    throw new AppError('input', `${folder} is a file, not a folder. Name a folder for the workspace.`);
  }
  if (write) mkdirSync(folder, { recursive: true });
  else if (!existsSync(file)) {
    throw new AppError('input', `There is no workspace in ${folder}. Import an export into it first.`);
  }
  const native = sqliteBinding ? { nativeBinding: sqliteBinding } : {};
  const connect = () => {
    const db = new Database(file, { readonly: !write, fileMustExist: !write, timeout: 10_000, ...native });
    try {
      configure(db, write, kind.pageSize);
      migrate(db, { file, ...kind, write });
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  };
  try {
    try {
      return connect();
    } catch (error) {
      if (codeOf(error) !== 'SQLITE_READONLY_ROLLBACK') throw error;
      undoUnfinished(new Database(file, { fileMustExist: true, timeout: 10_000, ...native }));
      return connect();
    }
  } catch (error) {
    throw isSideFileRefused(error) ? unwritable(folder, error) : error;
  }
}

/** A first import was killed (write-direct.ts): whoever only reads may not undo what it wrote, SQLite says. */
function undoUnfinished(db: Database.Database): void {
  try {
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
  } finally {
    db.close();
  }
}

/** Even a reader of a log in WAL mode writes a small file beside it, in which SQLite keeps who reads what. */
function isSideFileRefused(error: unknown): boolean {
  return /^SQLITE_(READONLY|CANTOPEN)/.test(codeOf(error));
}

const codeOf = (error: unknown): string => (error as { code?: string }).code ?? '';

function unwritable(folder: string, cause: unknown): AppError {
  return new AppError(
    'environment',
    `Exhibit may not write in ${folder}, and needs to even to read: SQLite keeps a small file beside the log. ` +
      'Copy the whole folder to a place where you may write and open the copy; it has the same root.',
    { cause },
  );
}

/** `pageSize` is that of a file which is new: a large one of large pages is written and committed faster. */
function configure(db: Database.Database, write: boolean, pageSize = 4096): void {
  db.pragma('trusted_schema = off');
  db.pragma('cell_size_check = on');
  db.pragma('mmap_size = 0');
  db.pragma('foreign_keys = on');
  if (!write) {
    db.pragma('query_only = on');
    return;
  }
  db.pragma(`page_size = ${pageSize}`);
  db.pragma('journal_mode = WAL');
  // NORMAL may lose the last transaction on power loss; evidence may not.
  db.pragma('synchronous = FULL');
  db.pragma('checkpoint_fullfsync = on');
  // Keeps the pages of the indexes that an import fills in random order (KiB; the default is 16 MB).
  db.pragma('cache_size = -32768');
  if (db.pragma('synchronous', { simple: true }) !== 2)
    throw new Error('SQLite did not accept synchronous=FULL');
}

function nameWorkspace(db: Database.Database): void {
  // Looked at first without the write lock: an import that runs elsewhere must not keep the window from opening.
  const isNamed = () => db.prepare('SELECT count(*) FROM workspace').pluck().get() !== 0;
  if (isNamed()) return;
  db.transaction(() => {
    if (isNamed()) return;
    db.prepare('INSERT INTO workspace (id, created_at) VALUES (?, ?)').run(randomUUID(), Date.now());
  }).immediate();
}
