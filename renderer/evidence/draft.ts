// What the officer has typed for the next pack. Kept while the window lives, so that looking at the events in
// between loses nothing. The period is not in here: it is the window's own.

import { useSyncExternalStore } from 'react';
import type { Framework } from '#core/model.ts';
import type { Grant } from '#preload/desktop-api.ts';

export type Draft = {
  framework: Framework;
  /** Only the events that match the filter of the Events screen. */
  filtered: boolean;
  organisation: string;
  preparedBy: string;
  /** As typed; empty is no sample. */
  sample: string;
  seed: string;
  into: Grant | null;
};

let draft: Draft = {
  framework: 'iso27001',
  filtered: false,
  organisation: '',
  preparedBy: '',
  sample: '',
  seed: '',
  into: null,
};
const listeners = new Set<() => void>();

export function changeDraft(change: Partial<Draft>): void {
  draft = { ...draft, ...change };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useDraft = (): Draft => useSyncExternalStore(subscribe, () => draft);

/** What is still missing or wrong, by field, in words; empty when a pack can be made of it. */
export function problemsOf(
  draft: Draft,
  from: string | null,
  to: string | null,
): Partial<Record<string, string>> {
  const problems: Partial<Record<string, string>> = {};
  if (from === null || to === null)
    problems.period = 'Set both dates: an evidence pack is always about a period.';
  else if (from > to) problems.period = 'The first day is after the last one. Change one of them.';
  const sample = draft.sample.trim();
  if (sample !== '' && !(/^\d+$/.test(sample) && Number(sample) >= 1 && Number(sample) <= 100_000))
    problems.sample = 'A whole number from 1 to 100,000, or nothing.';
  if (sample !== '' && draft.seed.trim() === '')
    problems.seed = 'A sample needs a seed. Take one the auditor names.';
  if (sample === '' && draft.seed.trim() !== '')
    problems.sample = 'A seed needs a sample size. Set it, or clear the seed.';
  if (draft.into === null) problems.into = 'Choose the folder that receives the pack.';
  return problems;
}
