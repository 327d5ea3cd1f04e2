// How far the columns of the log are read, while answers wait for them: one figure for the whole window.

import { useSyncExternalStore } from 'react';
import type { Progress } from '#core/model.ts';
import { shareDone } from '../words/progress.ts';

let share: number | null = null;
let waiting = 0;
const listeners = new Set<() => void>();

function set(next: number | null): void {
  if (next === share) return;
  share = next;
  for (const listener of listeners) listener();
}

/** Asks something that may wait for the columns, and takes its progress for theirs until it is answered. */
export async function watchLoading<T>(
  work: (onProgress: (progress: Progress) => void) => Promise<T>,
): Promise<T> {
  waiting += 1;
  try {
    return await work((progress) => {
      if (progress.stage === 'columns') set(shareDone(progress));
    });
  } finally {
    waiting -= 1;
    if (waiting === 0) set(null);
  }
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Whole percent of the log that is read; null where nothing waits for it. */
export const useLoading = (): number | null => useSyncExternalStore(subscribe, () => share);

/** What stands where a figure will be. */
export function countingWords(read: number | null): string {
  return read === null ? 'Counting…' : `Reading the log, ${read} %`;
}
