// The calls about connected sources. What a page may set of one is a bundled connector and what it asks for; a connection
// made on the command line can hold more, and is synced here like any other.

import { z } from 'zod';
import { command, gives, job, nothing, query } from './calls.ts';
import type { ConnectorInfo, SyncPreview, SyncReport } from './sync-model.ts';

const text = z.string().min(1).max(2000);
const name = z.string().trim().min(1).max(200);

/** A connection as the page makes it: `connector` is the id of a bundled one. */
export const connectionDraft = z.strictObject({
  name,
  source: name,
  connector: text,
  base: text,
  feed: text,
  parameters: z.record(text, z.string().max(2000)),
  since: z.string().max(40).nullable(),
});
export type ConnectionDraft = z.infer<typeof connectionDraft>;

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
export type Connections = { isForbidden: boolean; connections: ConnectionSummary[] };

export const syncCalls = {
  /** The connectors that come with Exhibit. */
  'connectors.list': query(nothing, gives<ConnectorInfo[]>()),
  'connections.list': query(nothing, gives<Connections>()),
  /** What a draft would be, with the name of its secret; nothing is kept. */
  'connections.check': query(connectionDraft, gives<ConnectionSummary>()),
  'connections.save': command(connectionDraft, gives<Connections>()),
  'connections.remove': command(z.strictObject({ name }), gives<Connections>()),
  /** Forbids every use of the network in this workspace, or allows it again. */
  'network.forbid': command(z.strictObject({ isForbidden: z.boolean() }), gives<Connections>()),
  /** The first page of what a draft would bring, mapped; nothing is stored. */
  'sync.preview': job(connectionDraft, gives<SyncPreview>()),
  /** Syncs these connections, all for none, one after another. */
  'imports.sync': job(z.strictObject({ names: z.array(name).max(1000) }), gives<SyncReport[]>()),
} as const;
