// The words of the product as types: event, source, import, filter, period. Shapes only, no behaviour,
// so that every other part (page, command line, engine) may import this file.

import type { RedactionRequest } from './redaction-model.ts';
import type { SampleRequest } from './sampling-model.ts';
import type { PackSection } from './section-model.ts';

/** The closed list of categories, in the order in which screens and reports show them. */
export const categories = [
  'account.created',
  'account.removed',
  'access.granted',
  'access.changed',
  'access.owner',
  'access.privileged_use',
  'access.review',
  'access.request',
  'auth.success',
  'auth.failure',
  'auth.policy',
  'credential',
  'remote_access',
  'network.exposure',
  'config.changed',
  'deployment',
  'repository',
  'code_review',
  'maintenance',
  'asset.lifecycle',
  'data.download',
  'sharing',
  'logging',
  'alerting',
  'incident',
  'malware',
  'vulnerability',
  'backup',
  'clock',
  'integration',
  'audit.access',
  'attribution',
  'operation',
  'billing',
  'other',
] as const;
export type Category = (typeof categories)[number];

export const actorTypes = ['human', 'service', 'system', 'unknown'] as const;
export type ActorType = (typeof actorTypes)[number];

export const outcomes = ['success', 'failure', 'unknown'] as const;
export type Outcome = (typeof outcomes)[number];

/** explicit: offset, Z or epoch in the record · declared: preset or person named the zone · assumed: neither. */
export const timeBases = ['explicit', 'declared', 'assumed'] as const;
export type TimeBasis = (typeof timeBases)[number];

/** What a preset makes of one record; the part of an event that does not depend on where it was stored. */
export type MappedEvent = {
  /** Epoch milliseconds. */
  time: number;
  /** The time as the record has it. */
  timeText: string;
  timeBasis: TimeBasis;
  /** The vendor's own event name, unchanged. */
  action: string;
  category: Category;
  actor: string | null;
  actorType: ActorType;
  targetType: string | null;
  targetId: string | null;
  targetName: string | null;
  /** Project or workspace. */
  scope: string | null;
  /** In an access event, the principal whose rights change. */
  subject: string | null;
  /** The attribute of the target that changed. */
  field: string | null;
  oldValue: string | null;
  newValue: string | null;
  ip: string | null;
  outcome: Outcome;
};

/** One audit record after mapping, as every reader gets it. */
export type Event = Omit<MappedEvent, 'time'> & {
  /** Stable identity: 16 base-32 characters, with `-2`, `-3` … for further identical records of one file, `~2` … for later mappings. */
  uid: string;
  /** ISO 8601, UTC, milliseconds. */
  time: string;
  source: string;
  /** The import that stored it. */
  import: number;
  /** Line of the file for text formats that have lines, else the record's number; from 1. */
  row: number;
  /** The record as read, every column. */
  raw: unknown;
};

/** A row of the events grid: what the columns show, nothing else. */
export type EventRow = Pick<
  Event,
  | 'uid'
  | 'time'
  | 'source'
  | 'action'
  | 'category'
  | 'actor'
  | 'actorType'
  | 'targetType'
  | 'targetId'
  | 'targetName'
  | 'subject'
  | 'field'
  | 'oldValue'
  | 'newValue'
  | 'ip'
  | 'outcome'
>;

export type FileFormat = 'csv' | 'json' | 'ndjson';
export type RowKind = 'line' | 'record';

/** One system whose log is read. */
export type Source = {
  id: number;
  name: string;
  preset: string;
  /** IANA zone for records that carry none; null when the preset or the record says it. */
  zone: string | null;
  createdAt: string;
};

/** A source with what the workspace holds of it. */
export type SourceSummary = Source & {
  imports: number;
  events: number;
  firstTime: string | null;
  lastTime: string | null;
  lastImportAt: string | null;
};

export type ImportWarning = { code: string; message: string };
export type Rejection = { row: number; reason: string };
/** An earlier import with the number of its events that records of a later one were found equal to. */
export type DuplicateOf = { import: number; file: string; events: number };

/** The report of one import: one file read into one source. `read = imported + duplicates + rejected`, always. */
export type ImportReport = {
  id: number;
  /** The import whose records this one mapped again, and which it replaces; null for one of a file. */
  remaps: number | null;
  /** The import that replaced this one, with when: then nothing of it counts any more. */
  replacedBy: { import: number; at: string } | null;
  file: string;
  sha256: string;
  bytes: number;
  format: FileFormat;
  rowKind: RowKind;
  preset: string;
  source: string;
  read: number;
  imported: number;
  duplicates: number;
  /** Records stored although their vendor id was known with other content. Part of `imported`. */
  conflicts: number;
  rejected: number;
  /** The first rejected rows; `rejected` has the count of all. */
  rejections: Rejection[];
  firstTime: string | null;
  lastTime: string | null;
  /** RFC 6962 Merkle root of the stored events' leaves, hex. */
  root: string;
  warnings: ImportWarning[];
  startedAt: string;
  ms: number;
};

/** A half-open period of instants in epoch milliseconds; null is open. */
export type Period = { from: number | null; to: number | null };

/** What every reading call takes: the filter text of the search box, and the period with its zone. */
export type EventQuery = {
  /** Filter language of the search box, see core/browse/filter.ts. */
  filter: string;
  /** A date (`2026-01-31`) or an instant; a date is the whole day in `zone`. */
  from: string | null;
  to: string | null;
  /** IANA zone. */
  zone: string;
};

