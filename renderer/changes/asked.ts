// What the Changes screen asks: both dates, the zone, the filter, and the working hours exceptions are measured by.

import type { Input } from '#core/contract.ts';
import type { ChangedTrack, ChangeResult, ExceptionKind, WorkingHours } from '#core/review-model.ts';
import { changeResults, exceptionKinds } from '#core/review-model.ts';
import { type TicketBucket, ticketBuckets } from '#core/ticket-model.ts';
import type { Address } from '../address/address.ts';
import { filterOf } from '../address/filter-of.ts';

export type AskedReview = Input<'changes.summary'>;

/** The review of an address; null while it has no two dates. */
export function reviewOf(
  { filter, from, to, zone }: Pick<Address, 'filter' | 'from' | 'to' | 'zone'>,
  hours: WorkingHours | null,
  { baseline, tickets }: { baseline: string | null; tickets: string | null },
): AskedReview | null {
  return from === null || to === null ? null : { filter, from, to, zone, hours, baseline, tickets };
}

/** Which rows are listed: those with a result or an exception. A word that is neither lists all. */
export function onlyOf(only: string | null): {
  result: ChangeResult | null;
  exception: ExceptionKind | null;
} {
  return {
    result: changeResults.find((one) => one === only) ?? null,
    exception: exceptionKinds.find((one) => one === only) ?? null,
  };
}

/** How an address names a bucket of changes by their tickets. */
export const onlyBucket = (bucket: TicketBucket): string => `ticket-${bucket}`;
export const bucketOf = (only: string | null): TicketBucket | null =>
  ticketBuckets.find((bucket) => onlyBucket(bucket) === only) ?? null;

/** The events of a row's field. */
export const filterOfTrack = (row: ChangedTrack): string =>
  filterOf([...termsOfTarget(row), ['field', row.field]]);

/** The events of a row's target. */
export const filterOfTarget = (row: ChangedTrack): string => filterOf(termsOfTarget(row));

const termsOfTarget = ({ source, targetType, targetId, targetName }: ChangedTrack) =>
  [
    ['source', source],
    ['type', targetType],
    ['target', targetId ?? targetName],
  ] as ['source' | 'type' | 'target', string | null][];
