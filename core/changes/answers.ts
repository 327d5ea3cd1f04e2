// What the window and the command line ask about changes: the summary of a review, pages of its rows, the state at an
// instant. Each answer is one snapshot of the log.

import type {
  ChangedTrack,
  ChangeResult,
  ChangeSummary,
  ExceptionKind,
  StatePage,
} from '#core/review-model.ts';
import type { Store } from '#core/store/open.ts';
import type { TicketBucket, TicketedChange } from '#core/ticket-model.ts';
import { formatUtc } from '#core/time.ts';
import { describeChanges } from './describe.ts';
import { type FoundTrack, findChanges, type ReviewRequest } from './review.ts';
import { readState, type StateRequest } from './state.ts';
import { summariseChanges } from './summary.ts';
import { listTicketed } from './ticketed.ts';

/** Rows `first` … `first + limit - 1`, of those with a result or an exception where one is named. */
export type ChangePage = {
  first: number;
  limit: number;
  result: ChangeResult | null;
  exception: ExceptionKind | null;
};

/** The figures of a review. Throws AppError('usage') for dates, zones and filters that make no sense. */
export function readChangeSummary(store: Store, request: ReviewRequest): ChangeSummary {
  return store.db.transaction(() => summariseChanges(store, request, findChanges(store, request)))();
}

/** Rows of a review by source, target and field, and how many there are. Throws as readChangeSummary. */
export function readChangedTracks(
  store: Store,
  request: ReviewRequest,
  { first, limit, result, exception }: ChangePage,
): { total: number; rows: ChangedTrack[] } {
  const isAsked = (row: FoundTrack) =>
    (result === null || row.result === result) && (exception === null || row.exceptions.includes(exception));
  return store.db.transaction(() => {
    const review = findChanges(store, request);
    // Whoever takes all of them page by page must not be given a new list for each.
    const isPicked = result !== null || exception !== null;
    const rows = isPicked ? review.rows.filter(isAsked) : review.rows;
    return {
      total: rows.length,
      rows: describeChanges(store, review, rows.slice(first, first + limit)),
    };
  })();
}

/** Changes by what their tickets say, of one bucket or of all. Throws as readChangeSummary. */
export function readTicketed(
  store: Store,
  request: ReviewRequest,
  page: { first: number; limit: number; bucket: TicketBucket | null },
): { total: number; rows: TicketedChange[] } {
  return store.db.transaction(() => listTicketed(store, findChanges(store, request), page))();
}

/** Values of all tracks at an instant, by source, target and field, and how many there are. */
export function readStatePage(
  store: Store,
  request: StateRequest,
  { first, limit }: { first: number; limit: number },
): StatePage {
  return store.db.transaction(() => {
    const state = readState(store, request);
    const { time, total, counts } = state;
    return { at: request.at, atTime: formatUtc(time), total, counts, rows: state.rows(first, limit) };
  })();
}
