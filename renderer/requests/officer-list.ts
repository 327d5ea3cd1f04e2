// The request list that the officer has open, for as long as the window shows this workspace.

import { useSyncExternalStore } from 'react';
import type { OpenList } from '../audit/open-pack.ts';

let opened: OpenList | null = null;
const listeners = new Set<() => void>();

export function openOfficerList(list: OpenList | null): void {
  opened = list;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useOfficerList = (): OpenList | null => useSyncExternalStore(subscribe, () => opened);
/** Another workspace has other packs. */
export const forgetRequests = (): void => openOfficerList(null);
