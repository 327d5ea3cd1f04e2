// What handlers get to work with: connections opened when they are first needed, grants, a signal and progress.
// Made once for a thread, or once for a run of the command line.

import { type ColumnsAccess, ownColumns } from './browse/columns-access.ts';
import type { CallContext } from './engine.ts';
import { AppError } from './errors.ts';
import type { Progress } from './model.ts';
import { noSecrets, type Secrets } from './secrets.ts';
import { openReview, openStore, type Store } from './store/open.ts';
import type { WebFetch } from './sync/client.ts';

export type ContextOptions = {
  workspace: string;
  /** Path of another build of better-sqlite3's addon; development only. */
  sqliteBinding?: string | undefined;
  grants: ReadonlyMap<string, { path: string; kind: 'file' | 'folder' }>;
  signal: AbortSignal;
  progress(progress: Progress): void;
  /** Whether reading creates a workspace that is not there yet: the window does, the command line says so instead. */
  creates: boolean;
  /** Whether nobody else of this process has the log open. */
  isAlone?: boolean;
  /** Where threads share the columns; else they are read when they are needed. */
  columns?: ColumnsAccess;
  /** Where secrets come from; without it there are none. */
  secrets?: Secrets;
  /** The network; without it there is none. */
  fetch?: WebFetch;
  /** Where others write to the log, too; without it nobody else does in this process. */
  turn?: CallContext['turn'];
};

/** A context over one workspace. `close` closes its reader; opened writers are closed by who opened them. */
export function createContext(options: ContextOptions): CallContext & { close(): void } {
  const { workspace, sqliteBinding, grants, signal, progress, creates, isAlone } = options;
  let reader: Store | undefined;
  return {
    workspace,
    signal,
    progress,
    columns: options.columns ?? ownColumns(),
    secrets: options.secrets ?? noSecrets,
    fetch: options.fetch ?? noNetwork,
    turn: options.turn ?? ((work) => work()),
    reader() {
      if (!reader) {
        if (creates) prepareWorkspace(workspace, sqliteBinding);
        reader = openStore(workspace, { mode: 'read', sqliteBinding });
      }
      return reader;
    },
    writer: () => openStore(workspace, { mode: 'write', sqliteBinding, isAlone }),
    review: () => openReview(workspace, { mode: 'write', sqliteBinding }),
    reviewReader: () => openReview(workspace, { mode: 'read', sqliteBinding }),
    grant(id) {
      const grant = grants.get(id);
      if (!grant) throw new AppError('not-found', 'That file is not open any more. Choose it again.');
      return grant;
    },
    close() {
      reader?.close();
      reader = undefined;
    },
  };
}

const noNetwork: WebFetch = async () => {
  throw new AppError('environment', 'There is no network here.');
};

/** Creates or migrates the workspace's files. One that may only be read is left as it is and opened as such. */
function prepareWorkspace(workspace: string, sqliteBinding: string | undefined): void {
  try {
    openStore(workspace, { mode: 'write', sqliteBinding }).close();
    openReview(workspace, { mode: 'write', sqliteBinding }).close();
  } catch (error) {
    const code = (error as { code?: string }).code ?? '';
    if (!/^(SQLITE_READONLY|SQLITE_CANTOPEN|EROFS|EACCES|EPERM)/.test(code)) throw error;
  }
}
