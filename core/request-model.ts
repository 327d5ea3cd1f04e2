// What an auditor asks about a pack and what is answered: the words of requests, and what follows from what was said.
// Pure, read by the page, the command line and the engine alike.

export const requestStatuses = ['open', 'answered', 'accepted', 'exception noted'] as const;
export type RequestStatus = (typeof requestStatuses)[number];
/** What an auditor may say of a request; `answered` follows from an answer. */
export const verdicts = ['open', 'accepted', 'exception noted'] as const;
export type Verdict = (typeof verdicts)[number];

/** Who speaks: the auditor asks and decides, the officer answers. */
export const parties = ['auditor', 'officer'] as const;
export type Party = (typeof parties)[number];

export const tickResults = ['pass', 'fail', 'n.a.'] as const;
export type TickResult = (typeof tickResults)[number];

/** One thing that was said. `request` is the number of the request it is about; `due` is a date. */
export type Said =
  | {
      kind: 'request';
      question: string;
      /** Id of a control as the framework writes it; null for none. */
      control: string | null;
      /** Path of a file in the pack. */
      file: string | null;
      /** Uid of an event, or the number of a row. */
      row: string | null;
      due: string | null;
    }
  | { kind: 'comment'; request: number; text: string }
  | { kind: 'answer'; request: number; text: string }
  | { kind: 'status'; request: number; status: Verdict; text: string }
  /** A row of a sample by its uid, tested: the result of each attribute by its letter. */
  | { kind: 'tick'; sample: string; row: string; results: Record<string, TickResult>; text: string };

/** An entry of a request list as it is kept. Hashes are hex. */
export type RequestEntry = {
  /** From 1, in the order in which they were added. */
  number: number;
  /** ISO 8601, UTC, by the clock of the computer it was added on. */
  at: string;
  party: Party;
  person: string;
  said: Said;
  /** SHA-256 of the entry before, of the list's heading for the first. */
  previous: string;
  /** The public key that signed it, as notes write it. */
  key: string;
  /** The signature line of a note over this entry. */
  signature: string;
};

/** The pack that a list belongs to. */
export type RequestedPack = {
  id: string;
  /** What it is, for reading: organisation, framework and period. */
  title: string;
  /** SHA-256 of manifest-sha256.txt, which covers all data, and of tagmanifest-sha256.txt, which a sign-off changes. */
  manifestSha256: string;
  tagManifestSha256: string;
};

/** Whose key signed an entry: the key of the pack, the one that began the list, or another one. */
export type SignedWith = 'pack' | 'list' | 'other';

/** What was said about a request, oldest first; `status` where it changed it. */
export type Remark = {
  entry: number;
  at: string;
  party: Party;
  person: string;
  signedWith: SignedWith;
  fingerprint: string;
  kind: 'comment' | 'answer' | 'status';
  status: RequestStatus | null;
  text: string;
};

/** A request with what was said about it. */
export type AuditRequest = Omit<Extract<Said, { kind: 'request' }>, 'kind'> & {
  /** From 1; written `Q-01`. */
  number: number;
  status: RequestStatus;
  at: string;
  person: string;
  signedWith: SignedWith;
  fingerprint: string;
  remarks: Remark[];
};

/** The newest of what was ticked for one row of a sample. */
export type Tick = {
  /** `S-01`. */
  sample: string;
  row: string;
  results: Record<string, TickResult>;
  text: string;
  at: string;
  person: string;
};

/** A request list whose chain and signatures were checked. */
export type RequestList = {
  pack: RequestedPack;
  requests: AuditRequest[];
  ticks: Tick[];
  entries: number;
  /** What a reader should know before trusting it, in sentences; mostly none. */
  notes: string[];
};

/** `Q-01`. */
export const requestName = (number: number): string => `Q-${String(number).padStart(2, '0')}`;

/** What a request is about, in words. */
export function aboutWords({ control, file, row }: Pick<AuditRequest, 'control' | 'file' | 'row'>): string {
  const parts = [control && `control ${control}`, file, row && `row ${row}`].filter((part) => part !== null);
  return parts.length === 0 ? 'the pack' : parts.join(', ');
}

/** How many requests have each status. */
export function countStatuses(requests: readonly AuditRequest[]): Record<RequestStatus, number> {
  const counts = Object.fromEntries(requestStatuses.map((status) => [status, 0])) as Record<
    RequestStatus,
    number
  >;
  for (const { status } of requests) counts[status] += 1;
  return counts;
}

/** Whether an answer is awaited beyond its date. `today` is a date. */
export const isOverdue = ({ status, due }: AuditRequest, today: string): boolean =>
  status === 'open' && due !== null && due < today;
