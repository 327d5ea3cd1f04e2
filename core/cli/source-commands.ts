// Connected sources on the command line: made, listed, removed, and the network as a whole forbidden or allowed again.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readConnections } from '#core/engine/run-sync.ts';
import { AppError } from '#core/errors.ts';
import { forbidNetwork, isNetworkForbidden, saveConnection } from '#core/store/connections.ts';
import { closing } from '#core/store/open.ts';
import { listFeeds } from '#core/store/syncs.ts';
import { addressText, type Connection, checkConnection, feedOf } from '#core/sync/connection.ts';
import { findConnector, loadConnectors } from '#core/sync/connector.ts';
import { formatUtc } from '#core/time.ts';
import { numberOption, type Options, readOptions, requiredOption, textOption, wantsJson } from './options.ts';
import { formatTable, printJson, write } from './output.ts';
import { type Context, withContext } from './with-context.ts';

const kinds = ['add', 'list', 'remove', 'connectors', 'offline', 'online'] as const;

/** `exhibit source add|list|remove|connectors|offline|online`. */
export async function runSource(args: readonly string[], signal: AbortSignal): Promise<number> {
  const options = readOptions(args, {
    connector: { type: 'string' },
    base: { type: 'string' },
    feed: { type: 'string' },
    param: { type: 'string', multiple: true },
    query: { type: 'string', multiple: true },
    since: { type: 'string' },
    lag: { type: 'string' },
    into: { type: 'string' },
    preset: { type: 'string' },
    zone: { type: 'string' },
    bucket: { type: 'string' },
    prefix: { type: 'string' },
    endpoint: { type: 'string' },
    region: { type: 'string' },
    profile: { type: 'string' },
    'path-style': { type: 'boolean' },
    'requester-pays': { type: 'boolean' },
    anonymous: { type: 'boolean' },
    'digest-key': { type: 'string', multiple: true },
    folder: { type: 'string' },
    settle: { type: 'string' },
  });
  const [what, name, ...more] = options.files;
  if (!kinds.some((kind) => kind === what) || more.length > 0)
    throw new AppError('usage', `Say “exhibit source” and one of ${kinds.join(', ')}; then a name.`);
  if (what === 'connectors') return showConnectors(name, options);
  if ((what === 'add' || what === 'remove') !== (name !== undefined))
    throw new AppError(
      'usage',
      name === undefined ? `Name the source to ${what}.` : `“${name}” is not expected here.`,
    );
  return withContext(options, signal, async (context) => {
    switch (what) {
      case 'add':
        return add(name as string, options, context);
      case 'remove':
        return remove(name as string, context);
      case 'list':
        return list(options, context);
      default:
        closing(context.review(), (review) => forbidNetwork(review, what === 'offline'));
        await write(
          what === 'offline' ? 'The network is forbidden in this workspace.\n' : 'The network is allowed.\n',
        );
        return 0;
    }
  });
}

async function add(name: string, options: Options, context: Context): Promise<number> {
  const connection = checkConnection(settingsOf(name, options));
  // A workspace may begin with a connection.
  context.writer().close();
  closing(context.review(), (review) => saveConnection(review, name, connection));
  if (wantsJson(options)) await printJson({ connection: shown(connection) });
  else {
    await write(`${name} is connected: ${addressText(connection)}\n`);
    if (connection.kind === 'api')
      for (const sentence of connection.connector.assumed) await write(`  assumed: ${sentence}\n`);
  }
  return 0;
}

function settingsOf(name: string, options: Options): Record<string, unknown> {
  const common = {
    name,
    source: textOption(options, 'into') ?? name,
    preset: textOption(options, 'preset'),
    zone: textOption(options, 'zone'),
  };
  const chosen = ['connector', 'bucket', 'folder'].filter((one) => textOption(options, one) !== null);
  if (chosen.length !== 1)
    throw new AppError('usage', 'Say what to connect: one of --connector, --bucket or --folder.');
  if (chosen[0] === 'folder')
    return {
      kind: 'folder',
      ...common,
      folder: resolve(requiredOption(options, 'folder', 'name the folder')),
      settleSeconds: numberOption(options, 'settle', 0, 86_400) ?? 60,
    };
  if (chosen[0] === 'bucket') return { kind: 'bucket', ...common, ...bucketOf(options) };
  const connector = findConnector(requiredOption(options, 'connector', 'name a connector'));
  const base = textOption(options, 'base') ?? connector.base;
  if (base === null)
    throw new AppError(
      'usage',
      `--base is missing: ${connector.vendor} has no address of its own. ${connector.token}`,
    );
  const parameters = pairsOf(options, 'param');
  // The feed whose path has all its parameters, the usual one where several have.
  const fits = connector.feeds.find(({ path }) =>
    [...path.matchAll(/\{([^}]+)\}/g)].every(([, one]) => parameters[one as string] !== undefined),
  );
  const named = connector.feeds.filter(({ path }) =>
    Object.keys(parameters).some((one) => path.includes(`{${one}}`)),
  );
  return {
    kind: 'api',
    ...common,
    connector,
    base,
    feed: textOption(options, 'feed') ?? (named[0] ?? fits ?? connector.feeds[0])?.id,
    parameters,
    query: pairsOf(options, 'query'),
    since: textOption(options, 'since'),
    lagMinutes: numberOption(options, 'lag', 0, 60 * 24 * 30),
  };
}

