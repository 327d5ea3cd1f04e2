// The rules by which a sample follows from its population and seed, as section 6 of the report publishes them. Pure:
// what draws and what a reader is told are the same functions.

import { hash } from 'node:crypto';
import type { SampleRequest, StratumKey } from '#core/sampling-model.ts';

/** The rank of one row, 64 hex digits. */
export function sampleScore(seed: string, uid: string): string {
  return hash('sha256', `${seed}\u001f${uid}`);
}

/** Which stratum an event is in. */
export function stratumOf(
  event: Readonly<Record<Exclude<StratumKey, 'month'> | 'time', string>>,
  strata: StratumKey,
): string {
  return strata === 'month' ? event.time.slice(0, 7) : event[strata];
}

/**
 * Shares `size` rows out over strata in proportion to their rows: whole shares first, the rest one each by the largest
 * remainder, equal ones in the order of the strata's names by code unit. No stratum gets more than it has.
 */
export function allocate(rows: ReadonlyMap<string, number>, size: number): Map<string, number> {
  const total = [...rows.values()].reduce((sum, count) => sum + count, 0);
  if (size >= total) return new Map(rows);
  const shares = [...rows].map(([stratum, count]) => ({
    stratum,
    whole: Math.floor((size * count) / total),
    rest: (size * count) % total,
  }));
  let left = size - shares.reduce((sum, { whole }) => sum + whole, 0);
  shares.sort((a, b) => b.rest - a.rest || (a.stratum < b.stratum ? -1 : 1));
  return new Map(
    shares.map(({ stratum, whole }) => {
      left -= 1;
      return [stratum, left >= 0 ? whole + 1 : whole];
    }),
  );
}

/** The step of a systematic sample and its first row, counted from 0: the seed's first 48 bits modulo the step. */
export function systematicSteps(seed: string, rows: number, size: number): { every: number; start: number } {
  const every = Math.max(1, Math.floor(rows / Math.max(1, size)));
  return { every, start: Number.parseInt(hash('sha256', seed).slice(0, 12), 16) % every };
}

/** How many of the first ranks are taken: each replaced one among them makes room for one more. */
export function reach(
  ranked: readonly { uid: string }[],
  size: number,
  replaced: ReadonlySet<string>,
): number {
  for (let taken = size; ; ) {
    const wanted = size + ranked.slice(0, taken).filter(({ uid }) => replaced.has(uid)).length;
    if (wanted === taken || taken >= ranked.length) return Math.min(taken, ranked.length);
    taken = wanted;
  }
}

/** The rule in words, as the report and sampling.json publish it. */
export function ruleOf({ method, strata, allocation }: SampleRequest): string[] {
  const score = 'score = SHA-256(utf8(seed) || 0x1F || utf8(uid)), ascending';
  switch (method) {
    case 'random':
      return [`${score}; the first n rows of the population.`, replacement];
    case 'stratified':
      return [
        `${score}; the first n rows of each stratum by ${strata}${strata === 'month' ? ' (calendar month in UTC)' : ''}.`,
        allocation === 'fixed'
          ? 'n is the same for every stratum; a smaller one is taken whole.'
          : 'n shares the size out by the rows of the strata: floor(size × rows / total), then one more each by the largest remainder, equal remainders by name.',
        replacement,
      ];
    case 'systematic':
      return [
        'The rows stand in order of time, as in the population file, and are counted from 0. every = floor(rows / n); start = the first 12 hex digits of SHA-256(utf8(seed)), as a number, modulo every. Drawn are start, start + every, … until n rows; the score column holds that position.',
        'A replaced row gives its place to the row with the smallest SHA-256(utf8(seed) || 0x1F || utf8(uid)) that is not in the sample yet.',
      ];
    case 'judgemental':
      return [
        'The rows were named by the officer, each with a reason. No statement on the population follows from them.',
      ];
  }
}

const replacement =
  'A replaced row stays listed with its reason, and the next rank of its stratum takes its place.';
