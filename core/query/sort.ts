// The order of a list of events, as grid, saved views and windows name it.

/** What a list of events can be sorted by. Events that are equal in it stand newest first. */
export const sortKeys = [
  'time',
  'source',
  'category',
  'action',
  'actor',
  'target',
  'field',
  'ip',
  'outcome',
  'subject',
] as const;
export type SortKey = (typeof sortKeys)[number];
export type Sort = { by: SortKey; direction: 'asc' | 'desc' };
