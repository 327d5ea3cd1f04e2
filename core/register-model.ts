// The register of exceptions: what the officer found to be wrong, how bad, why, and what becomes of it.

export const severities = ['low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof severities)[number];

/** withdrawn: it was none after all; it stays in the history and leaves the register. */
export const exceptionStatuses = ['open', 'in progress', 'remediated', 'risk accepted', 'withdrawn'] as const;
export type ExceptionStatus = (typeof exceptionStatuses)[number];

/** What is said of an exception. Texts may be empty where nobody has said anything yet. */
export type ExceptionWords = {
  /** What was found, one sentence. */
  finding: string;
  /** Ids of the controls it concerns, as the framework writes them, separated by commas. */
  control: string;
  /** Uids of the events that show it; those of a larger finding are its first ones, `rowCount` counts all. */
  rows: string[];
  rowCount: number;
  severity: Severity;
  rootCause: string;
  compensating: string;
  owner: string;
  /** A date, or null. */
  due: string | null;
  status: ExceptionStatus;
  /** The management's response. */
  response: string;
};

/** The newest version of an exception. `id` counts from 1 in a workspace and is written `E-001`. */
export type RegisteredException = ExceptionWords & {
  id: number;
  /** Who said so, by name and by the account of the computer, and when. */
  person: string;
  account: string;
  at: string;
  versions: number;
};

export const draftKinds = [
  'break',
  'coverage-gap',
  'id-gap',
  'self-approved',
  'no-ticket',
  'outside-hours',
  'used-after-revocation',
  'self-granted',
  'late-revocation',
  'leaver',
] as const;
export type DraftKind = (typeof draftKinds)[number];

/** An exception that Exhibit proposes from what it found; nothing is in the register until a person says so. */
export type ExceptionDraft = ExceptionWords & { kind: DraftKind };

/** `E-001`. */
export const exceptionName = (id: number): string => `E-${String(id).padStart(3, '0')}`;

/** The ids of the controls that an exception names. */
export const controlsOf = ({ control }: Pick<ExceptionWords, 'control'>): string[] =>
  control.split(/[,;]/).flatMap((id) => (id.trim() === '' ? [] : [id.trim()]));

/** Rows of an exception that are kept by name. */
export const mostRowsNamed = 200;
