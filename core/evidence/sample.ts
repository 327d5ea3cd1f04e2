// Draws the samples from the frozen population, by the rules of sample-rule.ts. Independent of order and of language, so
// anyone can draw them again from the population file with the seed.

import { join } from 'node:path';
import { AppError } from '#core/errors.ts';
import type { Category, Event } from '#core/model.ts';
import type { Pace } from '#core/pace.ts';
import { type SampleRequest, sampleId } from '#core/sampling-model.ts';
import { categoryOfLine, readEventLine, uidOfLine } from './event-line.ts';
import { type FrozenLine, openLines, readLines } from './frozen-rows.ts';
import type { Payload } from './payload.ts';
import { type Population, wholeNdjson } from './populations.ts';
import { openSampleFiles, samplePaths, writeSampling } from './sample-files.ts';
import { allocate, reach, sampleScore, stratumOf, systematicSteps } from './sample-rule.ts';
import { createSmallest } from './smallest.ts';

export type SampleStratum = { stratum: string; rows: number; drawn: number };
/** What became of a drawn row: tested, replaced because of `reason`, or taken in for another one. */
export type SampleState = 'drawn' | 'replaced' | 'replacement' | 'chosen';
export type SampledEvent = {
  stratum: string;
  rank: number;
  /** The hash it was ranked by, the position in a systematic sample, empty in a judgemental one. */
  score: string;
  state: SampleState;
  reason: string | null;
  event: Omit<Event, 'raw'>;
};
/** A row that could not be tested, and the one that took its place; null where the stratum has no other. */
export type Replacement = { uid: string; stratum: string; rank: number; reason: string; by: string | null };
/** What a sample is drawn from: a table of the pack where its categories are those of one, else named rows of P-00. */
export type SampledPopulation = {
  /** `P-00` … `P-09`. */
  id: string;
  title: string;
  rows: number;
  /** The categories that are sampled; all when empty. */
  categories: readonly Category[];
  /** Root of the table, over all of its rows. */
  root: string;
  wholeRows: number;
};
export type Sample = {
  /** `S-01`, `S-02` … */
  id: string;
  request: SampleRequest;
  population: SampledPopulation;
  strata: SampleStratum[];
  /** Listed rows, the replaced ones among them. */
  drawn: number;
  replacements: Replacement[];
  paths: ReturnType<typeof samplePaths>;
  /** The first drawn rows, for the report. */
  head: SampledEvent[];
};
/** All samples of a pack; `byCategory` counts an event once, however many of them list it. */
export type Samples = { samples: Sample[]; byCategory: Map<Category, number> };

type Candidate = { stratum: string; uid: string; score: string; offset: number; bytes: number };
type Drawn = Candidate & { rank: number /** It took the place of a replaced row. */; cameIn: boolean };

/**
 * Draws all samples in one pass over the frozen population and writes data/11_samples/. Call only once the populations'
 * roots are known. Throws AppError('usage') for events that are named and are not there.
 */
export async function drawSamples(
  payload: Payload,
  { whole, parts }: { whole: Population; parts: readonly Population[] },
  options: { requests: readonly SampleRequest[]; zone: string; headRows: number; pace: Pace },
): Promise<Samples> {
  const { requests, zone, headRows, pace } = options;
  if (requests.length === 0) return { samples: [], byCategory: new Map() };
  const asked = requests.map((request) => {
    const population = sampledPopulation(request, whole, parts);
    const only = request.categories.length === 0 ? null : new Set<string>(request.categories);
    return { request, population, only, picker: createPicker(request, population.rows) };
  });
  const path = join(payload.folder, wholeNdjson);
  let done = 0;
  pace.report('Drawing the samples', 0, whole.rows, 'events');
  for (const line of readLines(path)) {
    for (const { only, picker } of asked) {
      if (only?.has(categoryOfLine(line.text)) ?? true) picker.see(line);
    }
    done += 1;
    if (done % 256 === 0) {
      pace.report('Drawing the samples', done, whole.rows, 'events');
      await pace.turn();
    }
  }
  const samples: Sample[] = [];
  const byCategory = new Map<Category, number>();
  const counted = new Set<string>();
  const lines = openLines(path);
  try {
    for (const [at, { request, population, picker }] of asked.entries()) {
      const { drawn, strata } = picker.draw();
      const replacements = matchReplacements(request, drawn);
      const stateOf = createStates(request, replacements);
      const files = openSampleFiles(payload, at, request, zone);
      const head: SampledEvent[] = [];
      for (const one of drawn) {
        const line = lines.at(one);
        const { event, raw } = readEventLine(line);
        const { stratum, rank, score } = one;
        const sampled: SampledEvent = { stratum, rank, score, ...stateOf(one), event };
        files.add(sampled, line, raw);
        if (!counted.has(event.uid)) {
          counted.add(event.uid);
          byCategory.set(event.category, (byCategory.get(event.category) ?? 0) + 1);
        }
        if (head.length < headRows) head.push(sampled);
        await pace.turn();
      }
      files.close();
      const sample = { id: sampleId(at), request, population, strata, drawn: drawn.length, replacements };
      samples.push({ ...sample, paths: samplePaths(at), head });
    }
  } finally {
    lines.close();
  }
  for (const sample of samples) writeSampling(payload, sample);
  return { samples, byCategory };
}

function sampledPopulation(
  { categories }: SampleRequest,
  whole: Population,
  parts: readonly Population[],
): SampledPopulation {
  const isOf = (part: Population) =>
    part.area.categories.length === categories.length &&
    categories.every((category) => part.area.categories.includes(category));
  const table = parts.find(isOf) ?? whole;
  const rows = whole.categories
    .filter(({ category }) => categories.length === 0 || categories.includes(category))
    .reduce((sum, one) => sum + one.rows, 0);
  const { area, root } = table;
  return { id: area.id, title: area.title, rows, categories, root, wholeRows: table.rows };
}

