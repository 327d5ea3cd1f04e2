// Whether the bar for finding on a screen is open, and how often it was asked for: asking again goes back into its box.

import { useSyncExternalStore } from 'react';

let asked = 0;
const listeners = new Set<() => void>();

function settle(next: number): void {
  asked = next;
  for (const listener of listeners) listener();
}

export const openFind = (): void => settle(asked + 1);
export const closeFind = (): void => settle(0);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** 0 while it is closed. */
export const useFindAsked = (): number => useSyncExternalStore(subscribe, () => asked);
