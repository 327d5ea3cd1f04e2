// The words of change reviews, access and sessions as types; shapes only, as in model.ts.

import type { Category } from './model.ts';
import type { TicketFigures } from './ticket-model.ts';

/** How a value is known: said by the last event before, by the first one after, by a baseline snapshot, or not. */
export const certainties = ['asserted', 'inferred', 'baseline', 'unknown'] as const;
export type Certainty = (typeof certainties)[number];

/** What events are about, as rows of a review name it. */
export type TargetName = {
  source: string;
  targetType: string | null;
  targetId: string | null;
  targetName: string | null;
};

export const changeResults = ['changed', 'reverted', 'unknown'] as const;
export type ChangeResult = (typeof changeResults)[number];

export const exceptionKinds = [
  'outside-hours',
  'outside-maintenance',
  'new-actor',
  'self-approved',
  'no-ticket',
] as const;
export type ExceptionKind = (typeof exceptionKinds)[number];
/** Why a change of a row deserves a look. `events` are uids, the first 100 of `count`. */
export type RowException = { kind: ExceptionKind; reason: string; count: number; events: string[] };
/** An exception over the whole review: how many rows have it; or why it could not be looked for. */
export type ExceptionSummary = { kind: ExceptionKind; rows: number; skipped: string | null };

/** One track with at least one event in the period. Events are uids. */
export type ChangedTrack = TargetName & {
  field: string;
  valueFrom: string | null;
  certaintyFrom: Certainty;
  valueTo: string | null;
  certaintyTo: Certainty;
  /** Events in the period. */
  changes: number;
  result: ChangeResult;
  /** Everybody who made one of the changes, by name. */
  actors: string[];
  firstEvent: string;
  lastEvent: string;
  firstTime: string;
  lastTime: string;
  exceptions: RowException[];
  /** Breaks of this track between the value then and the value now. */
  breaks: number;
};

/**
 * Where the period's events went, so that the figures add up:
 * `events = inTracks + activity + access + withoutValue + failed`.
 */
export type ReviewBalance = {
  events: number;
  inTracks: number;
  /** Without a field: opened, downloaded, logged in … */
  activity: number;
  /** Changes of a subject's rights that carry a field: they are in the ledger. */
  access: number;
  /** With a field, but neither an old nor a new value. */
  withoutValue: number;
  /** With a field, but it did not succeed. */
  failed: number;
};

export type ActivityCount = { category: Category; count: number };

/** A change review in figures. */
export type ChangeSummary = {
  /** The bounds as they were asked for, and what instants they are (ISO 8601 UTC). */
  from: string;
  to: string;
  zone: string;
  fromTime: string;
  toTime: string;
  tracks: number;
  /** Targets that the tracks are of. */
  targets: number;
  results: Record<ChangeResult, number>;
  balance: ReviewBalance;
  activity: ActivityCount[];
  exceptions: ExceptionSummary[];
  /** Tracks of the review that do not follow on from event to event, and how often. */
  breaks: { tracks: number; breaks: number };
  /** Changes in tracks by day of the zone and category. */
  days: { day: string; category: Category; count: number }[];
  /** Changes by what their tickets say; null where no list was given. */
  tickets: TicketFigures | null;
};

/** A value of a track at an instant, and the event that says so. */
export type TrackState = TargetName & {
  field: string;
  value: string | null;
  certainty: Certainty;
  event: string | null;
};

/**
 * Working hours: weekdays 1 (Monday) to 7, minutes from midnight; `to` is exclusive. A zone of null is the one that the
 * review's dates are meant in.
 */
export type WorkingHours = { days: number[]; from: number; to: number; zone: string | null };

/** `at` as it was asked for, and what instant (exclusive) it is. */
export type StatePage = {
  at: string;
  atTime: string;
  total: number;
  counts: Record<Certainty, number>;
  rows: TrackState[];
};

/** asserted: an event says it · inferred: held before the first event · unlogged: an event shows it, none says when. */
export const startCertainties = ['asserted', 'inferred', 'unlogged'] as const;
export type StartCertainty = (typeof startCertainties)[number];
export type EndCertainty = 'asserted' | 'unlogged';

export const accessFlags = [
  'self-granted',
  'privileged',
  'dormant',
  'used-after-revocation',
  'outside-hours',
  'leaver',
  'no-grant-seen',
] as const;
export type AccessFlag = (typeof accessFlags)[number];

/** One right of one subject on one target for as long as it was held. Events are uids, times ISO 8601 UTC. */
export type AccessInterval = TargetName & {
  /** The project or workspace of the target, where the log names one. */
  scope: string | null;
  subject: string;
  right: string;
  /** Null: held before the log begins. */
  from: string | null;
  /** Null: still held. */
  to: string | null;
  grantedBy: string | null;
  grantEvent: string | null;
  revokedBy: string | null;
  revokeEvent: string | null;
  startCertainty: StartCertainty;
  endCertainty: EndCertainty | null;
  /** The events that show the start and the end, also where they are no grant and no revocation. */
  startEvent: string;
  endEvent: string | null;
  flags: AccessFlag[];
  /** Why, for each flag. */
  reasons: Partial<Record<AccessFlag, string>>;
  /** The last event by the subject on the target, where that is after the end. */
  useEvent?: string;
  /** Between two dates alone: whether it was held at both, one or neither of them. */
  change?: AccessChange;
};
export type AccessChange = 'kept' | 'gained' | 'lost' | 'passing';

/**
 * joiner: held nothing before · leaver: holds nothing after · mover: holds other rights · passing: only in between.
 * `subject` is a person where names were merged and persons are read so; `names` are then those the ledger has of them.
 */
