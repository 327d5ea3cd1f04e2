// What the thread of the columns does: reads what the log has grown by, and afterwards, while nobody waits for it,
// keeps beside the log what spares the next opening and the next search.

import type { Columns } from '#core/browse/columns.ts';
import { growthProgress } from '#core/browse/columns-access.ts';
import { growColumns } from '#core/browse/grow-columns.ts';
import { growTextIndex } from '#core/browse/grow-text-index.ts';
import { isWorthSaving, readSavedColumns, saveColumns } from '#core/browse/saved-columns.ts';
import type { CallContext } from '#core/engine.ts';
import type { Store } from '#core/store/open.ts';

/** Events in the file of saved columns, as far as this thread knows. */
let saved = 0;
/** Up to which event the text index is wanted. */
let indexWanted = 0;
let isIndexing = false;

/** The columns of the log as it is now. Yields between slices, so that a cancel or the end of the host is heard. */
export async function grow(
  held: Columns | null,
  { reader, progress, signal }: CallContext,
): Promise<Columns> {
  const store = reader();
  const known = held ?? readSavedColumns(store);
  if (!held) saved = known?.length ?? 0;
  const growth = growColumns(store, known);
  let step = growth.next();
  while (!step.done) {
    progress(growthProgress(step.value));
    await new Promise(setImmediate);
    signal.throwIfAborted();
    step = growth.next();
  }
  const columns = step.value;
  // After the answer is out: nobody waits for the disk.
  setImmediate(() => {
    if (isWorthSaving(columns, saved) && store.db.open) {
      saved = columns.length;
      saveColumns(store, columns);
    }
    void indexTexts(store, columns.end);
  });
  return columns;
}

/** Brings the text index up to an event, a little at a time; further where the log grows meanwhile. */
async function indexTexts(store: Store, end: number): Promise<void> {
  indexWanted = end;
  if (isIndexing) return;
  isIndexing = true;
  for (let done = -1; done < indexWanted && store.db.open; ) {
    done = indexWanted;
    const growth = growTextIndex(store, done);
    try {
      while (store.db.open && !growth.next().done) await new Promise(setImmediate);
    } catch (error) {
      // A search does without it; whoever reads the console should know why.
      console.error(error);
    } finally {
      growth.return();
    }
  }
  isIndexing = false;
}
