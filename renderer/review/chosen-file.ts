// Small CSV files that a person hands over beside the log: who left when, what held before the log begins. Kept while
// the window shows this workspace.

import { useSyncExternalStore } from 'react';
import type { Grant } from '#preload/desktop-api.ts';

export type Which = 'leavers' | 'baseline' | 'tickets' | 'snapshot';

const none: Record<Which, Grant | null> = {
  leavers: null,
  baseline: null,
  tickets: null,
  snapshot: null,
};
let chosen = none;
const listeners = new Set<() => void>();

function settle(next: Record<Which, Grant | null>): void {
  chosen = next;
  for (const listener of listeners) listener();
}

/** Asks for the file in the system's dialog; nothing changes when that is closed. */
export async function chooseFile(which: Which): Promise<void> {
  const [grant] = await window.exhibit.chooseFiles('table');
  if (grant) settle({ ...chosen, [which]: grant });
}

export const dropFile = (which: Which): void => settle({ ...chosen, [which]: null });
/** Another workspace has its own. */
export const forgetFiles = (): void => settle(none);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useFile = (which: Which): Grant | null => useSyncExternalStore(subscribe, () => chosen[which]);
