// What the events screen shows beside its rows: facets and the histogram. Shapes only, so that the page may use them.

import type { Category } from '#core/model.ts';

/** What facets count events by; each is a key of the filter language. */
export const facetKeys = [
  'source',
  'category',
  'action',
  'actor',
  'target',
  'type',
  'outcome',
  'ip',
  'field',
] as const;
export type FacetKey = (typeof facetKeys)[number];
/**
 * A value with the events that have it under a query. `value` is what the filter takes, null where an event has none;
 * `label` is what to show instead (a target's name beside its id), null where that is the value. `type` is the
 * target's, or the one the actor was first seen with; null for other facets.
 */
export type FacetValue = { value: string | null; label: string | null; type: string | null; count: number };
/** The values with most events first, equal ones by text; `more` is how many further values there are. */
export type Facet = { key: FacetKey; values: FacetValue[]; more: number };

export const bucketUnits = ['hour', 'day', 'week', 'month', 'year'] as const;
export type BucketUnit = (typeof bucketUnits)[number];
/**
 * Events over time. The buckets are whole calendar units of the query's zone without a hole between them, empty ones
 * included: [from, to) in ISO 8601, UTC. They span the query's period where it has one, else its events.
 */
export type Histogram = { unit: BucketUnit; buckets: { from: string; to: string; count: number }[] };
/**
 * The same by category: `counts` in the order of `categories`, of which those with most events come first, with all of
 * their events.
 */
export type OverTime = {
  unit: BucketUnit;
  categories: { category: Category; count: number }[];
  buckets: { from: string; to: string; counts: number[] }[];
};
