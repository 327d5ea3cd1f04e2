// Long work of this window: what runs, how far it is, what came of it. Kept outside the screens, so that leaving
// one neither stops the work nor loses its result. The engine itself decides what runs side by side.

import { useSyncExternalStore } from 'react';
import type { Input, NamesOfKind, Output } from '#core/contract.ts';
import type { ErrorShape } from '#core/errors.ts';
import type { Progress } from '#core/model.ts';
import { errorOf } from '../words/errors.ts';
import { jobName } from '../words/progress.ts';
import { connection, queries } from './engine.ts';
import { createRate } from './rate.ts';

export type JobName = NamesOfKind<'job'>;
export type Job<N extends JobName = JobName> = {
  id: number;
  name: N;
  /** What it works on, for people: a file's name. Empty when the name of the job says it. */
  about: string;
  input: Input<N>;
  state: 'running' | 'done' | 'failed' | 'cancelled';
  /** Cancel was pressed; it is `cancelled` when the work has really stopped. */
  stopping: boolean;
  progress: Progress | null;
  /** Units of the progress per second; null while unknown. */
  rate: number | null;
  result: Output<N> | null;
  error: ErrorShape | null;
  /** Times of day, for people; ms since 1970. */
  startedAt: number;
  endedAt: number | null;
  /** The same by performance.now(): what is compared and measured, whatever happens to the computer's clock. */
  began: number;
  ended: number | null;
};

/** ms after which the end of work is worth a notification. */
const longWork = 5000;
let jobs: readonly Job[] = [];
let nextId = 1;
const stops = new Map<number, AbortController>();
const listeners = new Set<() => void>();

function update(id: number, change: Partial<Job>): void {
  jobs = jobs.map((job) => (job.id === id ? ({ ...job, ...change } as Job) : job));
  for (const listener of listeners) listener();
}

const now = () => ({ endedAt: Date.now(), ended: performance.now() });

/** How long it took or has taken so far, in ms. */
export const tookOf = ({ began, ended }: Pick<Job, 'began' | 'ended'>): number =>
  (ended ?? performance.now()) - began;

/**
 * Starts long work; settles when it has ended, whatever way: with null, or with why it has no result. `onDone` only when it
 * has one. `isQuiet`: who started it says what is to be said of its end.
 */
export async function startJob<N extends JobName>(
  name: N,
  input: Input<N>,
  about: string,
  onDone?: (result: Output<N>) => void,
  { isQuiet = false } = {},
): Promise<ErrorShape | null> {
  const id = nextId++;
  const stop = new AbortController();
  stops.set(id, stop);
  const started: Job<N> = {
    id,
    name,
    about,
    input,
    state: 'running',
    stopping: false,
    progress: null,
    rate: null,
    result: null,
    error: null,
    startedAt: Date.now(),
    endedAt: null,
    began: performance.now(),
    ended: null,
  };
  jobs = [...jobs, started as unknown as Job];
  update(id, {});
  const rateOf = createRate();
  try {
    const client = await connection.client();
    const result = await client.run(name, input, {
      signal: stop.signal,
      onProgress: (progress) => update(id, { progress, rate: rateOf(progress, performance.now()) }),
    });
    update(id, { state: 'done', result, ...now() });
    void queries.invalidateQueries({ queryKey: ['activity.latest'] });
    onDone?.(result);
    return null;
  } catch (thrown) {
    const error = errorOf(thrown);
    update(id, { state: error.code === 'cancelled' ? 'cancelled' : 'failed', error, ...now() });
    return error;
  } finally {
    stops.delete(id);
    if (!isQuiet) tellEnd(id);
  }
}

/** Who looks at something else meanwhile is told when long work has ended. */
function tellEnd(id: number): void {
  const job = jobs.find((one) => one.id === id);
  if (!job?.ended || tookOf(job) < longWork || job.state === 'cancelled') return;
  window.exhibit.notify(
    jobName(job),
    job.state === 'done' ? 'It is done.' : `It failed. ${job.error?.message ?? ''}`,
  );
}

export function cancelJob(id: number): void {
  update(id, { stopping: true });
  stops.get(id)?.abort();
}

/** Takes ended work off the screen; its results in the log stay. */
export function forgetJobs(which: (job: Job) => boolean): void {
  jobs = jobs.filter((job) => job.state === 'running' || !which(job));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useJobs(): readonly Job[] {
  return useSyncExternalStore(subscribe, () => jobs);
}

/** Whether work is under way; of this name where one is given. */
export const isRunning = (name?: JobName): boolean =>
  jobs.some((job) => job.state === 'running' && (name === undefined || job.name === name));

export const isJob = <N extends JobName>(job: Job, name: N): job is Job<N> & Job => job.name === name;
