// Reads everything the pack takes from the log, inside one read transaction: what an import adds meanwhile is not in
// it. The order is part of the promise: recipe first, then populations and their roots, and only then the seed.

import type { Freeze } from '#core/freeze-model.ts';
import type { PackRequest } from '#core/model.ts';
import type { Pace } from '#core/pace.ts';
import { compileQuery } from '#core/query/compile.ts';
import { countEvents, eachEvent, groupEvents } from '#core/query/events.ts';
import { tablesWithout } from '#core/section-model.ts';
import type { Activity } from '#core/store/activity.ts';
import { selectEvents } from '#core/store/events.ts';
import { listRejections } from '#core/store/imports.ts';
import { type Inventory, readInventory } from '#core/store/inventory.ts';
import type { Store } from '#core/store/open.ts';
import { inSnapshot } from '#core/store/snapshot.ts';
import { areas, wholeArea } from './areas.ts';
import type { ControlMap } from './control-map.ts';
import { drawUpFacts, type FreezeFact, type PackFacts, type RejectedRow } from './facts.ts';
import { createLocalClock } from './local-clock.ts';
import type { Payload } from './payload.ts';
import { freezePopulations } from './populations.ts';
import { freezeRecipe, queryOf, readPeriod, sealRecipe } from './recipe.ts';
import { freezeRedaction, openOriginals, redactorOf, redactRequest } from './redaction.ts';
import type { Redactor } from './redactor.ts';
import { reportSampleRows } from './report/section-sampling.ts';
import { reportRows } from './report/sections-events.ts';
import { freezeReviews } from './review-tables.ts';
import type { PackReviews, ReviewReader } from './reviews.ts';
import { drawSamples } from './sample.ts';
import type { PopulationQuery } from './tables.ts';

/** Rejected rows listed in the pack; their count is always exact. */
const rejectedLimit = 100_000;

/** Freezes recipe, populations and sample into the payload and draws up the facts. */
export async function gatherFacts(
  store: Store,
  asked: PackRequest,
  payload: Payload,
  options: {
    map: ControlMap;
    application: { name: string; version: string };
    generatedAt: number;
    activity: readonly Activity[] | null;
    /** The key that will sign the pack, as notes write it. */
    signing: string | null;
    reviews: ReviewReader;
    /** 32 bytes; used where people are redacted. */
    redactionSecret: Uint8Array;
    pace: Pace;
    /** Called once the populations are frozen, before a seed is used; gives what was noted of it. */
    freeze: ((freeze: Freeze) => FreezeFact) | null;
    /** Called once the pack's id is known, before the first row is read. */
    beforeRows(packId: string): void;
  },
): Promise<{ facts: PackFacts; queries: PopulationQuery[]; redactor: Redactor | null }> {
  const { map, application, generatedAt, activity, reviews, redactionSecret, pace } = options;
  const query = queryOf(asked);
  const period = readPeriod(asked);
  const { redaction } = asked;
  pace.report('Freezing the recipe', 0, null, 'steps');
  const log = await inSnapshot(store, async () => {
    const redactor = redaction && redactorOf(store, asked, redaction, redactionSecret, reviews);
    const shown: <T>(value: T) => T = redactor ? redactor.deep : (value) => value;
    const request = redactor ? redactRequest(asked, redactor) : asked;
    const inventory = shown(readInventory(store));
    const words = shown(compileQuery(store, query).words);
    const frozen = redaction && redactor && freezeRedaction(redaction, redactor);
    const recipe = freezeRecipe(request, inventory, map, words, shownReader(reviews, shown), {
      signing: options.signing,
      redaction: frozen,
    });
    const sealed = sealRecipe(recipe);
    options.beforeRows(sealed.packId);
    payload.write('data/30_query/recipe.json', sealed.json);
    const counted = {
      stored: countEvents(store, { ...query, filter: '', from: null, to: null }),
      inPeriod: new Map(
        groupEvents(store, { ...query, filter: '' }, 'source').groups.map(({ key, count }) => [
          shown(key),
          count,
        ]),
      ),
      matching: countEvents(store, query),
    };
    const originals = redactor && openOriginals(payload, redactor);
    const events = eachEvent(store, query, 'oldest');
    const populations = await freezePopulations(originals ? originals.redact(events) : events, payload, {
      zone: asked.zone,
      expected: counted.matching,
      headRows: reportRows,
      pace,
    });
    if (redaction) originals?.close(redaction);
    pace.report('Answering the reviews', 0, null, 'tables');
    await pace.turn();
    const answers = reviews.read(store);
    const tables = await freezeReviews(answers, reviews.explanations, payload, {
      leftOut: tablesWithout(asked.leftOut),
      headRows: reportRows,
      turn: pace.turn,
      show: redactor?.cell ?? null,
    });
    return {
      request,
      redactor,
      shown,
      inventory,
      answers,
      tables,
      recipe,
      sealed,
      counted,
      populations,
      rejected: shown(readRejected(store, inventory)),
      queries: shown(describeQueries(store, asked)),
    };
  });
  const { request, shown } = log;
  const { whole, parts, tallies } = log.populations;
  const freeze =
    options.freeze?.({
      packId: log.sealed.packId,
      recipeSha256: log.sealed.sha256,
      populations: [whole, ...parts].map(({ area, rows, root }) => ({ id: area.id, rows, root })),
    }) ?? null;
  const { samples, byCategory } = await drawSamples(payload, log.populations, {
    requests: request.samples,
    zone: request.zone,
    headRows: reportSampleRows,
    pace,
  });
  const facts = drawUpFacts({
    packId: log.sealed.packId,
    recipe: log.recipe,
    recipeSha256: log.sealed.sha256,
    request,
    application,
    generatedAt,
    activity: shown(activity),
    redaction: redactionFacts(log.redactor),
    period: { ...period, zone: request.zone, days: daysOf(period, request.zone) },
    log: log.inventory.log,
    map,
    rejected: log.rejected,
    answers: shownAnswers(log.answers, log.redactor),
    reviewTables: log.tables,
    whole,
    parts,
    freeze,
    samples,
    sampled: byCategory,
    inventory: log.inventory,
    tallies,
    counted: log.counted,
  });
  return { facts, queries: log.queries, redactor: log.redactor };
}

/** What people keep beside the log, as the pack's recipe may name it. */
function shownReader(reviews: ReviewReader, shown: <T>(value: T) => T): ReviewReader {
  const { leavers } = reviews;
  return { ...reviews, leavers: leavers && { ...leavers, file: shown(leavers.file) } };
}

/** The answers without their rows, which are frozen already, as figures and sentences use them. */
function shownAnswers(answers: PackReviews, redactor: Redactor | null): PackReviews {
  if (!redactor) return answers;
  const { leavers, moved } = answers;
  return {
    ...answers,
    changes: { ...answers.changes, summary: redactor.deep(answers.changes.summary) },
    access: {
      ...answers.access,
      summary: redactor.deep(answers.access.summary),
      people: answers.access.people,
    },
    campaigns: redactor.deep(answers.campaigns),
    leavers: leavers && redactor.deep(leavers),
    moved: moved && redactor.deep(moved),
    exceptions: redactor.deep(answers.exceptions),
    coverage: redactor.deep(answers.coverage),
    continuity: { ...answers.continuity, sources: redactor.deep(answers.continuity.sources) },
  };
}

function redactionFacts(redactor: Redactor | null): PackFacts['redaction'] {
  return redactor && { redacted: redactor.names.length };
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
