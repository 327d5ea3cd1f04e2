// Reads everything the pack takes from the log, inside one read transaction: what an import adds meanwhile is not in
// it. The order is part of the promise: recipe first, then populations and their roots, and only then the seed.

import type { PackRequest } from '#core/model.ts';
import type { Pace } from '#core/pace.ts';
import { compileQuery } from '#core/query/compile.ts';
import { countEvents, eachEvent, groupEvents } from '#core/query/events.ts';
import type { Activity } from '#core/store/activity.ts';
import { selectEvents } from '#core/store/events.ts';
import { listRejections } from '#core/store/imports.ts';
import { type Inventory, readInventory } from '#core/store/inventory.ts';
import type { Store } from '#core/store/open.ts';
import { inSnapshot } from '#core/store/snapshot.ts';
import { areas, wholeArea } from './areas.ts';
import type { ControlMap } from './control-map.ts';
import { drawUpFacts, type PackFacts, type RejectedRow } from './facts.ts';
import { createLocalClock } from './local-clock.ts';
import type { Payload } from './payload.ts';
import { freezePopulations } from './populations.ts';
import { freezeRecipe, queryOf, readPeriod, sealRecipe } from './recipe.ts';
import { reportSampleRows } from './report/section-sampling.ts';
import { reportRows } from './report/sections-events.ts';
import { freezeReviews } from './review-tables.ts';
import type { ReviewReader } from './reviews.ts';
import { drawSample } from './sample.ts';
import type { PopulationQuery } from './tables.ts';

/** Rejected rows listed in the pack; their count is always exact. */
const rejectedLimit = 100_000;

/** Freezes recipe, populations and sample into the payload and draws up the facts. */
export async function gatherFacts(
  store: Store,
  request: PackRequest,
  payload: Payload,
  options: {
    map: ControlMap;
    application: { name: string; version: string };
    generatedAt: number;
    activity: readonly Activity[] | null;
    /** The key that will sign the pack, as notes write it. */
    signing: string | null;
    reviews: ReviewReader;
    pace: Pace;
    /** Called once the pack's id is known, before the first row is read. */
    beforeRows(packId: string): void;
  },
): Promise<{ facts: PackFacts; queries: PopulationQuery[] }> {
  const { map, application, generatedAt, activity, reviews, pace } = options;
  const query = queryOf(request);
  const period = readPeriod(request);
  pace.report('Freezing the recipe', 0, null, 'steps');
  const log = await inSnapshot(store, async () => {
    const inventory = readInventory(store);
    const { words } = compileQuery(store, query);
    const recipe = freezeRecipe(request, inventory, map, words, reviews, options.signing);
    const sealed = sealRecipe(recipe);
    options.beforeRows(sealed.packId);
    payload.write('data/30_query/recipe.json', sealed.json);
    const counted = {
      stored: countEvents(store, { ...query, filter: '', from: null, to: null }),
      inPeriod: new Map(
        groupEvents(store, { ...query, filter: '' }, 'source').groups.map(({ key, count }) => [key, count]),
      ),
      matching: countEvents(store, query),
    };
    const populations = await freezePopulations(eachEvent(store, query, 'oldest'), payload, {
      zone: request.zone,
      expected: counted.matching,
      headRows: reportRows,
      pace,
    });
    pace.report('Answering the reviews', 0, null, 'tables');
    await pace.turn();
    const answers = reviews.read(store);
    const tables = await freezeReviews(answers, reviews.explanations, payload, {
      headRows: reportRows,
      turn: pace.turn,
    });
    return {
      inventory,
      answers,
      tables,
      recipe,
      sealed,
      counted,
      populations,
      rejected: readRejected(store, inventory),
      queries: describeQueries(store, request),
    };
  });
  const { whole, parts, tallies } = log.populations;
  const sample =
    request.sampling !== null
      ? await drawSample(payload, whole, {
          request: request.sampling,
          zone: request.zone,
          headRows: reportSampleRows,
          pace,
        })
      : null;
  const facts = drawUpFacts({
    packId: log.sealed.packId,
    recipe: log.recipe,
    recipeSha256: log.sealed.sha256,
    request,
    application,
    generatedAt,
    activity,
    period: { ...period, zone: request.zone, days: daysOf(period, request.zone) },
    log: log.inventory.log,
    map,
    rejected: log.rejected,
    answers: log.answers,
    reviewTables: log.tables,
    whole,
    parts,
    sample,
    inventory: log.inventory,
    tallies,
    counted: log.counted,
  });
  return { facts, queries: log.queries };
}

function readRejected(store: Store, inventory: Inventory): { rows: RejectedRow[]; total: number } {
  const rows: RejectedRow[] = [];
  for (const one of inventory.imports) {
    if (rows.length >= rejectedLimit) break;
    for (const { row, reason } of listRejections(store, one.id, rejectedLimit - rows.length)) {
      rows.push({ importId: one.id, file: one.file, source: one.source, row, reason });
    }
  }
  return { rows, total: inventory.imports.reduce((sum, one) => sum + one.rejected, 0) };
}

/** The SQL behind each population, as it can be run on the log by hand. */
function describeQueries(store: Store, request: PackRequest): PopulationQuery[] {
  const { where, params, words } = compileQuery(store, queryOf(request));
  const order = 'ORDER BY e.time ASC, e.id ASC;';
  return [wholeArea, ...areas].map((area) => {
    if (area === wholeArea) {
      return {
        id: area.id,
        filter: request.filter,
        words,
        sql: `${selectEvents.trim()}\nWHERE ${where}\n${order}`,
        params,
      };
    }
    const list = area.categories.map(() => '?').join(', ');
    return {
      id: area.id,
      filter: request.filter,
      words: `${words}; of these, category is ${area.categories.join(' or ')}`,
      sql: `${selectEvents.trim()}\nWHERE ${where}\n  AND kind.category IN (${list})\n${order}`,
      params: [...params, ...area.categories],
    };
  });
}

const dayMs = 86_400_000;

/** Calendar days of the zone that the period touches. */
function daysOf(period: { from: number; to: number }, zone: string): string[] {
  const clock = createLocalClock(zone);
  const last = clock.day(period.to - 1);
  const days: string[] = [];
  for (let ms = Date.parse(clock.day(period.from)); ; ms += dayMs) {
    const day = new Date(ms).toISOString().slice(0, 10);
    days.push(day);
    if (day >= last || days.length >= dayLimit) return days;
  }
}

/** A period of a hundred years is a typing mistake, but must not fill the memory. */
const dayLimit = 40_000;
