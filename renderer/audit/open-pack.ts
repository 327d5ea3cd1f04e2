// The pack that is open without its workspace, and the request list beside it: grants, for as long as the window is open.
// They belong to no workspace, and stay when another one is opened.

import { useSyncExternalStore } from 'react';
import type { Grant } from '#preload/desktop-api.ts';
import { go } from '../address/use-address.ts';
import { queries } from '../engine/engine.ts';
import { startJob } from '../engine/jobs.ts';

/** Where a request list is: a file that was chosen, or one by its name in a chosen folder. */
export type ListPlace = { grant: string; name: string | null };
/** `label` is the file's name, for people. */
export type OpenList = ListPlace & { label: string };
export type OpenPack = {
  pack: Grant | null;
  list: OpenList | null;
  /** The list that was open before: the present one must go on from it. */
  earlier: OpenList | null;
  /** A key was made for what was said, and lasts only until Exhibit ends. */
  isFleeting: boolean;
};

let current: OpenPack = { pack: null, list: null, earlier: null, isFleeting: false };
const listeners = new Set<() => void>();

function settle(next: OpenPack): void {
  current = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useOpenPack = (): OpenPack => useSyncExternalStore(subscribe, () => current);

/** Goes to where a pack is chosen. */
export const showDoors = (): void => go({ screen: 'audit', by: 'open' });

/** Asks for a pack in the system's dialog, opens it and begins to verify it; nothing changes when that is closed. */
export async function choosePack(kind: Grant['kind']): Promise<void> {
  const grant =
    kind === 'folder'
      ? await window.exhibit.chooseFolder('evidence')
      : (await window.exhibit.chooseFiles('evidence'))[0];
  if (!grant) return;
  settle({ ...current, pack: grant, list: null, earlier: null });
  go({ screen: 'audit', by: null });
  verifyOpened(grant, null);
}

/** Verifies the pack as a stranger would; `known` is a public key that the auditor has from elsewhere. */
export const verifyOpened = ({ id, name }: Grant, known: string | null): void =>
  void startJob('audit.verify', { pack: id, known }, name);

/** A list that begins or was opened; the one that was open before is what it must go on from. */
export function takeList(list: OpenList, begins: boolean): void {
  settle({ ...current, list, earlier: begins ? null : current.list });
  void queries.invalidateQueries({ queryKey: ['requests.read'] });
}

export const noteFleeting = (): void => settle({ ...current, isFleeting: true });

/** Asks for the file of a request list; null when the dialog was closed. */
export async function chooseList(): Promise<OpenList | null> {
  const [grant] = await window.exhibit.chooseFiles('requests');
  return grant ? { grant: grant.id, name: null, label: grant.name } : null;
}
