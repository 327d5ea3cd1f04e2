// The handlers of the calls about connected sources.

import type { Handlers } from '#core/engine.ts';
import { AppError } from '#core/errors.ts';
import {
  forbidNetwork,
  isNetworkForbidden,
  listConnections,
  saveConnection,
} from '#core/store/connections.ts';
import { closing, type Store } from '#core/store/open.ts';
import { listFeeds } from '#core/store/syncs.ts';
import {
  type ApiConnection,
  addressText,
  type Connection,
  checkConnection,
  feedOf,
} from '#core/sync/connection.ts';
import { loadConnectors } from '#core/sync/connector.ts';
import type { ConnectionDraft, ConnectionSummary, Connections, syncCalls } from '#core/sync-calls.ts';
import { formatUtc } from '#core/time.ts';
import { assertAllowed, readConnections, syncConnections, tokenName } from './run-sync.ts';
import { previewApi } from './sync-preview.ts';

export const syncHandlers: Pick<Handlers, keyof typeof syncCalls> = {
  'connectors.list': () =>
    loadConnectors().map(({ id, vendor, name, base, feeds, parameters, token, assumed }) => ({
      id,
      vendor,
      name,
      base,
      feeds,
      parameters,
      token,
      assumed,
    })),
  'connections.list': (_input, { reader, reviewReader }) =>
    closing(reviewReader(), (review) => listAll(reader(), review)),
  'connections.check': (draft) => summarise(connectionOf(draft), null),
  'connections.save': (draft, { reader, review }) =>
    closing(review(), (store) => {
      const connection = connectionOf(draft);
      if (listConnections(store).some((one) => one.name === connection.name))
        throw new AppError(
          'usage',
          `“${connection.name}” is connected already. Give this connection another name.`,
        );
      saveConnection(store, connection.name, connection);
      return listAll(reader(), store);
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
    const connection = connectionOf(draft);
    closing(context.reviewReader(), (review) => assertAllowed(review, [connection]));
    return previewApi(connection, {}, context);
  },
  'imports.sync': ({ names }, context) => syncConnections(names, {}, context),
};

/** A connection from what the page says. Throws AppError with what makes no sense. */
function connectionOf({ connector: id, ...draft }: ConnectionDraft): ApiConnection {
  const connector = loadConnectors().find((one) => one.id === id);
  if (!connector) throw new AppError('usage', `There is no connector “${id}”.`);
  const filled = Object.entries(draft.parameters).filter(([, value]) => value.trim() !== '');
  const parameters = Object.fromEntries(filled.map(([name, value]) => [name, value.trim()]));
  return checkConnection({
    kind: 'api',
    ...draft,
    base: draft.base.trim(),
    parameters,
    connector,
    preset: null,
    zone: null,
    query: {},
    lagMinutes: null,
  }) as ApiConnection;
}

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
  const needsToken = kind !== 'folder' && !(kind === 'api' && connection.connector.auth.kind === 'none');
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
