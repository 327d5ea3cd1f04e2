// Syncing by itself while the window is open: how often is remembered on this computer for each workspace. What runs is a
// job like any other, in sight and with its cancel.

import { useEffect, useSyncExternalStore } from 'react';
import type { SyncReport } from '#core/sync-model.ts';
import { ask, askAgain, useAnswer } from '../engine/engine.ts';
import { isRunning, startJob } from '../engine/jobs.ts';
import { dueNow, newsOf } from './sync-due.ts';

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
/** When the connections of this workspace were last tried, by performance.now(); what fails is not tried each minute. */
const tried = new Map<string, number>();
/** Those whose failure was said. */
let failing: ReadonlySet<string> = new Set();
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
    tried.clear();
    failing = new Set();
    for (const listener of listeners) listener();
    if (name === '') return;
    const timer = setInterval(() => void syncIfDue(), minute);
    let soon: number | undefined;
    const stop = window.exhibit.onWake(() => {
      tried.clear();
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

/** Syncs the connections that are due; says quietly what it brought, and of one that fails only the first time. */
async function syncIfDue(): Promise<void> {
  const hours = read();
  if (hours === 0 || isRunning('imports.sync')) return;
  const names = dueNow(await ask('connections.list', {}), hours, tried, {
    day: Date.now(),
    running: performance.now(),
  });
  if (names.length === 0 || isRunning('imports.sync')) return;
  for (const name of names) tried.set(name, performance.now());
  await startJob('imports.sync', { names }, names.join(', '), tell, { isQuiet: true });
}

function tell(reports: SyncReport[]): void {
  void askAgain();
  const news = newsOf(reports, failing);
  failing = news.failing;
  if (news.say) window.exhibit.notify(news.say.title, news.say.body);
}