export type AccessPerson = {
  subject: string;
  names?: string[];
  kind: 'joiner' | 'mover' | 'leaver' | 'passing';
  gained: number;
  lost: number;
};

/** Which part of the ledger: as of the end of a date or an instant, between two, or all of it. */
export type AccessScope =
  | { kind: 'at'; at: string }
  | { kind: 'between'; from: string; to: string }
  | { kind: 'ledger' };

/** How flags are set. */
export type AccessSettings = {
  hours: WorkingHours | null;
  dormantDays: number;
  /** Rights, without case, `*` for any text. */
  privileged: readonly string[];
};

/** Rights that count as privileged where the settings do not say otherwise. */
export const usualPrivileged = ['owner', 'admin', '*grant*', '*delete*', '*develop*'] as const;

/** What reviews of a workspace are measured by. */
export type ReviewSettings = AccessSettings & {
  /** Days within which a right has to be gone after somebody left or a campaign revoked it. */
  slaDays: number;
};

/** What counts until somebody sets something. */
export const usualSettings: ReviewSettings = {
  hours: null,
  dormantDays: 90,
  privileged: usualPrivileged,
  slaDays: 14,
};

export const accessOrders = ['target', 'subject'] as const;
export type AccessOrder = (typeof accessOrders)[number];

/** A part of the ledger in figures; a flag that could not be looked for is null. */
export type AccessSummary = {
  /** The instant (exclusive) that it is judged at. */
  atTime: string;
  intervals: number;
  people: number;
  targets: number;
  /** Without an event that grants them: held before the log begins, or shown by an event that is no grant. */
  inferred: number;
  unlogged: number;
  flags: Record<AccessFlag, number | null>;
  /** What the log of each source cannot know. */
  blindSpots: { source: string; blindSpots: string[] }[];
};

/** A right of a matrix with the letters that stand for it in cells, and how often it is held. */
export type MatrixRight = { right: string; code: string; isPrivileged: boolean; count: number };
/** Rights (by their places in `rights`) of one person on one target. */
export type MatrixCell = { row: number; column: number; rights: number[] };
/** A window of people × targets. `people`, `targets` and `cells` (those that hold a right) count the whole. */
export type AccessMatrix = {
  atTime: string;
  people: number;
  targets: number;
  cells: number;
  rights: MatrixRight[];
  /** Of the window, from its first row and column on. */
  rowNames: string[];
  columnNames: TargetName[];
  shown: MatrixCell[];
};

/** A page of intervals by source, target, subject and right. */
export type AccessPage = {
  total: number;
  rows: AccessInterval[];
  /** Between two dates alone: everybody whose rights differ. */
  people: AccessPerson[];
};

/** A right that a snapshot says somebody has; `line` is where it stands in the file. */
export type SnapshotRight = { line: number; subject: string; target: string; right: string };
/** A snapshot of who has access compared with the ledger as of its date. */
export type Reconciliation = {
  at: string;
  atTime: string;
  matched: { snapshot: SnapshotRight; interval: AccessInterval }[];
  /** The log has no grant of these. */
  inSnapshotOnly: SnapshotRight[];
  /** The log says these are held. */
  inLogOnly: AccessInterval[];
  /** What the log of each source cannot know. */
  blindSpots: { source: string; blindSpots: string[] }[];
};

export const reconciledParts = ['snapshot-only', 'log-only', 'matched'] as const;
export type ReconciledPart = (typeof reconciledParts)[number];
/** A right of a snapshot, of the ledger, or both where they match. */
export type ReconciledRow = {
  part: ReconciledPart;
  snapshot: SnapshotRight | null;
  interval: AccessInterval | null;
};
export type ReconciledPage = {
  atTime: string;
  counts: Record<ReconciledPart, number>;
  total: number;
  rows: ReconciledRow[];
};

/** given-after: granted after they left · held: past its time · late: gone after its time · due: its time is not over. */
export const leaverStates = ['given-after', 'held', 'late', 'due', 'in-time'] as const;
export type LeaverState = (typeof leaverStates)[number];
export type LeaverRow = AccessInterval & {
  /** As the list names them. */
  listed: string;
  left: string;
  deadline: string;
  state: LeaverState;
  reason: string;
};
/** `later`: people of the list who leave only after the date · `unknown`: people the ledger never names. */
export type LeaversTest = {
  atTime: string;
  leavers: number;
  later: number;
  unknown: string[];
  counts: Record<LeaverState, number>;
  total: number;
  rows: LeaverRow[];
};

export const sessionKinds = ['login', 'remote-access'] as const;
export type SessionKind = (typeof sessionKinds)[number];
/** closed: start and end are logged · no-end, no-start: the other one is not · started: the vendor logs no ends. */
export const sessionStates = ['closed', 'no-end', 'no-start', 'started'] as const;
export type SessionState = (typeof sessionStates)[number];

/** A session of somebody, on a device where it is remote access. Events are uids, times ISO 8601 UTC. */
export type Session = TargetName & {
  kind: SessionKind;
  state: SessionState;
  actor: string | null;
  /** The vendor's own id of the session, where the record has one. */
  session: string | null;
  start: string | null;
  end: string | null;
  durationMs: number | null;
  startEvent: string | null;
  endEvent: string | null;
  ip: string | null;
  port: string | null;
  app: string | null;
};

/** Failed logins and invalid keys of one actor or from one address; key null where the records name none. */
export type FailureGroup = {
  by: 'actor' | 'ip';
  key: string | null;
  count: number;
  first: string;
  last: string;
  firstEvent: string;
  lastEvent: string;
  actions: { action: string; count: number }[];
  /** Of a group by actor the addresses, of one by address the actors: the first 100 by name, of `others`. */
  others: number;
  otherKeys: string[];
  /** The filter that finds them. */
  filter: string;
};
