// What the Access screen asks: the date, the zone, the filter, and how flags are set.

import type { Input } from '#core/contract.ts';
import {
  type AccessFlag,
  type AccessInterval,
  type AccessOrder,
  accessFlags,
  type ReviewSettings,
  type TargetName,
} from '#core/review-model.ts';
import type { Address } from '../address/address.ts';
import { filterOf } from '../address/filter-of.ts';
import { todayIn } from '../words/time.ts';

export type AskedAccess = Input<'access.summary'>;

/** The date an address is about: the one that was set, else the end of the period, else today. */
export const dateOf = ({ at, to, zone }: Pick<Address, 'at' | 'to' | 'zone'>): string =>
  at ?? to ?? todayIn(zone);

export function accessOf(
  address: Pick<Address, 'filter' | 'at' | 'to' | 'zone'>,
  { hours, dormantDays, privileged }: ReviewSettings,
  leavers: string | null,
): AskedAccess {
  return {
    scope: { kind: 'at', at: dateOf(address) },
    zone: address.zone,
    filter: address.filter,
    hours,
    dormantDays,
    privileged: [...privileged],
    leavers,
  };
}

/** The flag that rows are listed by; a word that is none lists all. */
export const flagOf = (only: string | null): AccessFlag | null =>
  accessFlags.find((one) => one === only) ?? null;

const views = ['target', 'matrix', 'snapshot', 'leavers'] as const;
/** How access is shown: as a list by person or by target, as a table of both, or compared with a list. */
export const viewOf = (by: string | null): (typeof views)[number] | 'subject' =>
  views.find((one) => one === by) ?? 'subject';

/** People first, unless targets were chosen. */
export const orderOf = (by: string | null): AccessOrder => (by === 'target' ? 'target' : 'subject');

/** Names an interval: a grant can be of several rights at once. */
export const keyOf = ({ startEvent, subject, right }: AccessInterval): string =>
  `${startEvent} ${subject} ${right}`;

/** The events about one target. */
export const filterOfTarget = (row: AccessInterval): string => filterOf(termsOf(row));

/** The rights of one person on one target. */
export const filterOfHistory = (row: TargetName & { subject: string }): string =>
  filterOf([['subject', row.subject], ...termsOf(row)]);

const termsOf = ({ source, targetType, targetId, targetName }: TargetName) =>
  [
    ['source', source],
    ['type', targetType],
    ['target', targetId ?? targetName],
  ] as ['source' | 'type' | 'target', string | null][];
