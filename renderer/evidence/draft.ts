// What the officer has typed for the next pack. Kept while the window lives, so that looking at the events in
// between loses nothing. The period is not in here: it is the window's own.

import { useSyncExternalStore } from 'react';
import type { Category, Framework, PackRequest } from '#core/model.ts';
import type { Allocation, NamedEvent, SampleRequest, SizeBasis, StratumKey } from '#core/sampling-model.ts';
import type { PackSection } from '#core/section-model.ts';
import type { Grant } from '#preload/desktop-api.ts';

/** One sample as it is typed. */
export type SampleDraft = {
  /** Tells the samples of a draft apart while some are removed. */
  key: number;
  method: SampleRequest['method'];
  /** As typed. */
  size: string;
  basis: SizeBasis;
  strata: StratumKey;
  allocation: Allocation;
  categories: Category[];
  seed: string;
  attributes: string;
  /** A line each: an event's id, then why. */
  chosen: string;
  replaced: string;
};

export type Draft = {
  framework: Framework;
  /** Only the events that match the filter of the Events screen. */
  filtered: boolean;
  /** Ids of the chosen controls; none is all. */
  controls: string[];
  organisation: string;
  preparedBy: string;
  /** Optional sections that are not wanted. */
  leftOut: PackSection[];
  samples: SampleDraft[];
  /** Conclusions by control. */
  conclusions: Record<string, string>;
  redact: boolean;
  kept: string;
  keptCategories: Category[];
  also: string;
  slaDays: string;
  into: Grant | null;
};

export const ownSize: SizeBasis = { kind: 'given', words: '' };

/** Before anybody has typed anything. */
export const emptyDraft: Draft = {
  framework: 'iso27001',
  filtered: false,
  controls: [],
  organisation: '',
  preparedBy: '',
  leftOut: [],
  samples: [],
  conclusions: {},
  redact: false,
  kept: '',
  keptCategories: [],
  also: '',
  slaDays: '',
  into: null,
};
let draft: Draft = emptyDraft;
const listeners = new Set<() => void>();

export function changeDraft(change: Partial<Draft>): void {
  draft = { ...draft, ...change };
  for (const listener of listeners) listener();
}

let lastKey = 0;

const newSample = (): SampleDraft => ({
  key: ++lastKey,
  method: 'random',
  size: '',
  basis: ownSize,
  strata: 'category',
  allocation: 'fixed',
  categories: [],
  seed: '',
  attributes: '',
  chosen: '',
  replaced: '',
});

/** One more sample at the end, as nobody has typed anything. */
export function addSample(): void {
  changeDraft({ samples: [...draft.samples, newSample()] });
}

export function changeSample(key: number, change: Partial<SampleDraft>): void {
  changeDraft({ samples: draft.samples.map((one) => (one.key === key ? { ...one, ...change } : one)) });
}

export function removeSample(key: number): void {
  changeDraft({ samples: draft.samples.filter((one) => one.key !== key) });
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useDraft = (): Draft => useSyncExternalStore(subscribe, () => draft);

export const steps = ['scope', 'controls', 'populations', 'sampling', 'people', 'create'] as const;
export type Step = (typeof steps)[number];
/** A field of the draft, or of the sample with that key. */
export type Field = 'period' | 'slaDays' | 'into' | `${'size' | 'seed' | 'chosen'} ${number}`;
export type Problems = Partial<Record<Field, string>>;

/** Which step asks for what a problem is about. */
export function stepOf(field: Field): Step {
  if (field === 'period') return 'scope';
  if (field === 'slaDays') return 'people';
  return field === 'into' ? 'create' : 'sampling';
}

/** What is still missing or wrong, by field, in words; empty when a pack can be made of it. */
export function problemsOf(one: Draft, from: string | null, to: string | null): Problems {
  const problems: Problems = {};
  if (from === null || to === null)
    problems.period = 'Set both dates: an evidence pack is always about a period.';
  else if (from > to) problems.period = 'The first day is after the last one. Change one of them.';
  for (const sample of one.samples) Object.assign(problems, problemsOfSample(sample));
  if (one.slaDays.trim() !== '' && !/^\d{1,4}$/.test(one.slaDays.trim()))
    problems.slaDays = 'A whole number of days, or nothing for that of the settings.';
  if (one.into === null) problems.into = 'Choose the folder that receives the pack.';
  return problems;
}

function problemsOfSample({ key, method, chosen, size, seed, replaced }: SampleDraft): Problems {
  const problems: Problems = {};
  if (method === 'judgemental') {
    const named = readNamed(chosen);
    if (named.length === 0)
      problems[`chosen ${key}`] = 'Name at least one event, a line each: its id, then why.';
    else if (named.some(({ reason }) => reason === ''))
      problems[`chosen ${key}`] = 'Say why behind each id: every event of a judgemental sample has a reason.';
    return problems;
  }
  if (!(/^\d+$/.test(size.trim()) && Number(size) >= 1 && Number(size) <= 100_000))
    problems[`size ${key}`] = 'A sample needs its size: a whole number from 1 to 100,000.';
  if (seed.trim() === '') problems[`seed ${key}`] = 'A sample needs a seed. Take one the auditor names.';
  if (readNamed(replaced).some(({ reason }) => reason === ''))
    problems[`chosen ${key}`] = 'Say why behind each replaced id.';
  return problems;
}

/** `uid reason` lines. */
export function readNamed(text: string): NamedEvent[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [uid = '', ...words] = line.split(/[\s,;]+/);
      return { uid, reason: words.join(' ') };
    });
}

