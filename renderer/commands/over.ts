// Which of the things that open over every screen is open: the palette, the sheet of shortcuts, or none.

import { useSyncExternalStore } from 'react';

export type Over = 'palette' | 'shortcuts';

let open: Over | null = null;
const listeners = new Set<() => void>();

/** Opens one and closes the other; null closes both. */
export function showOver(which: Over | null): void {
  open = which;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useOver = (): Over | null => useSyncExternalStore(subscribe, () => open);
