// What a list of events answers: the query, and the order of its rows. Both together are a view's identity: rows of
// one are never shown under another.

import type { EventQuery } from '#core/model.ts';
import type { Sort } from '#core/query/sort.ts';
import { type Address, hasDates } from '../address/address.ts';

export type Question = { query: EventQuery; sort: Sort };

/** Rows asked for at once. */
export const pageSize = 100;

/** The question of an address. Where no date depends on it the zone is left out, so that showing another asks nothing. */
export function questionOf(address: Pick<Address, 'filter' | 'from' | 'to' | 'zone' | 'sort'>): Question {
  const { filter, from, to, zone, sort } = address;
  return {
    query: { filter, from, to, zone: hasDates(address) ? zone : 'UTC' },
    sort,
  };
}

/** The same text for the same question. */
export const keyOf = ({ query, sort }: Question): string =>
  JSON.stringify([query.filter, query.from, query.to, query.zone, sort.by, sort.direction]);

/** The call's input for a page; newest first goes without saying. */
export function pageOf({ query, sort }: Question, page: number, size: number = pageSize) {
  const isUsual = sort.by === 'time' && sort.direction === 'desc';
  return { ...query, first: page * size, limit: size, ...(isUsual ? {} : { sort }) };
}
