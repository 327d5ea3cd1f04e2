// Syncs connections, one after another: reads what is new, imports it, and says in the same transaction how far it was
// read. Where a sync ends, by a kill, a cancel or a fault, the next one goes on.

import { secretVariable } from '#core/cli/secrets.ts';
import type { CallContext } from '#core/engine.ts';
import { AppError, toErrorShape } from '#core/errors.ts';
import { isNetworkForbidden, listConnections } from '#core/store/connections.ts';
import type { Store } from '#core/store/open.ts';
import { readCheckpoint } from '#core/store/syncs.ts';
import { type Connection, checkConnection, feedOf } from '#core/sync/connection.ts';
import { removeLeftovers } from '#core/sync/spool.ts';
import { emptyReport, type SyncReport } from '#core/sync-model.ts';
import { syncApi } from './sync-api.ts';
import { syncBucket, syncFolder } from './sync-files.ts';
import { type SyncMeans, type SyncRun, utcOrNull } from './sync-run.ts';

/** The connections of a workspace that these names mean; all for none. Throws AppError for a name that is none. */
export function readConnections(review: Store, names: readonly string[]): Connection[] {
  const all = listConnections(review).map(({ settings }) => checkConnection(settings));
  for (const name of names) {
    if (all.some((one) => one.name === name || one.source === name)) continue;
    const known =
      all.length > 0 ? `Connected are ${all.map((one) => one.name).join(', ')}.` : 'None is connected yet.';
    throw new AppError('usage', `No source is connected as “${name}”. ${known}`);
  }
  return names.length === 0
    ? all
    : all.filter((one) => names.includes(one.name) || names.includes(one.source));
}

/**
 * Syncs connections; one that fails keeps no other from it and says why in its report. A cancel ends the present one
 * with what its transactions brought before, and leaves the rest out.
 */
export async function syncConnections(
  names: readonly string[],
  means: SyncMeans,
  context: CallContext,
): Promise<SyncReport[]> {
  const reports: SyncReport[] = [];
  const store = context.writer();
  const review = context.review();
  try {
    const connections = readConnections(review, names);
    assertAllowed(review, connections);
    removeLeftovers(context.workspace);
    for (const connection of connections) {
      const feed = feedOf(connection);
      const before = readCheckpoint(store.db, connection.source, feed);
      const report = emptyReport(
        { connection: connection.name, source: connection.source, kind: connection.kind },
        utcOrNull(before?.settledUntil ?? null),
      );
      reports.push(report);
      try {
        const token = await readToken(connection, context);
        await syncOne({ ...means, context, store, review, connection, feed, report, token });
      } catch (error) {
        report.error = toErrorShape(error);
        // A bug must surface as one.
        if (report.error.code === 'internal') throw error;
      }
      if (context.signal.aborted) break;
    }
  } finally {
    store.close();
    review.close();
  }
  return reports;
}

async function syncOne(run: SyncRun): Promise<void> {
  switch (run.connection.kind) {
    case 'api':
      return syncApi(run, run.connection);
    case 'bucket':
      return syncBucket(run, run.connection);
    case 'folder':
      return syncFolder(run, run.connection);
  }
}

/** Throws where the network is forbidden and somebody wants to use it. */
export function assertAllowed(review: Store, connections: readonly Connection[]): void {
  if (connections.some(({ kind }) => kind !== 'folder')) assertNetworkAllowed(review);
}

/** Throws AppError('usage') where the workspace forbids the network. */
export function assertNetworkAllowed(review: Store): void {
  if (!isNetworkForbidden(review)) return;
  throw new AppError(
    'usage',
    'The network is forbidden in this workspace. Nothing was sent. Allow it under Sources, or with “exhibit source online”.',
  );
}

/**
 * The secret's name holds the host that it goes to: a workspace that names another host under the same id does not get
 * it. On the command line the shorter name does as well, since nobody else sets it.
 */
export async function readToken(connection: Connection, { secrets }: CallContext): Promise<string | null> {
  if (connection.kind === 'folder' || (connection.kind === 'bucket' && connection.anonymous)) return null;
  const token = (await secrets.get(tokenName(connection))) ?? (await secrets.get(shortTokenName(connection)));
  if (token !== null || connection.kind === 'bucket' || connection.connector.auth.kind === 'none')
    return token;
  throw new AppError(
    'usage',
    `There is no token for “${connection.name}”. Enter it in the window under Sources, Change; on the command line set ${secretVariable(shortTokenName(connection))} for this command. ${connection.connector.token}`,
  );
}

/** What a connection is called in the name of its secret. */
export const connectionId = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase()
    .slice(0, 80) || 'source';

export function tokenName(connection: Connection): string {
  const host =
    connection.kind === 'api'
      ? new URL(connection.base).host
      : connection.kind === 'bucket' && connection.endpoint !== null
        ? new URL(connection.endpoint).host
        : 'aws';
  return `source:${connectionId(connection.name)}:${host.replace(/[^A-Za-z0-9.]+/g, '-').slice(0, 100)}:token`;
}

const shortTokenName = ({ name }: Connection): string => `source:${connectionId(name)}:token`;
