// How a pack's sample is asked for: the method, the size and where it comes from, what is tested. Read by the page, the
// command line and the engine alike.

import { AppError } from './errors.ts';
import type { Category } from './model.ts';

export const samplingMethods = ['random', 'stratified', 'systematic', 'judgemental'] as const;
export type SamplingMethod = (typeof samplingMethods)[number];

/** What a stratum is made of. `month` is the calendar month in UTC, so that any program finds it in the time. */
export const stratumKeys = ['category', 'actorType', 'source', 'month', 'action', 'outcome'] as const;
export type StratumKey = (typeof stratumKeys)[number];

/** fixed: so many rows of each stratum; proportional: so many in all, shared out by the strata's rows. */
export const allocations = ['fixed', 'proportional'] as const;
export type Allocation = (typeof allocations)[number];

/** Where a size comes from. Percentages are whole numbers from 1 to 99. */
export type SizeBasis =
  | { kind: 'given'; words: string }
  | { kind: 'formula'; confidence: number; tolerable: number }
  | { kind: 'frequency'; frequency: string; least: number; most: number };

/** An event named by a person, and why. */
export type NamedEvent = { uid: string; reason: string };

export type SampleRequest = {
  method: SamplingMethod;
  /** Ranks the rows; empty for a judgemental sample, which has no chance in it. */
  seed: string;
  /** Rows in all, or of each stratum where the allocation is fixed; 0 for a judgemental sample. */
  size: number;
  basis: SizeBasis;
  /** Both null unless the method is stratified. */
  strata: StratumKey | null;
  allocation: Allocation | null;
  /** The sampled population: these categories of P-00, or all of it when empty. */
  categories: Category[];
  /** The rows of a judgemental sample, in the officer's order. */
  chosen: NamedEvent[];
  /** Drawn rows that could not be tested, in the order in which that was found; the next in rank takes the place. */
  replacements: NamedEvent[];
  /** What is tested on each row, attribute A first. */
  attributes: string[];
};

export const mostRows = 100_000;
/** More samples than this in one pack are a mistake of a program. */
export const mostSamples = 50;

/** `S-01` for the first of a pack's samples, index 0. */
export function sampleId(at: number): string {
  return `S-${String(at + 1).padStart(2, '0')}`;
}

/**
 * Rows of an attribute sample in which no deviation is expected: n = ceil(ln(1 − confidence) / ln(1 − tolerable)),
 * the smallest n for which a population that deviates as often as tolerable would show no deviation with at most the
 * risk left. Both are percentages between 0 and 100.
 */
export function attributeSize(confidence: number, tolerable: number): number {
  const size = Math.log(1 - confidence / 100) / Math.log(1 - tolerable / 100);
  // 99 % and 90 % give 2 but for the last bit of the logarithm.
  return Math.ceil(size - 1e-9);
}

/** Checks all samples of a pack. Throws AppError('usage') as checkSampling does, naming which of several it is about. */
export function checkSamples(samples: readonly SampleRequest[]): void {
  for (const [at, sampling] of samples.entries()) {
    try {
      checkSampling(sampling);
    } catch (error) {
      if (samples.length === 1 || !(error instanceof AppError)) throw error;
      throw new AppError(error.code, `${sampleId(at)}: ${error.message}`);
    }
  }
}

/** Throws AppError('usage') naming what a sample lacks or what does not go together. */
export function checkSampling(sampling: SampleRequest): void {
  const { method, seed, size, strata, allocation, chosen, replacements, basis } = sampling;
  const refuse = (sentence: string) => {
    throw new AppError('usage', sentence);
  };
  if (method === 'judgemental') {
    if (chosen.length === 0)
      refuse('A judgemental sample names its events. Name at least one, with a reason.');
    if (replacements.length > 0)
      refuse('A judgemental sample has no ranks to replace from. Name another event instead.');
    refuseTwice(chosen, 'A judgemental sample');
    const silent = chosen.find(({ reason }) => reason.trim() === '');
    if (silent)
      refuse(`Say why the event ${silent.uid} was chosen: each event of a judgemental sample has a reason.`);
    return;
  }
  if (seed === '' || size < 1) refuse('A sample needs both a seed and a size. Give both, or neither.');
  if (size > mostRows) refuse(`A sample has at most ${mostRows.toLocaleString('en-US')} rows.`);
  if (chosen.length > 0)
    refuse('Events are named for a judgemental sample alone. Choose that method, or name none.');
  if ((method === 'stratified') !== (strata !== null) || (strata === null) !== (allocation === null))
    refuse(
      'A stratified sample says what its strata are and how the rows are shared out; no other one does.',
    );
  if (basis.kind === 'formula' && attributeSize(basis.confidence, basis.tolerable) !== size)
    refuse(
      `The attribute formula gives ${attributeSize(basis.confidence, basis.tolerable)} rows, not ${size}. Take that size, or say that it is your own.`,
    );
  refuseTwice(replacements, 'The list of replacements');
  const silent = replacements.find(({ reason }) => reason.trim() === '');
  if (silent) refuse(`Say why the event ${silent.uid} could not be tested: each replacement has a reason.`);
}

function refuseTwice(named: readonly NamedEvent[], list: string): void {
  const uids = named.map(({ uid }) => uid);
  const twice = uids.find((uid, at) => uids.indexOf(uid) !== at);
  if (twice !== undefined)
    throw new AppError('usage', `${list} names the event ${twice} twice. Name it once.`);
}

/** Where the size comes from, for a reader. */
export function basisWords(basis: SizeBasis, size: number): string {
  switch (basis.kind) {
    case 'given':
      return basis.words || 'given by the officer';
    case 'formula':
      return `attribute formula without expected deviation: ${basis.confidence} % confidence, ${basis.tolerable} % tolerable: n = ceil(ln(1 − ${basis.confidence / 100}) / ln(1 − ${basis.tolerable / 100})) = ${size}`;
    case 'frequency':
      return `table of sizes by frequency: ${basis.frequency}, ${basis.least === basis.most ? basis.least : `${basis.least} to ${basis.most}`} rows`;
  }
}

/** `A`, `B` … `Z`, `AA` … for attribute 0, 1 …. */
export function attributeLetter(at: number): string {
  return (at >= 26 ? attributeLetter(Math.floor(at / 26) - 1) : '') + String.fromCharCode(65 + (at % 26));
}

/** The attributes as headings: those that were named, or three without a name to fill in by hand. */
export function attributeHeadings({ attributes }: Pick<SampleRequest, 'attributes'>): string[] {
  if (attributes.length === 0) return ['A', 'B', 'C'].map((letter) => `Attribute ${letter}`);
  return attributes.map((name, at) => `${attributeLetter(at)}: ${name}`);
}
