// The calls about changes, access, its reviews and sessions: a part of the contract.

import { command, gives, job, nothing, query } from './calls.ts';
import type { Campaign, CampaignEntry, CampaignProgress } from './campaign-model.ts';
import {
  accessFigures,
  accessQuery,
  accessToSave,
  campaignAssignment,
  campaignClosing,
  campaignDecision,
  campaignPage,
  campaignQuery,
  campaignToOpen,
  campaignToSave,
  changePage,
  changeReview,
  changesToSave,
  failureQuery,
  leaversPage,
  leaversToSave,
  matrixToSave,
  matrixWindow,
  reconciledToSave,
  reviewSettings,
  sessionQuery,
  snapshotPage,
  snapshotQuery,
  stateQuery,
  stateToSave,
  ticketPage,
  ticketVerdict,
} from './review-inputs.ts';
import type {
  AccessMatrix,
  AccessPage,
  AccessSummary,
  ChangedTrack,
  ChangeSummary,
  FailureGroup,
  LeaversTest,
  ReconciledPage,
  Reconciliation,
  Session,
  StatePage,
} from './review-model.ts';
import type { KeptSettings } from './store/review-settings.ts';
import type { TicketedChange } from './ticket-model.ts';

export const reviewCalls = {
  /** What reviews of this workspace are measured by. */
  'review.settings': query(nothing, gives<KeptSettings>()),
  /** Sets all of it; what counted before stays in the activity log. */
  'review.saveSettings': command(reviewSettings, gives<KeptSettings>()),
  /** What changed in a period, in figures. */
  'changes.summary': query(changeReview, gives<ChangeSummary>()),
  /** Rows of the review by source, target and field; `total` counts those with that result and exception. */
  'changes.tracks': query(changePage, gives<{ total: number; rows: ChangedTrack[] }>()),
  /** Changes of the review by what their tickets say, and tickets without a change, in order of time. */
  'changes.ticketed': query(ticketPage, gives<{ total: number; rows: TicketedChange[] }>()),
  /** Notes that a ticket belongs to some changes, or does not; gives how many verdicts there are. */
  'changes.decideTicket': command(ticketVerdict, gives<{ verdicts: number }>()),
  /** Writes rows of the review as CSV into a granted folder; never over another file. */
  'changes.save': command(changesToSave, gives<{ file: string }>()),
  /** The same as a workbook with its IPE card. */
  'changes.book': job(changesToSave, gives<{ file: string }>()),
  /** The value of every track at the end of a date or at an instant; the filter picks tracks by their events. */
  'changes.state': query(stateQuery, gives<StatePage>()),
  /** The same as a file with its IPE card. */
  'changes.saveState': job(stateToSave, gives<{ file: string }>()),
  /** Who held which right: as of the end of a date, between two, or all the ledger. */
  'access.intervals': query(accessQuery, gives<AccessPage>()),
  /** A part of the ledger in figures. */
  'access.summary': query(accessFigures, gives<AccessSummary>()),
  /** A window of the table of people and targets. */
  'access.matrix': query(matrixWindow, gives<AccessMatrix>()),
  /** Writes intervals as CSV into a granted folder; never over another file. */
  'access.save': command(accessToSave, gives<{ file: string }>()),
  /** The same as a workbook with its IPE card. */
  'access.book': job(accessToSave, gives<{ file: string }>()),
  /** A snapshot of who has access against the ledger as of its date. */
  'access.reconcile': query(snapshotQuery, gives<Reconciliation>()),
  /** The same by pages: what is in the snapshot alone, in the log alone, or in both. */
  'access.reconciled': query(snapshotPage, gives<ReconciledPage>()),
  /** Whether the rights of people who left were gone in the time allowed. */
  'access.leavers': query(leaversPage, gives<LeaversTest>()),
  /** The table of people and targets, the comparison and the test as a file with its IPE card. */
  'access.saveMatrix': job(matrixToSave, gives<{ file: string }>()),
  'access.saveReconciled': job(reconciledToSave, gives<{ file: string }>()),
  'access.saveLeavers': job(leaversToSave, gives<{ file: string }>()),
  /** Access reviews, newest first. */
  'campaigns.list': query(nothing, gives<Campaign[]>()),
  /** How far an access review is, with what the log shows of its revocations once it is closed. */
  'campaigns.show': query(campaignQuery, gives<CampaignProgress>()),
  /** Its entries by number: those of a reviewer, a decision or a proof where one is named. */
  'campaigns.entries': query(campaignPage, gives<{ total: number; rows: CampaignEntry[] }>()),
  /** Freezes the rights held at the end of a date as a new access review. */
  'campaigns.open': job(campaignToOpen, gives<{ campaign: number }>()),
  /** Names the reviewer of some entries; nobody becomes the reviewer of an own right. */
  'campaigns.assign': command(campaignAssignment, gives<{ campaign: number }>()),
  'campaigns.decide': command(campaignDecision, gives<{ campaign: number }>()),
  /** An access review as a workbook with its IPE card. */
  'campaigns.book': job(campaignToSave, gives<{ file: string }>()),
  /** Closes it for good; refused while an entry is pending. */
  'campaigns.close': command(campaignClosing, gives<{ campaign: number }>()),
  /** Logins and remote access that touch the period, oldest first. */
  'sessions.list': query(sessionQuery, gives<{ total: number; rows: Session[] }>()),
  /** Failed logins and invalid keys by actor and by address, the largest group first. */
  'sessions.failures': query(failureQuery, gives<{ total: number; rows: FailureGroup[] }>()),
} as const;
