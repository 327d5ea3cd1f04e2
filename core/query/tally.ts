// What is known of a query's events where the columns of the log are in memory, as a parameter for who may not know the
// columns. Without them, or when an import has just moved them, the answer is null, and SQL says the same.

import type { EventQuery } from '#core/model.ts';

export type EventTally = {
  /** How many events of a query there are of each kind, by its id; `withSubject` of those that have a subject. */
  countKinds(query: EventQuery): { all: Uint32Array; withSubject: Uint32Array } | null;
  /** The ids of a query's events, in no order; with `kinds`, of those that have a subject and are of one of them. */
  idsOf(query: EventQuery, kinds?: ReadonlySet<number>): Uint32Array | null;
};
