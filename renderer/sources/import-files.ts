// The ways in for exports: dropped on the window, or chosen in a dialog. Nothing is imported before it is confirmed.

import { useSyncExternalStore } from 'react';
import type { Grant } from '#preload/desktop-api.ts';
import { go } from '../address/use-address.ts';
import { formatCounted } from '../words/numbers.ts';
import { takeIn } from './intake.ts';

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

export async function importDropped(files: File[]): Promise<void> {
  const grants = await window.exhibit.grantFiles(files);
  await importGranted(grants, files.length - grants.length);
}

/** Offers what was dropped on the window or its icon, or opened with Exhibit; `lost` of it are not there or no files. */
export async function importGranted(grants: Grant[], lost: number): Promise<void> {
  say(
    lost === 0
      ? ''
      : `${formatCounted(lost, 'thing was', 'things were')} left out: only files and folders of this computer can be imported.`,
  );
  if (grants.length === 0) go({ screen: 'sources', import: null });
  await takeIn(grants);
}

export async function importChosen(): Promise<void> {
  say('');
  await takeIn(await window.exhibit.chooseFiles('import'));
}

export async function importFolder(): Promise<void> {
  say('');
  const folder = await window.exhibit.chooseFolder('import');
  if (folder) await takeIn([folder]);
}
