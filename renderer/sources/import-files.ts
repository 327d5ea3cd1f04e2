// Files on their way into the log: one job for each, so that each has its own progress, cancel and report.

import { useSyncExternalStore } from 'react';
import type { Grant } from '#preload/desktop-api.ts';
import { go } from '../address/use-address.ts';
import { askAgain } from '../engine/engine.ts';
import { startJob } from '../engine/jobs.ts';
import { formatCounted } from '../words/numbers.ts';

let leftOut = '';
const listeners = new Set<() => void>();

function say(words: string): void {
  leftOut = words;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What of the last drop was not taken, in words; empty when all was. */
export const useLeftOut = (): string => useSyncExternalStore(subscribe, () => leftOut);

export function importFiles(grants: Grant[]): void {
  if (grants.length === 0) return;
  go({ screen: 'sources', import: null });
  for (const { id, name } of grants) {
    const input = { grants: [id], source: null, preset: null, zone: null };
    void startJob('imports.run', input, name, () => void askAgain());
  }
}

export async function importDropped(files: File[]): Promise<void> {
  const grants = (await window.exhibit.grantFiles(files)).filter((grant) => grant.kind === 'file');
  const lost = files.length - grants.length;
  say(
    lost === 0
      ? ''
      : `${formatCounted(lost, 'dropped thing was', 'dropped things were')} left out: only files of this computer can be imported. For a folder, choose the files inside it.`,
  );
  if (grants.length === 0) go({ screen: 'sources', import: null });
  importFiles(grants);
}

export async function importChosen(): Promise<void> {
  say('');
  importFiles(await window.exhibit.chooseFiles());
}