const listOf = (text: string): string[] =>
  text
    .split(/[\n;]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');

type Chosen = { from: string; to: string; zone: string; filter: string };

/** The request that the draft is, for a period. */
export function requestOf(one: Draft, { from, to, zone, filter }: Chosen): PackRequest {
  return {
    framework: one.framework,
    ...{ from, to, zone },
    filter: one.filtered ? filter : '',
    organisation: one.organisation.trim(),
    preparedBy: one.preparedBy.trim(),
    leftOut: one.leftOut,
    samples: one.samples.map(samplingOf),
    controls: one.controls,
    conclusions: Object.entries(one.conclusions)
      .map(([control, words]) => ({ control, words: words.trim() }))
      .filter(({ words }) => words !== ''),
    redaction: one.redact
      ? { people: listOf(one.kept), categories: one.keptCategories, also: listOf(one.also) }
      : null,
  };
}

function samplingOf(one: SampleDraft): SampleRequest {
  const isNamed = one.method === 'judgemental';
  const isStratified = one.method === 'stratified';
  return {
    method: one.method,
    seed: isNamed ? '' : one.seed.trim(),
    size: isNamed ? 0 : Number(one.size),
    basis: isNamed ? ownSize : one.basis,
    strata: isStratified ? one.strata : null,
    allocation: isStratified ? one.allocation : null,
    categories: one.categories,
    chosen: isNamed ? readNamed(one.chosen) : [],
    replacements: isNamed ? [] : readNamed(one.replaced),
    attributes: listOf(one.attributes),
  };
}

/** Takes a recipe over into the draft; period, zone and filter are the window's. */
export function takeRequest(request: PackRequest): void {
  const { samples, redaction } = request;
  const lines = (named: readonly NamedEvent[]) =>
    named.map(({ uid, reason }) => `${uid} ${reason}`).join('\n');
  changeDraft({
    framework: request.framework,
    filtered: request.filter !== '',
    controls: [...request.controls],
    organisation: request.organisation,
    preparedBy: request.preparedBy,
    leftOut: [...request.leftOut],
    samples: samples.map((sampling) => ({
      ...newSample(),
      method: sampling.method,
      size: sampling.size > 0 ? String(sampling.size) : '',
      basis: sampling.basis,
      strata: sampling.strata ?? 'category',
      allocation: sampling.allocation ?? 'fixed',
      categories: [...sampling.categories],
      seed: sampling.seed,
      attributes: sampling.attributes.join('\n'),
      chosen: lines(sampling.chosen),
      replaced: lines(sampling.replacements),
    })),
    conclusions: Object.fromEntries(request.conclusions.map(({ control, words }) => [control, words])),
    redact: redaction !== null,
    kept: redaction?.people.join('\n') ?? '',
    keptCategories: redaction ? [...redaction.categories] : [],
    also: redaction?.also.join('\n') ?? '',
  });
}
