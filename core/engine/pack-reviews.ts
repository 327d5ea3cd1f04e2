// Reads for a pack what the reviews say of its period: glue between the rooms that answer and the one that packs.

import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { eachAccess, readAccess } from '#core/access/answers.ts';
import { describeProgress, proveCampaign } from '#core/access/campaign.ts';
import { readLeavers } from '#core/access/leavers.ts';
import { testLeavers } from '#core/access/leavers-test.ts';
import { readAccessSummary } from '#core/access/summary.ts';
import { readChangedTracks, readChangeSummary } from '#core/changes/answers.ts';
import { readContinuity } from '#core/completeness/continuity.ts';
import { readCoverage } from '#core/completeness/coverage.ts';
import type { LeaversAnswer, LeaversList, PackReviews, ReviewReader } from '#core/evidence/reviews.ts';
import type { EventQuery, PackRequest } from '#core/model.ts';
import { parseFilter } from '#core/query/filter.ts';
import type { AccessInterval, AccessPerson, Session } from '#core/review-model.ts';
import { readFailures, readSessions } from '#core/sessions/answers.ts';
import { listCampaigns, readCampaign } from '#core/store/campaigns.ts';
import { listExceptions } from '#core/store/exceptions.ts';
import { listExplanations } from '#core/store/explanations.ts';
import type { Store } from '#core/store/open.ts';
import { readReviewSettings } from '#core/store/review-settings.ts';
import { formatUtc, parseBoundary } from '#core/time.ts';

/** Rows of a review that are in memory at once. */
const step = 500;

type Asked = Pick<PackRequest, 'from' | 'to' | 'zone' | 'filter'>;

/** The answers for a request, judged by these settings. */
export function createReviewReader(request: Asked, kept: Omit<ReviewReader, 'read'>): ReviewReader {
  return { ...kept, read: (store) => readReviews(store, request, kept) };
}

/** What people keep in review.db that a pack tells of. */
export function readKept(review: Store): Omit<ReviewReader, 'read'> {
  return {
    settings: readReviewSettings(review).settings,
    explanations: listExplanations(review),
    campaigns: listCampaigns(review).map(({ id }) => readCampaign(review, id)),
    exceptions: listExceptions(review).filter(({ status }) => status !== 'withdrawn'),
    leavers: null,
  };
}

/** A list of people who left or moved as a pack needs it. Throws AppError('input') naming the line that makes no sense. */
export function readLeaversList(path: string, zone: string, slaDays: number): LeaversList {
  return {
    file: basename(path),
    sha256: hash('sha256', readFileSync(path)),
    slaDays,
    people: readLeavers(path, zone),
    moved: readLeavers(path, zone, 'moved'),
  };
}

function readReviews(
  opened: Store,
  { from, to, zone, filter }: Asked,
  { settings, campaigns, exceptions, leavers }: Omit<ReviewReader, 'read'>,
): PackReviews {
  // Rooms keep what they found by the store they were asked with: with one of their own it goes when the tables are written.
  const store = { ...opened };
  const { hours, dormantDays, privileged } = settings;
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
  const { people } = readAccess(store, access, { first: 0, limit: 0, flag: null });
  return {
    changes: {
      summary: readChangeSummary(store, changes),
      rows: inSteps((first) =>
        readChangedTracks(store, changes, { first, limit: step, result: null, exception: null }),
      ),
    },
    access: {
      summary: readAccessSummary(store, access, { hasLeavers: false }),
      rows: eachAccess(store, access),
      people,
      movers: rightsOfMovers(store, access, people),
      isFiltered,
    },
    sessions: listSessions(opened, query),
    failures: readFailures({ ...opened }, query, { first: 0, limit: Number.MAX_SAFE_INTEGER, by: null }).rows,
    campaigns: campaigns
      .filter(({ campaign: { atTime } }) => isInPeriod(Date.parse(atTime), { from, to, zone }))
      .toReversed()
      .map((one) => {
        const proven = proveCampaign(store, one);
        return { campaign: describeProgress(proven), entries: proven.entries };
      }),
    leavers: leavers && answerLeavers(store, leavers.people, leavers.slaDays, to, zone),
    moved:
      leavers && leavers.moved.size > 0
        ? answerLeavers(store, leavers.moved, leavers.slaDays, to, zone)
        : null,
    exceptions,
    continuity: readContinuity(store),
    coverage: readCoverage(store, { from, to, zone }),
  };
}

function rightsOfMovers(
  store: Store,
  access: Parameters<typeof readAccess>[1],
  people: readonly AccessPerson[],
): Iterable<AccessInterval> {
  const subjects = new Set(
    people.filter(({ kind }) => kind === 'mover').map(({ subject }) => subject.toLowerCase()),
  );
  if (subjects.size === 0) return [];
  return eachAccess(store, { ...access, subjects }, { order: 'subject', withFlags: false });
}

function answerLeavers(
  store: Store,
  people: ReadonlyMap<string, number>,
  slaDays: number,
  at: string,
  zone: string,
): LeaversAnswer {
  const all = { first: 0, limit: Number.MAX_SAFE_INTEGER };
  return {
    test: testLeavers(store, { leavers: people, at, zone, slaDays }, null, all),
    slaDays,
    people: [...people].map(([name, left]) => ({ name, left: formatUtc(left) })),
  };
}

/** A campaign's instant is exclusive: that of the period's last day is the period's own end. */
function isInPeriod(at: number, { from, to, zone }: Pick<PackRequest, 'from' | 'to' | 'zone'>): boolean {
  return at > parseBoundary(from, zone, 'from') && at <= parseBoundary(to, zone, 'to');
}

/** Keys of a filter that speak of a right as well as of an event. */
const filtersAccess: ReadonlySet<string> = new Set(['subject', 'target', 'type', 'source']);

/** What was found is let go with the last row: nothing else asks for it. */
function listSessions(opened: Store, query: EventQuery): Iterable<Session> {
  return {
    [Symbol.iterator]() {
      const store = { ...opened };
      return inSteps((first) => readSessions(store, query, { first, limit: step, kind: null, state: null }));
    },
  };
}

function* inSteps<T>(read: (first: number) => { total: number; rows: T[] }): Generator<T> {
  for (let first = 0; ; first += step) {
    const { total, rows } = read(first);
    yield* rows;
    if (first + step >= total) return;
  }
}
