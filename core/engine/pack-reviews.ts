// Reads for a pack what the reviews say of its period: glue between the rooms that answer and the one that packs.

import { readAccess } from '#core/access/answers.ts';
import { readAccessSummary } from '#core/access/summary.ts';
import { readChangedTracks, readChangeSummary } from '#core/changes/answers.ts';
import { testContinuity } from '#core/completeness/continuity.ts';
import { readCoverage } from '#core/completeness/coverage.ts';
import type { PackReviews, ReviewReader } from '#core/evidence/reviews.ts';
import type { Explanation, PackRequest } from '#core/model.ts';
import { parseFilter } from '#core/query/filter.ts';
import type { ReviewSettings } from '#core/review-model.ts';
import { readFailures, readSessions } from '#core/sessions/answers.ts';
import type { Store } from '#core/store/open.ts';

/** Rows of a review that are in memory at once. */
const step = 2000;

/** The answers for a request, judged by these settings. */
export function createReviewReader(
  request: PackRequest,
  kept: { settings: ReviewSettings; explanations: readonly Explanation[] },
): ReviewReader {
  return { ...kept, read: (store) => readReviews(store, request, kept.settings) };
}

function readReviews(
  store: Store,
  { from, to, zone, filter }: PackRequest,
  { hours, dormantDays, privileged }: ReviewSettings,
): PackReviews {
  const query = { from, to, zone, filter };
  const changes = { ...query, hours, baseline: [] };
  const isFiltered = parseFilter(filter).every(({ key }) => key !== null && filtersAccess.has(key));
  const access = {
    scope: { kind: 'between' as const, from, to },
    zone,
    filter: isFiltered ? filter : '',
    hours,
    dormantDays,
    privileged,
    leavers: new Map(),
  };
  return {
    changes: {
      summary: readChangeSummary(store, changes),
      rows: inSteps((first) =>
        readChangedTracks(store, changes, { first, limit: step, result: null, exception: null }),
      ),
    },
    access: {
      summary: readAccessSummary(store, access, { hasLeavers: false }),
      rows: inSteps((first) => readAccess(store, access, { first, limit: step, flag: null })),
      people: readAccess(store, access, { first: 0, limit: 0, flag: null }).people,
      isFiltered,
    },
    sessions: inSteps((first) => readSessions(store, query, { first, limit: step, kind: null, state: null })),
    failures: readFailures(store, query, { first: 0, limit: Number.MAX_SAFE_INTEGER, by: null }).rows,
    continuity: testContinuity(store),
    coverage: readCoverage(store, { from, to, zone }),
  };
}

/** Keys of a filter that speak of a right as well as of an event. */
const filtersAccess: ReadonlySet<string> = new Set(['subject', 'target', 'type', 'source']);

function* inSteps<T>(read: (first: number) => { total: number; rows: T[] }): Generator<T> {
  for (let first = 0; ; first += step) {
    const { total, rows } = read(first);
    yield* rows;
    if (first + step >= total) return;
  }
}
