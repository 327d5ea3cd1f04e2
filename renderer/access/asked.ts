// What the Access screen asks: the date, the zone, the filter, and how flags are set.

import type { Input } from '#core/contract.ts';
import {
  type AccessFlag,
  type AccessInterval,
  type AccessOrder,
  accessFlags,
  usualPrivileged,
  type WorkingHours,
} from '#core/review-model.ts';
import type { Address } from '../address/address.ts';
import { filterOf } from '../address/filter-of.ts';
import { todayIn } from '../words/time.ts';

export type AskedAccess = Input<'access.summary'>;

/** Days without an event by the holder after which a right counts as dormant. */
const dormantDays = 90;

/** The date an address is about: the one that was set, else the end of the period, else today. */
export const dateOf = ({ at, to, zone }: Pick<Address, 'at' | 'to' | 'zone'>): string =>
  at ?? to ?? todayIn(zone);

export function accessOf(
  address: Pick<Address, 'filter' | 'at' | 'to' | 'zone'>,
  hours: WorkingHours | null,
  leavers: string | null,
): AskedAccess {
  return {
    scope: { kind: 'at', at: dateOf(address) },
    zone: address.zone,
    filter: address.filter,
    hours,
    dormantDays,
    privileged: [...usualPrivileged],
    leavers,
  };
}

/** The flag that rows are listed by; a word that is none lists all. */
export const flagOf = (only: string | null): AccessFlag | null =>
  accessFlags.find((one) => one === only) ?? null;

/** People first, unless targets were chosen. */
export const orderOf = (by: string | null): AccessOrder => (by === 'target' ? 'target' : 'subject');

/** Names an interval: a grant can be of several rights at once. */
export const keyOf = ({ startEvent, subject, right }: AccessInterval): string =>
  `${startEvent} ${subject} ${right}`;

/** The events about one target. */
export const filterOfTarget = (row: AccessInterval): string => filterOf(termsOf(row));

/** The rights of one person on one target. */
export const filterOfHistory = (row: AccessInterval): string =>
  filterOf([['subject', row.subject], ...termsOf(row)]);

const termsOf = ({ source, targetType, targetId, targetName }: AccessInterval) =>
  [
    ['source', source],
    ['type', targetType],
    ['target', targetId ?? targetName],
  ] as ['source' | 'type' | 'target', string | null][];
