// How a thread comes by the columns. Where threads share them they come from the one that keeps them; whoever works
// alone (the command line, tests) reads them for himself.

import type { Progress } from '#core/model.ts';
import type { Store } from '#core/store/open.ts';
import type { Columns } from './columns.ts';
import { type Grown, growColumns, logEnd } from './grow-columns.ts';

export type ColumnsAccess = {
  /** The columns, if they hold all of the log as this store sees it now. */
  now(store: Store): Columns | null;
  /** The same as soon as they do. Tells how far it is; rejects when the signal aborts. */
  soon(store: Store, waiting: { signal: AbortSignal; progress(progress: Progress): void }): Promise<Columns>;
};

/** Columns that are read in this thread when they are first needed. */
export function ownColumns(): ColumnsAccess {
  let held: Columns | null = null;
  return {
    now: (store) => (held?.end === logEnd(store) ? held : null),
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
