// A workspace that is connected to a test server, and what its log holds compared with the server's.

import { createContext } from '#core/context.ts';
import { syncConnections } from '#core/engine/run-sync.ts';
import type { SyncMeans } from '#core/engine/sync-run.ts';
import { canonicalJson } from '#core/integrity/canonical.ts';
import type { Secrets } from '#core/secrets.ts';
import { saveConnection } from '#core/store/connections.ts';
import { closing, openReview, openStore } from '#core/store/open.ts';
import { nodeFetch, type WebFetch } from '#core/sync/client.ts';
import { type ApiConnection, checkConnection } from '#core/sync/connection.ts';
import type { SyncReport } from '#core/sync-model.ts';
import { temporaryFolder } from '../../support/workspace.ts';
import { bodyOf, connectorFor, type LogServer } from './server.ts';

export const day = 86_400_000;
export const hour = 3_600_000;
export const start = Date.UTC(2026, 2, 1);

/** Connects a workspace to whatever settings say. */
export function connectTo(settings: Record<string, unknown>, folder = temporaryFolder()): string {
  const connection = checkConnection({
    name: 'Plant',
    source: 'Plant',
    preset: null,
    zone: null,
    ...settings,
  });
  openStore(folder, { mode: 'write' }).close();
  closing(openReview(folder, { mode: 'write' }), (review) =>
    saveConnection(review, connection.name, connection),
  );
  return folder;
}

/** Connects a workspace to a server. */
export function connect(
  server: LogServer,
  more: Partial<ApiConnection> = {},
  folder = temporaryFolder(),
): string {
  return connectTo(
    {
      kind: 'api',
      connector: connectorFor(server.style),
      base: server.url,
      feed: 'log',
      parameters: {},
      query: {},
      since: null,
      lagMinutes: null,
      ...more,
    },
    folder,
  );
}

export type SyncOptions = {
  signal?: AbortSignal;
  pace?: SyncMeans['pace'];
  token?: string;
  fetch?: WebFetch;
};

/** Syncs a connected workspace by the server's clock. */
export function sync(folder: string, server: LogServer, options: SyncOptions = {}): Promise<SyncReport> {
  return syncAt(folder, () => server.clock.now, { token: server.token, ...options });
}

/** Syncs a connected workspace at a time. */
export async function syncAt(
  folder: string,
  now: () => number,
  options: SyncOptions = {},
): Promise<SyncReport> {
  const secrets: Secrets = { get: async () => options.token ?? null, keep: async () => 'none' };
  const context = createContext({
    workspace: folder,
    grants: new Map(),
    signal: options.signal ?? new AbortController().signal,
    progress: () => {},
    creates: false,
    secrets,
    fetch: options.fetch ?? nodeFetch,
  });
  try {
    const means: SyncMeans = {
      now,
      pace: { firstBackoff: 1, timeout: 20_000, ...options.pace },
    };
    return (await syncConnections([], means, context))[0] as SyncReport;
  } finally {
    context.close();
  }
}

/** The raw records of a workspace's log, sorted, in canonical form. */
export function logOf(folder: string): string[] {
  return closing(openStore(folder, { mode: 'write' }), (store) =>
    (store.db.prepare('SELECT raw FROM record').pluck().all() as string[])
      .map((raw) => canonicalJson(JSON.parse(raw)))
      .sort(),
  );
}

/** The same of what a server holds and shows by now. */
export function logOfServer({ log, clock }: LogServer): string[] {
  return log
    .filter(({ visibleAt }) => visibleAt <= clock.now)
    .map((record) => canonicalJson(bodyOf(record)))
    .sort();
}
