// The order of the list in words, and what a press on a column's header makes of it.

import type { Sort, SortKey } from '#core/query/sort.ts';

export const newestFirst: Sort = { by: 'time', direction: 'desc' };

const names: Record<SortKey, string> = {
  time: 'time',
  source: 'source',
  category: 'category',
  action: 'action',
  actor: 'actor',
  target: 'target',
  field: 'field',
  ip: 'IP address',
  outcome: 'outcome',
  subject: 'subject',
};

/** `newest first`, `by actor, A to Z`. */
export function orderWords({ by, direction }: Sort): string {
  if (by === 'time') return direction === 'asc' ? 'oldest first' : 'newest first';
  return `by ${names[by]}, ${direction === 'asc' ? 'A to Z' : 'Z to A'}`;
}

/** The other way round where the list is sorted by it already; else the way that is usual for it. */
export function pressed(by: SortKey, now: Sort): Sort {
  if (now.by === by) return { by, direction: now.direction === 'asc' ? 'desc' : 'asc' };
  return by === 'time' ? newestFirst : { by, direction: 'asc' };
}
