// The words of tickets beside a change review as types; shapes only, as in model.ts.

import type { TargetName } from './review-model.ts';

/** A ticket or pull request as its list has it; `line` is where it stands. Times are ISO 8601 UTC. */
export type Ticket = {
  line: number;
  id: string;
  title: string | null;
  target: string | null;
  opened: string | null;
  openedBy: string | null;
  approved: string | null;
  approvedBy: string | null;
  closed: string | null;
};

/** Which system the list is of, by its columns, and which of them was taken for what. */
export type TicketListFacts = {
  file: string;
  system: 'Jira' | 'GitHub' | 'ServiceNow' | 'other';
  tickets: number;
  columns: { meaning: string; column: string }[];
};

/** Of changes, but for the last one: tickets that no change was found for. */
export const ticketBuckets = [
  'approved-before',
  'approved-after',
  'self-approved',
  'not-approved',
  'no-ticket',
  'no-change',
] as const;
export type TicketBucket = (typeof ticketBuckets)[number];

/** id: the record names the ticket · confirmed: a person said so · candidate: target and time fit, nobody said so yet. */
export type TicketLink = { ticket: Ticket; by: 'id' | 'confirmed' | 'candidate' };

/** A change (an event of a track) with its tickets, or a ticket without a change. */
export type TicketedChange = {
  bucket: TicketBucket;
  /** Uid of the event; null in the bucket of tickets without a change. */
  event: string | null;
  time: string | null;
  actor: string | null;
  target: TargetName | null;
  field: string | null;
  oldValue: string | null;
  newValue: string | null;
  links: TicketLink[];
};

export type TicketFigures = {
  list: TicketListFacts;
  buckets: Record<TicketBucket, number>;
  /** Changes without a ticket for which one might be meant. */
  candidates: number;
};

/** What a person says of a ticket and a change. */
export type TicketVerdict = 'belongs' | 'other';
export type TicketDecision = { ticket: string; event: string; verdict: TicketVerdict };
