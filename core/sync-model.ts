// What is said of a sync: the types that engine, command line and page share.

import type { ErrorShape } from './errors.ts';
import type { Preview } from './mapping/export-probe.ts';
import type { ImportReport } from './model.ts';

/** A part of the time that may lack records; ISO 8601 UTC. */
export type SyncGap = { from: string; until: string; why: string };

/** One connection's sync. Counts are of all of it; an import that brought nothing new is not among `imports`. */
export type SyncReport = {
  connection: string;
  source: string;
  kind: 'api' | 'bucket' | 'folder';
  /** The period that was asked for, as far as it was read; null where there is none. */
  from: string | null;
  until: string | null;
  pages: number;
  requests: number;
  retries: number;
  /** Records as they came, and those of them that were the same one again. */
  received: number;
  repeated: number;
  /** Of all its transactions: read = imported + duplicates + rejected. */
  read: number;
  imported: number;
  duplicates: number;
  conflicts: number;
  rejected: number;
  imports: ImportReport[];
  /** Everything before it is read, and the vendor adds nothing to it any more. */
  settledUntil: string | null;
  gaps: SyncGap[];
  warnings: string[];
  /** How far the other clock is ahead of this computer's, in ms. */
  clockSkewMs: number | null;
  /** What kept it from its end. What came in before stays. */
  error: ErrorShape | null;
};

/** A setting of a connection that makes no sense, by its name in the draft, and why. */
export type Problem = { field: string; message: string };

/** The lists of an answer by their paths, the longest first, and what seems to lead to the next page. */
export type AnswerLook = {
  lists: { path: string; records: number }[];
  /** `place` is what the query probably calls a cursor. */
  leads: { kind: 'link' | 'next' | 'cursor'; from: string; place: string }[];
};

/** The first page of an API, and the events it would become. */
export type ApiPreview = {
  kind: 'api';
  connection: string;
  source: string;
  /** Where it came from, without the period and without any secret. */
  address: string;
  records: number;
  hasMore: boolean;
  preset: string | null;
  preview: Preview | null;
  /** What of the connector is assumed. */
  assumed: string[];
  /** Why its answer was not taken for a list of records; null where it was. */
  fault: string | null;
  look: AnswerLook;
};

/** What a sync of a bucket or folder would read, and the events that the first of it would become. */
export type FilesPreview = {
  kind: 'files';
  connection: string;
  source: string;
  address: string;
  /** New objects, those that were read before in another state, and their bytes together. */
  fresh: number;
  changed: number;
  bytes: number;
  /** What is left alone: read before, empty, still being written, of a name that no export has. */
  known: number;
  empty: number;
  unsettled: number;
  others: number;
  /** The first that would be read. */
  objects: { object: string; bytes: number; isChanged: boolean }[];
  /** Which of them was looked into; null where there is none, or none small enough. */
  looked: string | null;
  preset: string | null;
  preview: Preview | null;
  /** Why it could not be read; null where it could. */
  fault: string | null;
};
export type SyncPreview = ApiPreview | FilesPreview;

/** A connector as a person chooses it: what it asks them for, and what of it is assumed. */
export type ConnectorInfo = {
  id: string;
  vendor: string;
  name: string;
  /** Null where the person has to say it. */
  base: string | null;
  feeds: { id: string; name: string; path: string }[];
  parameters: { name: string; label: string; query?: string | undefined; narrows: boolean }[];
  token: string;
  assumed: string[];
};

/** The report of a connection that was not asked anything yet. */
export const emptyReport = (
  of: Pick<SyncReport, 'connection' | 'source' | 'kind'>,
  settledUntil: string | null,
): SyncReport => ({
  ...of,
  from: null,
  until: null,
  pages: 0,
  requests: 0,
  retries: 0,
  received: 0,
  repeated: 0,
  read: 0,
  imported: 0,
  duplicates: 0,
  conflicts: 0,
  rejected: 0,
  imports: [],
  settledUntil,
  gaps: [],
  warnings: [],
  clockSkewMs: null,
  error: null,
});
