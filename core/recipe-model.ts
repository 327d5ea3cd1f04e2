// Recipes that are used again: what is kept of one, the same for the next period, and what differs between two, in words.

import { AppError } from './errors.ts';
import type { Category, PackRequest } from './model.ts';
import { basisWords, type SampleRequest, sampleId } from './sampling-model.ts';
import { describeSection } from './section-model.ts';

/** What a pack was asked for, under a name. */
export type SavedRecipe = { name: string; request: PackRequest; at: string; account: string };

/** A pack that was made, as the activity log tells it. Figures are null for packs of earlier versions of Exhibit. */
export type MadePack = {
  packId: string;
  at: string;
  account: string;
  request: PackRequest;
  /** Path of its folder when it was made. */
  folder: string | null;
  events: number | null;
  sampled: number | null;
  /** Root of all events of the pack. */
  root: string | null;
  categories: { category: Category; rows: number }[];
  /** The n-th of all packs of the same framework, period and filter. */
  version: number;
  versions: number;
};

/** What differs between two requests: `before` and `after` are what each says. */
export type Difference = { what: string; before: string; after: string };

/**
 * The same request for the period that follows. What belongs to one period alone is left out: conclusions, rows named for
 * a sample, its seed. Throws AppError('usage') for a period that is not made of whole days.
 */
export function nextRequest(request: PackRequest): PackRequest {
  return {
    ...request,
    ...nextPeriod(request),
    conclusions: [],
    samples: request.samples
      .filter(({ method }) => method !== 'judgemental')
      .map((sampling) => ({ ...sampling, seed: '', replacements: [], chosen: [] })),
  };
}

const dayMs = 86_400_000;

/** Whole months are followed by as many whole months, other periods by as many days. */
export function nextPeriod({ from, to }: { from: string; to: string }): { from: string; to: string } {
  const [first, last] = [from, to].map((day) =>
    /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN,
  ) as [number, number];
  if (Number.isNaN(first) || Number.isNaN(last) || first > last)
    throw new AppError('usage', 'Only a period of whole days has a next one. Name the dates.');
  const begin = new Date(last + dayMs);
  const isMonths = from.endsWith('-01') && begin.getUTCDate() === 1;
  const start = new Date(first);
  const months =
    (begin.getUTCFullYear() - start.getUTCFullYear()) * 12 + begin.getUTCMonth() - start.getUTCMonth();
  const end = isMonths
    ? Date.UTC(begin.getUTCFullYear(), begin.getUTCMonth() + months, 0)
    : last + (last - first + dayMs);
  return { from: dayOf(begin.getTime()), to: dayOf(end) };
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** What differs between two requests, in the order in which a pack is asked for; empty when nothing does. */
export function differencesOf(before: PackRequest, after: PackRequest): Difference[] {
  const [old, now] = [describeRequest(before), describeRequest(after)];
  const [was, is] = [new Map(old), new Map(now)];
  const longer = now.length < old.length ? old : now;
  return longer.flatMap(([what]) => {
    const [words, other] = [was.get(what) ?? 'none', is.get(what) ?? 'none'];
    return words === other ? [] : [{ what, before: words, after: other }];
  });
}

/** A request in words: the same lines in the same order for as many samples. */
export function describeRequest(request: PackRequest): [string, string][] {
  const { samples, redaction } = request;
  return [
    ['Framework', request.framework],
    ['Period', `${request.from} to ${request.to}`],
    ['Zone', request.zone],
    ['Filter', request.filter || 'none'],
    ['Controls', request.controls.join(', ') || 'all of the map'],
    ['Organisation', request.organisation || 'not stated'],
    ['Prepared by', request.preparedBy || 'not stated'],
    ['Sections left out', request.leftOut.map(describeSection).join('; ') || 'none'],
    ['Samples', samples.length === 0 ? 'none' : String(samples.length)],
    ...samples.flatMap(describeSample),
    [
      'Redaction',
      redaction === null
        ? 'none'
        : `everybody but ${[...redaction.people, ...redaction.categories.map((key) => `who acts in ${key}`)].join(', ') || 'nobody'}${redaction.also.length === 0 ? '' : `; ${redaction.also.length} further names`}`,
    ],
    [
      'Conclusions',
      request.conclusions.map(({ control, words }) => `${control}: ${words}`).join(' | ') || 'none',
    ],
  ];
}

function describeSample(sampling: SampleRequest, at: number): [string, string][] {
  const id = sampleId(at);
  return [
    [`${id} drawn`, samplingWords(sampling)],
    [`${id} size`, basisWords(sampling.basis, sampling.size)],
    [`${id} seed`, sampling.seed || 'none'],
    [`${id} categories`, sampling.categories.join(', ') || 'all'],
    [`${id} attributes`, sampling.attributes.join('; ') || 'not named'],
    [`${id} named rows`, list(sampling.chosen)],
    [`${id} replaced rows`, list(sampling.replacements)],
  ];
}

function samplingWords({ method, size, strata, allocation }: SampleRequest): string {
  if (method === 'judgemental') return method;
  if (strata === null) return `${method}, ${size} rows`;
  return `${method} by ${strata}, ${allocation === 'fixed' ? `${size} rows of each` : `${size} rows in proportion`}`;
}

const list = (named: readonly { uid: string; reason: string }[]): string =>
  named.map(({ uid, reason }) => `${uid} (${reason})`).join(', ') || 'none';
