// Where somebody is in the guide, and whether they closed it: kept on this computer, so that it stays closed.

import { useSyncExternalStore } from 'react';

const key = 'guide';
const listeners = new Set<() => void>();
/** The step from 0, or null where the guide was closed. */
let step: number | null = read();

function read(): number | null {
  const kept = window.localStorage.getItem(key);
  return kept === 'closed' ? null : Math.max(0, Number(kept) || 0);
}

function set(next: number | null): void {
  step = next;
  window.localStorage.setItem(key, next === null ? 'closed' : String(next));
  for (const listener of listeners) listener();
}

export const goToStep = (next: number): void => set(next);
export const closeGuide = (): void => set(null);
/** Opens it again, from its beginning. */
export const openGuide = (): void => set(0);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useStep = (): number | null => useSyncExternalStore(subscribe, () => step);
