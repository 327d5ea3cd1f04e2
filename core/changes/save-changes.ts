// The rows of a review as lines of a CSV file, for a person and a spreadsheet.

import { asText, csvLine } from '#core/csv-text.ts';
import type { ChangeResult, ExceptionKind } from '#core/review-model.ts';
import type { Store } from '#core/store/open.ts';
import { describeChanges } from './describe.ts';
import { findChanges, type ReviewRequest } from './review.ts';

const header = [
  'source',
  'target type',
  'target id',
  'target name',
  'field',
  'value then',
  'certainty then',
  'value now',
  'certainty now',
  'result',
  'changes',
  'by',
  'first change',
  'last change',
  'first event',
  'last event',
  'exceptions',
  'breaks',
];
/** Rows described at once. */
const step = 500;

/**
 * The lines of a review, those with a result or an exception where one is named. Take them inside a transaction.
 * Throws AppError('usage') for dates, zones and filters that make no sense.
 */
export function* changeLines(
  store: Store,
  request: ReviewRequest,
  only: { result: ChangeResult | null; exception: ExceptionKind | null },
): Generator<string> {
  const review = findChanges(store, request);
  const rows = review.rows.filter(
    ({ result, exceptions }) =>
      (only.result === null || result === only.result) &&
      (only.exception === null || exceptions.includes(only.exception)),
  );
  yield csvLine(header);
  for (let at = 0; at < rows.length; at += step) {
    for (const row of describeChanges(store, review, rows.slice(at, at + step)))
      yield csvLine(
        [
          row.source,
          row.targetType,
          row.targetId,
          row.targetName,
          row.field,
          row.valueFrom,
          row.certaintyFrom,
          row.valueTo,
          row.certaintyTo,
          row.result,
          row.changes,
          row.actors.join('; '),
          row.firstTime,
          row.lastTime,
          row.firstEvent,
          row.lastEvent,
          row.exceptions.map(({ reason, count }) => `${reason} (${count})`).join(' '),
          row.breaks,
        ].map((cell) => (typeof cell === 'string' ? asText(cell) : cell)),
      );
  }
}
