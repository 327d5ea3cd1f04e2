// The name under which somebody decides, as they set it on this computer.

import { useSyncExternalStore } from 'react';

const kept = 'person';
const listeners = new Set<() => void>();
let current = window.localStorage.getItem(kept) ?? '';

export function setPerson(name: string): void {
  current = name;
  if (name.trim() === '') window.localStorage.removeItem(kept);
  else window.localStorage.setItem(kept, name);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** As it was typed; empty while none is set. */
export const usePerson = (): string => useSyncExternalStore(subscribe, () => current);
