// What was taken away last and can be brought back. As nothing is ever deleted from a workspace's files, bringing back is
// one more activity.

import { useSyncExternalStore } from 'react';
import { parseAddress } from '../address/address.ts';
import { go, onAddress } from '../address/use-address.ts';
import { errorOf } from '../words/errors.ts';

export type Offered = {
  /** A sentence: what was taken away, then that it is back, or why not. */
  words: string;
  /** Brings it back; null when that is done. */
  undo: (() => unknown) | null;
};

let offered: Offered | null = null;
const listeners = new Set<() => void>();

function settle(next: Offered | null): void {
  offered = next;
  for (const listener of listeners) listener();
}

/** Offers to bring back what was taken away just now. What was offered before is no longer. */
export const offerUndo = (words: string, undo: () => unknown): void => settle({ words, undo });

/** Nothing can be brought back any more: another workspace is open. */
export const forgetUndo = (): void => settle(null);

export const canUndo = (): boolean => offered?.undo != null;

/** Brings back what was taken away last. */
export async function undoLast(): Promise<void> {
  const undo = offered?.undo;
  if (!undo) return;
  settle({ words: 'Bringing it back…', undo: null });
  try {
    await undo();
    settle({ words: 'It is back.', undo: null });
  } catch (thrown) {
    settle({ words: `It could not be brought back. ${errorOf(thrown).message}`, undo });
  }
}

/** Clears the filter, and offers to bring it back for as long as the same screen is shown. */
export function clearFilter(): void {
  const { filter } = parseAddress(window.location.hash);
  go({ filter: '' });
  offerUndo('The filter was cleared.', () => go({ filter }));
  isOfFilter = offered;
}

let isOfFilter: Offered | null = null;
// Another filter or screen: the old filter has no place there.
onAddress(({ filter }) => {
  if (isOfFilter !== null && offered === isOfFilter && filter !== '') settle(null);
});

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useOffered = (): Offered | null => useSyncExternalStore(subscribe, () => offered);
