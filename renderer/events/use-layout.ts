// The columns as this computer last had them: one for all workspaces, kept where the width of the detail is kept.

import { useSyncExternalStore } from 'react';
import { type Layout, readLayout, usualLayout } from './column-layout.ts';
import { columns } from './columns.tsx';

const kept = 'event-columns';
const listeners = new Set<() => void>();
let current: Layout = start();

function start(): Layout {
  try {
    return (
      readLayout(JSON.parse(window.localStorage.getItem(kept) ?? 'null'), columns) ?? usualLayout(columns)
    );
  } catch {
    return usualLayout(columns);
  }
}

export function setLayout(layout: Layout): void {
  if (layout === current) return;
  current = layout;
  window.localStorage.setItem(kept, JSON.stringify(layout));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const layoutNow = (): Layout => current;
export const useLayout = (): Layout => useSyncExternalStore(subscribe, layoutNow);
