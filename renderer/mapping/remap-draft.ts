// The mappings of imports that are being corrected, kept outside the screens, so that looking something up elsewhere
// loses nothing; and how the address names them.

import { useSyncExternalStore } from 'react';
import { go } from '../address/use-address.ts';
import type { Draft } from '../sources/intake.ts';

let drafts: ReadonlyMap<number, Draft> = new Map();
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Keeps what a person changed of an import's mapping; null forgets it. */
export function keepDraft(importId: number, draft: Draft | null): void {
  const next = new Map(drafts);
  if (draft === null) next.delete(importId);
  else next.set(importId, draft);
  drafts = next;
  for (const listener of listeners) listener();
}

/** What was changed of an import's mapping so far. */
export const useDraft = (importId: number): Draft | undefined =>
  useSyncExternalStore(subscribe, () => drafts).get(importId);

/** For another workspace, whose imports are others. */
export function forgetDrafts(): void {
  drafts = new Map();
}

/** The import that an address of the mapping screen names; null where it names a chosen file. */
export function importOf(map: string): number | null {
  const found = /^import-([1-9]\d{0,8})$/.exec(map);
  return found ? Number(found[1]) : null;
}

/** Opens the mapping of an import, to correct it. */
export const correctMapping = (importId: number): void =>
  go({ screen: 'sources', map: `import-${importId}` });
