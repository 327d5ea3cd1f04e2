// The words of access reviews (campaigns) as types; shapes only, as in model.ts.

import type { AccessInterval, ReviewSettings } from './review-model.ts';

export const campaignDecisions = ['keep', 'revoke', 'change', 'escalate'] as const;
export type CampaignDecision = (typeof campaignDecisions)[number];

export const assignments = ['all', 'type', 'scope', 'subject', 'target'] as const;
/** What a reviewer is named for; `value` is compared without case, null for all. */
export type Assignment = { by: (typeof assignments)[number]; value: string | null; reviewer: string };

/**
 * proven: an event takes it · late: after the time allowed · contradicted: the target was used afterwards, and no new
 * grant of the same right stands for that · waiting: no evidence yet.
 */
export const proofStates = ['proven', 'late', 'contradicted', 'waiting'] as const;
export type ProofState = (typeof proofStates)[number];
/** What the log shows of a right that was to be taken away. Events are uids, times ISO 8601 UTC. */
export type Proof = {
  state: ProofState;
  reason: string;
  revokeEvent: string | null;
  revokedAt: string | null;
  /** The event that contradicts it, or the one that grants the same right again. */
  laterEvent: string | null;
  /** The other rights that were held at the use that contradicts it: where there are some, it may have been theirs. */
  heldThen?: string[];
  /** Until when it had to be gone. */
  deadline: string;
};

/** A right as it was when the campaign was frozen: a copy, whatever the log says later. */
export type FrozenRight = Omit<
  AccessInterval,
  'to' | 'revokedBy' | 'revokeEvent' | 'endCertainty' | 'endEvent' | 'change'
>;

export type Decided = {
  decision: CampaignDecision;
  note: string;
  person: string;
  at: string;
  account: string;
};
/** `number` counts from 1. The last decision counts, the earlier ones are its history. */
export type CampaignEntry = FrozenRight & {
  number: number;
  reviewer: string | null;
  decided: Decided | null;
  history: Decided[];
  /** Of a right to be revoked, once the campaign is closed. */
  proof: Proof | null;
};

export type Campaign = {
  id: number;
  name: string;
  /** The date as asked for, the instant (exclusive) it is, and its zone. */
  at: string;
  atTime: string;
  zone: string;
  filter: string;
  settings: ReviewSettings;
  /** Size and root of the log it was frozen from. */
  logSize: number;
  logRoot: string | null;
  entries: number;
  /** SHA-256 over the frozen rows, a line of canonical JSON each. */
  entriesHash: string;
  person: string;
  openedAt: string;
  closedAt: string | null;
  closedBy: string | null;
};

/** How far it is. `pending` are those nobody decided, and those escalated that nobody has decided since. */
export type CampaignProgress = Campaign & {
  pending: number;
  decisions: Record<CampaignDecision, number>;
  /** Null until it is closed. */
  proofs: Record<ProofState, number> | null;
  reviewers: { reviewer: string | null; entries: number; pending: number }[];
};

/** Which entries are listed. */
export const campaignFilters = ['pending', ...campaignDecisions, ...proofStates] as const;
export type CampaignFilter = (typeof campaignFilters)[number];
