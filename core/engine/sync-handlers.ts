// The handlers of the calls about connected sources.

import type { CallContext, Handlers } from '#core/engine.ts';
import { AppError } from '#core/errors.ts';
import {
  forbidNetwork,
  isNetworkForbidden,
  replaceConnection,
  saveConnection,
} from '#core/store/connections.ts';
import { closing, type Store } from '#core/store/open.ts';
import { listFeeds } from '#core/store/syncs.ts';
import { addressText, type Connection, feedOf } from '#core/sync/connection.ts';
import { type Connector, loadConnectors } from '#core/sync/connector.ts';
import type { ConnectionDraft, ConnectionSummary, Connections, syncCalls } from '#core/sync-calls.ts';
import type { ConnectorInfo } from '#core/sync-model.ts';
import { formatUtc } from '#core/time.ts';
import { assertAllowed, readConnections, syncConnections, tokenName } from './run-sync.ts';
import { type DraftMeans, draftOf, readDraft } from './sync-drafts.ts';
import { previewSync } from './sync-preview.ts';

export const syncHandlers: Pick<Handlers, keyof typeof syncCalls> = {
  'connectors.list': () => loadConnectors().map(infoOf),
  'connections.list': (_input, { reader, reviewReader }) =>
    closing(reviewReader(), (review) => listAll(reader(), review)),
  'connections.check': (draft, context) => {
    const { connection, problems } = closing(context.reviewReader(), (review) =>
      readDraft(draft, meansOf(review, context)),
    );
    return { connection: connection && summarise(connection, null), problems };
  },
  'connections.draft': ({ name }, { reviewReader }) =>
    closing(reviewReader(), (review) => {
      const [connection] = readConnections(review, [name]).filter((one) => one.name === name);
      if (!connection) throw new AppError('usage', `No source is connected as “${name}”.`);
      return {
        draft: draftOf(connection),
        connector: connection.kind === 'api' ? infoOf(connection.connector) : null,
        secret: summarise(connection, null).secret,
        address: addressText(connection),
      };
    }),
  'connections.save': (draft, context) =>
    closing(context.review(), (store) => {
      const connection = connectionOf(draft, store, context);
      const { name } = connection;
      replaceConnection(store, draft.replaces ?? name, name, connection);
      return listAll(context.reader(), store);
    }),
  'connections.remove': ({ name }, { reader, review }) =>
    closing(review(), (store) => {
      saveConnection(store, name, null);
      return listAll(reader(), store);
    }),
  'network.forbid': ({ isForbidden }, { reader, review }) =>
    closing(review(), (store) => {
      forbidNetwork(store, isForbidden);
      return listAll(reader(), store);
    }),
  'sync.preview': (draft, context) => {
    const connection = closing(context.reviewReader(), (review) => {
      const made = connectionOf(draft, review, context);
      assertAllowed(review, [made]);
      return made;
    });
    return previewSync(connection, {}, context);
  },
  'imports.sync': ({ names }, context) => syncConnections(names, {}, context),
};

const meansOf = (review: Store, { grant }: CallContext): DraftMeans => ({
  connections: readConnections(review, []),
  folderOf(id) {
    const { path, kind } = grant(id);
    if (kind !== 'folder') throw new AppError('usage', 'That is a file. Choose the folder to watch.');
    return path;
  },
});

/** A connection from what the page says. Throws AppError with what makes no sense. */
function connectionOf(draft: ConnectionDraft, review: Store, context: CallContext): Connection {
  const { connection, problems } = readDraft(draft, meansOf(review, context));
  if (connection) return connection;
  throw new AppError('usage', problems[0]?.message ?? 'These settings make no source.');
}

const infoOf = (connector: Connector): ConnectorInfo => {
  const { id, vendor, name, base, feeds, parameters, token, assumed } = connector;
  return { id, vendor, name, base, feeds, parameters, token, assumed };
};

function listAll(store: Store, review: Store): Connections {
  const feeds = new Map(listFeeds(store.db).map((one) => [`${one.source}\0${one.feed}`, one]));
  return {
    isForbidden: isNetworkForbidden(review),
    connections: readConnections(review, []).map((one) =>
      summarise(one, feeds.get(`${one.source}\0${feedOf(one)}`) ?? null),
    ),
  };
}

function summarise(
  connection: Connection,
  state: { at: number; settledUntil: number | null } | null,
): ConnectionSummary {
  const { name, source, kind } = connection;
  const needsToken =
    (kind === 'api' && connection.connector.auth.kind !== 'none') ||
    (kind === 'bucket' && !connection.anonymous);
  return {
    name,
    source,
    kind,
    address: addressText(connection),
    secret: needsToken ? tokenName(connection) : null,
    assumed: kind === 'api' ? connection.connector.assumed : [],
    lastSync: state ? formatUtc(state.at) : null,
    settledUntil: state?.settledUntil == null ? null : formatUtc(state.settledUntil),
  };
}
