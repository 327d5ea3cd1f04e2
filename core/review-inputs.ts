// The inputs of the calls about changes, access and sessions, as zod parses them in the engine, and what they share
// with the other calls of the contract.

import { z } from 'zod';
import { assignments, campaignDecisions, campaignFilters } from './campaign-model.ts';
import {
  accessFlags,
  accessOrders,
  changeResults,
  exceptionKinds,
  leaverStates,
  reconciledParts,
  sessionKinds,
  sessionStates,
} from './review-model.ts';
import { ticketBuckets } from './ticket-model.ts';

export const text = z.string().max(10_000);
export const grant = z.string().min(1).max(100);
export const eventQuery = z.strictObject({
  filter: text,
  from: z.string().max(40).nullable(),
  to: z.string().max(40).nullable(),
  zone: z.string().min(1).max(60),
});

const date = z.string().min(1).max(40);
const zone = z.string().min(1).max(60);
const page = { first: z.int().min(0), limit: z.int().min(1).max(500) };
/** Weekdays from 1 (Monday), minutes from midnight; `to` is exclusive and may lie before `from`. */
const hours = z
  .strictObject({
    days: z.array(z.int().min(1).max(7)).min(1).max(7),
    from: z.int().min(0).max(1439),
    to: z.int().min(0).max(1440),
    zone: zone.nullable(),
  })
  .nullable();
const dormantDays = z.int().min(1).max(10_000);
const privileged = z.array(z.string().min(1).max(200)).max(100);
export const reviewSettings = z.strictObject({
  hours,
  dormantDays,
  privileged,
  slaDays: z.int().min(0).max(10_000),
});

/** A change review; `baseline` is the grant of a CSV with target, field, value and date. */
export const changeReview = eventQuery.extend({
  from: date,
  to: date,
  hours,
  baseline: grant.nullable(),
  /** The grant of a CSV of tickets or pull requests. */
  tickets: grant.nullable(),
});
export const ticketPage = changeReview.extend({ ...page, bucket: z.enum(ticketBuckets).nullable() });
export const ticketVerdict = z.strictObject({
  ticket: z.string().min(1).max(1000),
  events: z.array(z.string().min(1).max(40)).min(1).max(10_000),
  verdict: z.enum(['belongs', 'other']),
  person: z.string().trim().min(1).max(200),
});
export const changePage = changeReview.extend({
  ...page,
  result: z.enum(changeResults).nullable(),
  exception: z.enum(exceptionKinds).nullable(),
});
/** Rows of a review for a file; `into` is the grant of a folder. */
export const changesToSave = changePage.omit({ first: true, limit: true }).extend({ into: grant });
/** A table of a review for a file; `into` is the grant of a folder. */
const file = { into: grant, format: z.enum(['csv', 'xlsx']) };

export const stateQuery = z.strictObject({
  at: date,
  zone,
  filter: text,
  baseline: grant.nullable(),
  ...page,
});
export const stateToSave = stateQuery.omit({ first: true, limit: true }).extend(file);

/** `leavers` is the grant of a CSV with user and date; `flag` picks the intervals that have it. */
export const accessQuery = z.strictObject({
  scope: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('at'), at: date }),
    z.strictObject({ kind: z.literal('between'), from: date, to: date }),
    z.strictObject({ kind: z.literal('ledger') }),
  ]),
  zone,
  filter: text,
  hours,
  dormantDays,
  privileged,
  leavers: grant.nullable(),
  flag: z.enum(accessFlags).nullable(),
  order: z.enum(accessOrders).optional(),
  ...page,
});
export const accessFigures = accessQuery.omit({ flag: true, order: true, first: true, limit: true });
const place = z.int().min(0);
const size = z.int().min(1).max(500);
export const matrixWindow = accessQuery
  .pick({ scope: true, zone: true, filter: true, privileged: true })
  .extend({ row: place, rows: size, column: place, columns: size });
/** Intervals for a file; `into` is the grant of a folder. */
export const accessToSave = accessQuery.omit({ first: true, limit: true }).extend({ into: grant });
/** `snapshot` is the grant of a CSV with user, target and rights. */
export const snapshotQuery = z.strictObject({ snapshot: grant, at: date, zone });
export const snapshotPage = snapshotQuery.extend({ ...page, part: z.enum(reconciledParts).nullable() });
/** `leavers` is the grant of a CSV with user and date. */
export const leaversPage = z.strictObject({
  leavers: grant,
  at: date,
  zone,
  slaDays: z.int().min(0).max(10_000),
  state: z.enum(leaverStates).nullable(),
  ...page,
});

export const matrixToSave = matrixWindow
  .omit({ row: true, rows: true, column: true, columns: true })
  .extend(file);
export const reconciledToSave = snapshotQuery.extend(file);
export const leaversToSave = leaversPage.omit({ first: true, limit: true }).extend(file);

const person = z.string().trim().min(1).max(200);
export const campaignToOpen = z.strictObject({
  name: z.string().trim().min(1).max(200),
  at: date,
  zone,
  filter: text,
  person,
});
const campaign = z.int().positive();
export const campaignPage = z.strictObject({
  campaign,
  only: z.enum(campaignFilters).nullable(),
  reviewer: z.string().max(200).nullable(),
  ...page,
});
export const campaignAssignment = z.strictObject({
  campaign,
  by: z.enum(assignments),
  value: z.string().min(1).max(1000).nullable(),
  reviewer: person,
  person,
});
export const campaignDecision = z.strictObject({
  campaign,
  entries: z.array(z.int().positive()).min(1).max(10_000),
  decision: z.enum(campaignDecisions),
  note: z.string().max(10_000),
  person,
});
export const campaignToSave = z.strictObject({ campaign, into: grant });
export const campaignClosing = z.strictObject({ campaign, person });
export const campaignQuery = z.strictObject({ campaign });

export const sessionQuery = eventQuery.extend({
  ...page,
  kind: z.enum(sessionKinds).nullable(),
  state: z.enum(sessionStates).nullable(),
});
export const failureQuery = eventQuery.extend({ ...page, by: z.enum(['actor', 'ip']).nullable() });