export const groupings = ['category', 'action', 'actor', 'target', 'source', 'day', 'hour'] as const;
export type Grouping = (typeof groupings)[number];
export type Group = { key: string; count: number };

export const frameworks = ['iso27001', 'soc2', 'iec62443'] as const;
export type Framework = (typeof frameworks)[number];

export type CheckStatus = 'passed' | 'failed' | 'skipped';
export type Check = { name: string; status: CheckStatus; detail: string };
/** What differs, in words, with the place: row, import or file. */
export type VerifyFailure = { check: string; where: string; detail: string };
export type VerifyReport = { ok: boolean; checks: Check[]; failures: VerifyFailure[] };

/** What the officer asks a pack for. */
export type PackRequest = {
  framework: Framework;
  /** Dates or instants, as in EventQuery; both needed. */
  from: string;
  to: string;
  zone: string;
  filter: string;
  /** Printed on the cover; empty is allowed and printed as "not stated". */
  organisation: string;
  preparedBy: string;
  /** Optional sections that the pack does not have; all others are there. */
  leftOut: readonly PackSection[];
  /** Each is drawn on its own; none when empty. */
  samples: readonly SampleRequest[];
  /** Ids of the controls the pack is about; all of the framework's map when empty. */
  controls: readonly string[];
  /** What the officer concludes, by control; printed as it stands. */
  conclusions: readonly { control: string; words: string }[];
  /** Null where everybody stays named. */
  redaction: RedactionRequest | null;
};

export type PackReport = {
  packId: string;
  folder: string;
  zip: string;
  /** Path of the file that opens redacted names; not part of the pack. Null without redaction. */
  redactionKey: string | null;
  events: number;
  /** Number of the activity that notes the freeze of its populations; null without an activity log. */
  freeze: number | null;
  /** Rows of all samples, each as often as it is listed; null without a sample. */
  sampled: number | null;
  /** Root of all events of the pack. */
  root: string;
  categories: { category: Category; rows: number }[];
  /** Fingerprint of the key that signed it, hex; null where it is not signed. */
  signedBy: string | null;
  files: number;
  bytes: number;
  warnings: string[];
  ms: number;
};

/**
 * Two neighbouring events of one track where the later one's old value is not the earlier one's new value: records are
 * missing between them, or were altered. Values are null only as JSON; both are present here.
 */
export type Break = {
  source: string;
  targetType: string | null;
  targetId: string | null;
  targetName: string | null;
  field: string;
  /** Uids of the two events, and their times. */
  earlier: string;
  later: string;
  earlierTime: string;
  laterTime: string;
  expected: string;
  found: string;
};
/** The continuity test over one or all sources: tested = consistent + breaks. */
export type ContinuityReport = {
  tested: number;
  consistent: number;
  /** Perhaps the first ones only; `sources` counts them all. */
  breaks: Break[];
  /** Neighbours of which one does not say its value. */
  untestable: number;
  sources: { source: string; tested: number; consistent: number; breaks: number; untestable: number }[];
};

/** covered: an import spans the day and there are events · silent: spanned, no events · gap: no import spans it. */
export type DayStatus = 'covered' | 'silent' | 'gap';
export type CoveredDay = {
  day: string;
  events: number;
  status: DayStatus;
  /** Imports that span the day; more than one is an overlap. */
  imports: number[];
  /** Far fewer events than this source has on the same weekday. */
  unusual: boolean;
  /** The day has not begun yet, so that nothing can span it. In no gap. */
  ahead?: true;
};
export type CoverageGap = { from: string; to: string; days: number };
/** Vendor ids that count up: `absent` ids lie between two held neighbours, both given with their events. */
export type IdGap = {
  after: number;
  before: number;
  absent: number;
  earlier: string;
  later: string;
  earlierTime: string;
  laterTime: string;
};
/** The id sequence of a source, as far as it touches the period; `gaps` has the first of `gapCount`, by id. */
export type IdSequence = { held: number; absent: number; gapCount: number; gaps: IdGap[] };
/** Events of the period that stand against the order of their file, or are later than their import. */
export type TimeFindings = { outOfOrder: number; future: number; lastFuture: string | null };
export type SourceCoverage = {
  source: string;
  days: CoveredDay[];
  gaps: CoverageGap[];
  warnings: { code: string; message: string }[];
  /** Only of a source whose preset says that its ids count up. */
  ids?: IdSequence;
  times?: TimeFindings;
};
export type CoverageReport = { from: string; to: string; zone: string; sources: SourceCoverage[] };

export const explanationKinds = ['gap', 'silence', 'id-gap', 'break'] as const;
export type ExplanationKind = (typeof explanationKinds)[number];
/** What an officer says of something that was found; the newest one for a key counts, the older ones stay. */
export type Explanation = {
  id: number;
  at: string;
  /** As they named themselves, and the account of this computer they worked under. */
  person: string;
  account: string;
  source: string;
  kind: ExplanationKind;
  /** gap: `from/to`, days · silence: the day · id-gap: `after/before`, ids · break: `earlier/later`, uids. */
  key: string;
  /** Zone of the key's days; null where it has none. */
  zone: string | null;
  note: string;
};

/** Progress of a job: what it is at, and how far. `total` null while unknown. */
export type Progress = { stage: string; done: number; total: number | null; unit: string; note?: string };