/** Sees each row of the sampled population once, in order, then draws. */
function createPicker(request: SampleRequest, rows: number) {
  const { method, seed, size, strata, replacements } = request;
  const counts = new Map<string, number>();
  const ranked = new Map<string, ReturnType<typeof createSmallest<Candidate>>>();
  const named = new Map(request.chosen.map(({ uid }) => [uid, null as Candidate | null]));
  const positions: Candidate[] = [];
  const { every, start } = systematicSteps(seed, rows, size);
  let position = 0;
  const candidate = (stratum: string, { text, offset, bytes }: FrozenLine): Candidate => {
    const uid = uidOfLine(text);
    return { stratum, uid, score: sampleScore(seed, uid), offset, bytes };
  };
  const rank = (one: Candidate) => {
    let smallest = ranked.get(one.stratum);
    if (!smallest) {
      smallest = createSmallest(size + replacements.length);
      ranked.set(one.stratum, smallest);
    }
    smallest.offer(one);
  };
  return {
    see(line: FrozenLine): void {
      if (method === 'judgemental') {
        const uid = uidOfLine(line.text);
        if (named.has(uid)) named.set(uid, { ...candidate('chosen', line), score: '' });
      } else if (method === 'systematic') {
        const isDue = position >= start && (position - start) % every === 0 && positions.length < size;
        if (isDue) positions.push({ ...candidate('all', line), score: String(position) });
        if (replacements.length > 0) rank(candidate('replacement', line));
        position += 1;
      } else {
        const stratum =
          strata === null
            ? 'all'
            : strata === 'category'
              ? categoryOfLine(line.text)
              : stratumOf(readEventLine(line.text).event, strata);
        counts.set(stratum, (counts.get(stratum) ?? 0) + 1);
        rank(candidate(stratum, line));
      }
    },
    draw(): { drawn: Drawn[]; strata: SampleStratum[] } {
      if (method === 'judgemental') {
        const missing = [...named].find(([, found]) => found === null);
        if (missing)
          throw new AppError(
            'usage',
            `The event ${missing[0]} is not in the population that is sampled. Choose events of this period, filter and categories.`,
          );
        const drawn = withRanks([...named.values()] as Candidate[]);
        return { drawn, strata: [{ stratum: 'chosen', rows, drawn: drawn.length }] };
      }
      if (method === 'systematic') {
        const taken = new Set(positions.map(({ uid }) => uid));
        const others = (ranked.get('replacement')?.ranked() ?? []).filter(({ uid }) => !taken.has(uid));
        const more = withRanks(others.slice(0, replacements.length), 0);
        const drawn = [...withRanks(positions), ...more];
        return { drawn, strata: [{ stratum: 'all', rows, drawn: drawn.length }] };
      }
      const shares = request.allocation === 'proportional' ? allocate(counts, size) : null;
      const replaced = new Set(replacements.map(({ uid }) => uid));
      const drawnOf = [...counts.keys()].sort().map((stratum) => {
        const all = ranked.get(stratum)?.ranked() ?? [];
        const share = shares?.get(stratum) ?? size;
        return { stratum, drawn: withRanks(all.slice(0, reach(all, share, replaced)), share) };
      });
      return {
        drawn: drawnOf.flatMap(({ drawn }) => drawn),
        strata: drawnOf.map(({ stratum, drawn }) => ({
          stratum,
          rows: counts.get(stratum) as number,
          drawn: drawn.length,
        })),
      };
    },
  };
}

/** Ranks in their order; those behind the first `size` came in for others. */
const withRanks = (rows: readonly Candidate[], size = rows.length): Drawn[] =>
  rows.map((row, at) => ({ ...row, rank: at + 1, cameIn: at >= size }));

/** Which row took the place of each replaced one: in the order of the list, the next rank that came in. */
function matchReplacements({ replacements, method }: SampleRequest, drawn: readonly Drawn[]): Replacement[] {
  const byUid = new Map(drawn.map((one) => [one.uid, one]));
  const waiting = drawn.filter(({ cameIn }) => cameIn);
  return replacements.map(({ uid, reason }) => {
    const one = byUid.get(uid);
    if (!one)
      throw new AppError(
        'usage',
        `The event ${uid} is not in the sample, so it cannot be replaced. Name rows of this sample.`,
      );
    const at = waiting.findIndex(({ stratum }) => method === 'systematic' || stratum === one.stratum);
    const by = at === -1 ? null : (waiting.splice(at, 1)[0]?.uid ?? null);
    return { uid, stratum: one.stratum, rank: one.rank, reason, by };
  });
}

/** What became of each row, and why. */
function createStates(
  { chosen }: SampleRequest,
  replacements: readonly Replacement[],
): (one: Drawn) => Pick<SampledEvent, 'state' | 'reason'> {
  const reasons = new Map(chosen.map(({ uid, reason }) => [uid, reason]));
  const replaced = new Map(replacements.map((one) => [one.uid, one]));
  const inPlaceOf = new Map(replacements.map((one) => [one.by, one]));
  return ({ uid }) => {
    const reason = reasons.get(uid);
    if (reason !== undefined) return { state: 'chosen', reason };
    const gone = replaced.get(uid);
    if (gone) return { state: 'replaced', reason: gone.reason };
    const before = inPlaceOf.get(uid);
    if (before) return { state: 'replacement', reason: `takes the place of ${before.uid}` };
    return { state: 'drawn', reason: null };
  };
}
