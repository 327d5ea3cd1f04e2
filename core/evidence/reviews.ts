// What a pack says beside the events themselves: access, changes, sessions, completeness. The rooms that know these
// answers and this one do not know each other; whoever makes a pack hands them in.

import type { CampaignEntry, CampaignProgress } from '#core/campaign-model.ts';
import type { Break, ContinuityReport, CoverageReport, Explanation } from '#core/model.ts';
import type { RegisteredException } from '#core/register-model.ts';
import type {
  AccessInterval,
  AccessPerson,
  AccessSummary,
  ChangedTrack,
  ChangeSummary,
  FailureGroup,
  LeaversTest,
  ReviewSettings,
  Session,
} from '#core/review-model.ts';
import type { KeptCampaign } from '#core/store/campaigns.ts';
import type { Store } from '#core/store/open.ts';

/** The answers for the period of a pack. Lists are read once and in order, while the log's snapshot is open. */
export type PackReviews = {
  changes: { summary: ChangeSummary; rows: Iterable<ChangedTrack> };
  access: {
    summary: AccessSummary;
    /** Every right held at some time in the period. */
    rows: Iterable<AccessInterval>;
    people: readonly AccessPerson[];
    /** Rights of those whose kind is mover, by subject and target. */
    movers: Iterable<AccessInterval>;
    /** Whether the pack's filter could be applied to rights; if not they are those of all sources. */
    isFiltered: boolean;
  };
  sessions: Iterable<Session>;
  /** Null without a list of people who left. */
  leavers: LeaversAnswer | null;
  /** The same for people who moved: null without a list that names some. */
  moved: LeaversAnswer | null;
  /** Of the register, without those withdrawn. */
  exceptions: readonly RegisteredException[];
  failures: readonly FailureGroup[];
  /** Access reviews frozen as of an instant in the period, oldest first, with the proofs of those that are closed. */
  campaigns: readonly { campaign: CampaignProgress; entries: readonly CampaignEntry[] }[];
  /** Of the whole log, whatever the filter. */
  continuity: ContinuityAnswer;
  coverage: CoverageReport;
};

/** The test of continuity with the number of breaks; each is read when it is taken. */
export type ContinuityAnswer = Omit<ContinuityReport, 'breaks'> & {
  breaks: number;
  listed: Iterable<Break>;
};

/** The test of leavers or movers as of the period's end, all rows; `people` are those of the list, `left` ISO 8601 UTC. */
export type LeaversAnswer = {
  test: LeaversTest;
  slaDays: number;
  people: readonly { name: string; left: string }[];
};

/** A list of people who left or moved, as it was handed over: when each did, epoch ms. */
export type LeaversList = {
  file: string;
  sha256: string;
  slaDays: number;
  people: ReadonlyMap<string, number>;
  /** Who moved, and when. */
  moved: ReadonlyMap<string, number>;
};

/** Where the answers come from, and what they depend on beside the log: that is frozen in the recipe. */
export type ReviewReader = {
  settings: ReviewSettings;
  /** Newest first, as `listExplanations` gives them. */
  explanations: readonly Explanation[];
  /** Newest first, as `listCampaigns` gives them. */
  campaigns: readonly KeptCampaign[];
  /** By number, as `listExceptions` gives them. */
  exceptions: readonly RegisteredException[];
  leavers: LeaversList | null;
  read(store: Store): PackReviews;
};
