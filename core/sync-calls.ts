// The calls about connected sources. What a person fills in is a draft, texts as they were typed; the engine makes a
// connection of it. One made on the command line can hold more, which stays when it is changed here.

import { z } from 'zod';
import { command, gives, job, nothing, query } from './calls.ts';
import { grant } from './review-inputs.ts';
import type { ConnectorInfo, Problem, SyncPreview, SyncReport } from './sync-model.ts';

const text = z.string().min(1).max(2000);
const name = z.string().trim().min(1).max(200);

/** What a person types; what makes no sense of it is said beside the field, not by refusing the call. */
const line = z.string().max(2000);
const common = {
  name: line.max(200),
  source: line.max(200),
  /** The connection of this name is changed; null makes a new one. */
  replaces: name.nullable(),
};

/** How an API of which nothing is known is asked, as a person types it; numbers are texts here, too. */
const apiShape = z.strictObject({
  auth: z.enum(['bearer', 'header', 'basic', 'none']),
  /** The header that holds the token, and what stands before it there. */
  header: line,
  prefix: line,
  /** The user whose password the token is; empty where it holds both. */
  user: line,
  /** Where the list is in an answer; empty tries the usual places. */
  list: line,
  paging: z.enum(['link', 'next', 'cursor', 'offset', 'page', 'none']),
  /** What the query calls the offset, page or cursor; and the limit. */
  place: line,
  limit: line,
  size: line,
  /** Number of the first page. */
  first: line,
  /** The member of an answer that leads to the next page. */
  from: line,
  /** What the query calls the beginning and the end of a period; empty where none can be asked for. */
  begin: line,
  end: line,
  format: z.enum(['iso', 'iso-seconds', 'epoch-ms', 'epoch-seconds', 'date']),
  order: z.enum(['oldest-first', 'newest-first', 'unknown']),
  lag: line,
  /** A header “Name: value”, and a part of the query “name=value”, on each line. */
  headers: z.string().max(20_000),
  query: z.string().max(20_000),
});
export type ApiShape = z.infer<typeof apiShape>;

const apiDraft = z.strictObject({
  kind: z.literal('api'),
  ...common,
  /** Id of a bundled connector. */
  connector: text,
  base: line,
  feed: text,
  parameters: z.record(text, z.string().max(2000)),
  since: z.string().max(40),
  shape: apiShape.nullable(),
});
const bucketDraft = z.strictObject({
  kind: z.literal('bucket'),
  ...common,
  bucket: line,
  prefix: line,
  /** Empty is Amazon’s. */
  endpoint: line,
  region: line,
  pathStyle: z.boolean(),
  requesterPays: z.boolean(),
  /** A key that main keeps, a profile, what this computer has, or nothing. */
  access: z.enum(['key', 'profile', 'system', 'none']),
  profile: line,
});
const folderDraft = z.strictObject({
  kind: z.literal('folder'),
  ...common,
  /** The grant of the folder; null leaves the one it has. */
  folder: grant.nullable(),
  settle: line,
});

/** A connection as a person fills it in. */
export const connectionDraft = z.discriminatedUnion('kind', [apiDraft, bucketDraft, folderDraft]);
export type ConnectionDraft = z.infer<typeof connectionDraft>;
export type DraftOf<K extends ConnectionDraft['kind']> = Extract<ConnectionDraft, { kind: K }>;

/** A connection as it is shown. `secret` is the name of its token; null where it needs none. */
export type ConnectionSummary = {
  name: string;
  source: string;
  kind: 'api' | 'bucket' | 'folder';
  address: string;
  secret: string | null;
  assumed: string[];
  lastSync: string | null;
  settledUntil: string | null;
};
/** What a draft would be, or what makes no sense of it, by field. */
export type ConnectionCheck = { connection: ConnectionSummary | null; problems: Problem[] };
/** A connection for changing it, with what its form asks; `connector` is null where it has none. */
export type ConnectionToChange = {
  draft: ConnectionDraft;
  connector: ConnectorInfo | null;
  secret: string | null;
  address: string;
};
export type Connections = { isForbidden: boolean; connections: ConnectionSummary[] };

export const syncCalls = {
  /** The connectors that come with Exhibit. */
  'connectors.list': query(nothing, gives<ConnectorInfo[]>()),
  'connections.list': query(nothing, gives<Connections>()),
  /** What a draft would be, with the name of its secret; nothing is kept. */
  'connections.check': query(connectionDraft, gives<ConnectionCheck>()),
  /** A connection as it would be filled in, for changing it. */
  'connections.draft': query(z.strictObject({ name }), gives<ConnectionToChange>()),
  'connections.save': command(connectionDraft, gives<Connections>()),
  'connections.remove': command(z.strictObject({ name }), gives<Connections>()),
  /** Forbids every use of the network in this workspace, or allows it again. */
  'network.forbid': command(z.strictObject({ isForbidden: z.boolean() }), gives<Connections>()),
  /** The first page or objects that a draft would bring, mapped; nothing is stored. */
  'sync.preview': job(connectionDraft, gives<SyncPreview>()),
  /** Syncs these connections, all for none, one after another. */
  'imports.sync': job(z.strictObject({ names: z.array(name).max(1000) }), gives<SyncReport[]>()),
} as const;