function bucketOf(options: Options): Record<string, unknown> {
  const endpoint = textOption(options, 'endpoint');
  const keys = (options.values['digest-key'] as unknown as string[] | undefined) ?? [];
  return {
    bucket: requiredOption(options, 'bucket', 'name the bucket'),
    prefix: textOption(options, 'prefix') ?? '',
    endpoint,
    region: textOption(options, 'region') ?? 'us-east-1',
    // Services of one's own seldom have a name for each bucket.
    pathStyle: options.values['path-style'] === true,
    profile: textOption(options, 'profile'),
    requesterPays: options.values['requester-pays'] === true,
    anonymous: options.values.anonymous === true,
    digestKeys: Object.fromEntries(
      keys.map((pair) => {
        const [fingerprint = '', file = ''] = pair.split(/=(.*)/s);
        return [fingerprint, readFileSync(file, 'utf8')];
      }),
    ),
  };
}

/** The pairs NAME=VALUE of an option that may come several times. */
function pairsOf(options: Options, option: string): Record<string, string> {
  const given = (options.values[option] as unknown as string[] | undefined) ?? [];
  return Object.fromEntries(
    given.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw new AppError('usage', `--${option} takes NAME=VALUE, not “${pair}”.`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

async function remove(name: string, context: Context): Promise<number> {
  closing(context.review(), (review) => {
    const all = readConnections(review, []).map((one) => one.name);
    if (!all.includes(name))
      throw new AppError(
        'usage',
        `No source is connected as “${name}”.${all.length > 0 ? ` Connected are ${all.join(', ')}.` : ''}`,
      );
    saveConnection(review, name, null);
  });
  await write(`${name} is not connected any more. Its records stay in the log.\n`);
  return 0;
}

async function list(options: Options, context: Context): Promise<number> {
  const feeds = new Map(listFeeds(context.reader().db).map((one) => [`${one.source}\0${one.feed}`, one]));
  const { connections, isForbidden } = closing(context.review(), (review) => ({
    connections: readConnections(review, []),
    isForbidden: isNetworkForbidden(review),
  }));
  const rows = connections.map((one) => {
    const state = feeds.get(`${one.source}\0${feedOf(one)}`);
    return {
      ...shown(one),
      lastSync: state ? formatUtc(state.at) : null,
      settledUntil: state?.settledUntil == null ? null : formatUtc(state.settledUntil),
    };
  });
  if (wantsJson(options)) await printJson({ networkForbidden: isForbidden, connections: rows });
  else {
    if (isForbidden) await write('The network is forbidden in this workspace.\n');
    await write(
      formatTable([
        ['name', 'source', 'address', 'last sync', 'settled until'],
        ...rows.map((one) => [
          one.name,
          one.source,
          one.address,
          one.lastSync ?? 'never',
          one.settledUntil ?? '',
        ]),
      ]),
    );
  }
  return 0;
}

/** A connection as it is shown: with its address, without its whole connector. */
function shown(connection: Connection): {
  name: string;
  source: string;
  kind: string;
  address: string;
  assumed: string[];
} {
  const { name, source, kind } = connection;
  const assumed = connection.kind === 'api' ? connection.connector.assumed : [];
  return { name, source, kind, address: addressText(connection), assumed };
}

async function showConnectors(id: string | undefined, options: Options): Promise<number> {
  if (id !== undefined) {
    await printJson(findConnector(id));
    return 0;
  }
  const all = loadConnectors();
  if (wantsJson(options)) await printJson({ connectors: all });
  else
    await write(
      formatTable(
        all.map(({ id: one, name, base, parameters }) => [
          one,
          name,
          base ?? 'needs --base',
          parameters.map((each) => each.name).join(', '),
        ]),
      ),
    );
  return 0;
}
