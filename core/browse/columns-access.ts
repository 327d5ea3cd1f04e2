// How a thread comes by the columns. Where threads share them they come from the one that keeps them; whoever works
// alone (the command line, tests) reads them for himself.

import type { Progress } from '#core/model.ts';
import type { Store } from '#core/store/open.ts';
import { type Columns, isIntact } from './columns.ts';
import { areOfLog, type Grown, growColumns } from './grow-columns.ts';

export type ColumnsAccess = {
  /** The columns, if they hold all of the log as this store sees it now. */
  now(store: Store): Columns | null;
  /** The same as soon as they do. Tells how far it is; rejects when the signal aborts. */
  soon(store: Store, waiting: Waiting): Promise<Columns>;
};

/** Who waits: may give up, and is told how far it is. */
export type Waiting = { signal: AbortSignal; progress(progress: Progress): void };

/**
 * What `read` makes of the columns of the log as it is now. It is called again when an import has moved their rows
 * meanwhile.
 */
export async function withColumns<T>(
  access: ColumnsAccess,
  store: Store,
  waiting: Waiting,
  read: (columns: Columns) => T,
): Promise<T> {
  for (;;) {
    const columns = await access.soon(store, waiting);
    try {
      const answer = read(columns);
      if (isIntact(columns)) return answer;
    } catch (error) {
      if (isIntact(columns)) throw error;
    }
  }
}

/** Columns that are read in this thread when they are first needed. */
export function ownColumns(): ColumnsAccess {
  let held: Columns | null = null;
  return {
    now: (store) => (held && areOfLog(held, store) ? held : null),
    async soon(store, { signal, progress }) {
      const growth = growColumns(store, held);
      let step = growth.next();
      while (!step.done) {
        progress(growthProgress(step.value));
        await new Promise(setImmediate);
        signal.throwIfAborted();
        step = growth.next();
      }
      held = step.value;
      return held;
    },
  };
}

export function growthProgress({ done, total }: Grown): Progress {
  return { stage: 'columns', done, total, unit: 'events' };
}
