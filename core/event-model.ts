// The words of what is asked about a single event as types; shapes only, as in model.ts.

import type { Check, EventRow } from './model.ts';

/** One event verified: `checks` are records, events and log, and `leaf` is what stands for it there, hex. */
export type EventVerification = { uid: string; ok: boolean; checks: Check[]; leaf: string };

/** What events can share with one another. */
export const neighbourKeys = ['target', 'actor', 'ip'] as const;
export type NeighbourKey = (typeof neighbourKeys)[number];

/** An event near another one, and what it shares with it. */
export type Neighbour = EventRow & { same: NeighbourKey[] };

/** What happened around an event: everything of [from, to), ISO 8601 UTC, that shares one of some things with it. */
export type Neighbours = {
  uid: string;
  from: string;
  to: string;
  /** What the event has of what was asked: how many events of the span share it, itself included, and their filter. */
  shared: { key: NeighbourKey; value: string; events: number; filter: string }[];
  /** The nearest ones in order of time, the event itself among them. */
  rows: Neighbour[];
  /** How many more there are before and after those. */
  earlier: number;
  later: number;
};

/** What somebody says of an event: the newest one counts, the older ones stay. Without note and tags it says nothing any more. */
export type Annotation = {
  /** Uid. */
  event: string;
  at: string;
  /** As they named themselves, and the account of this computer they worked under. */
  person: string;
  account: string;
  note: string;
  tags: string[];
};
