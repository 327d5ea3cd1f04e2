// Syncing by itself while the window is open: how often is remembered on this computer for each workspace. What runs is a
// job like any other, in sight and with its cancel.

import { useEffect, useSyncExternalStore } from 'react';
import { ask, askAgain, useAnswer } from '../engine/engine.ts';
import { isRunning, startJob } from '../engine/jobs.ts';
import { isDue } from './sync-due.ts';

/** The choices; 0 is never. */
export const intervals = [
  { hours: 0, words: 'Sync by hand' },
  { hours: 1, words: 'Sync every hour' },
  { hours: 6, words: 'Sync every 6 hours' },
  { hours: 24, words: 'Sync once a day' },
] as const;

const minute = 60_000;
/** After waking up a computer needs a while until its network is there. */
const afterWaking = 10_000; // ms
/** When a folder's sources were last tried, by performance.now(); what fails is not tried each minute. */
const tried = new Map<string, number>();
const listeners = new Set<() => void>();
let folder = '';

const keyOf = () => `sync-every:${folder}`;
const read = (): number => Number(localStorage.getItem(keyOf()) ?? 0);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Hours between syncs of the open workspace; 0 for none. */
export const useInterval = (): number => useSyncExternalStore(subscribe, read);

export function chooseInterval(hours: number): void {
  localStorage.setItem(keyOf(), String(hours));
  for (const listener of listeners) listener();
}

/** Keeps the schedule for as long as the window shows a workspace. */
export function useSyncSchedule(): void {
  const summary = useAnswer('workspace.summary', {});
  const name = summary.data?.folder ?? '';
  useEffect(() => {
    folder = name;
    for (const listener of listeners) listener();
    if (name === '') return;
    const timer = setInterval(() => void syncIfDue(), minute);
    let soon: number | undefined;
    const stop = window.exhibit.onWake(() => {
      tried.delete(name);
      window.clearTimeout(soon);
      soon = window.setTimeout(() => void syncIfDue(), afterWaking);
    });
    return () => {
      stop();
      clearInterval(timer);
      window.clearTimeout(soon);
    };
  }, [name]);
}

/** Syncs when the connection that was synced longest ago is due; says quietly what it brought. */
async function syncIfDue(): Promise<void> {
  const hours = read();
  if (hours === 0 || isRunning('imports.sync')) return;
  const { isForbidden, connections } = await ask('connections.list', {});
  if (isForbidden) return;
  const due = connections.filter(({ lastSync }) => isDue(lastSync, hours, Date.now()));
  const before = tried.get(folder) ?? Number.NEGATIVE_INFINITY;
  if (due.length === 0 || performance.now() - before < hours * 60 * minute) return;
  tried.set(folder, performance.now());
  const names = due.map((one) => one.name);
  await startJob('imports.sync', { names }, names.join(', '), (reports) => {
    void askAgain();
    const failed = reports.find(({ error }) => error !== null);
    const events = reports.reduce((sum, { imported }) => sum + imported, 0);
    if (failed) window.exhibit.notify(`${failed.connection} was not synced`, failed.error?.message ?? '');
    else if (events > 0) window.exhibit.notify('Sources synced', `${events} new events.`);
  });
}
