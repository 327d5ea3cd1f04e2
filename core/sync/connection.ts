// A connection: where the records of a source come from, without any secret. Checked when it is made, so that a sync need
// not ask what a setting means.

import { z } from 'zod';
import { AppError } from '#core/errors.ts';
import { canonicalJson } from '#core/integrity/canonical.ts';
import { assertZone } from '#core/time.ts';
import { connectorForm, placesIn } from './connector.ts';

const text = z.string().min(1);
const common = {
  /** What it is called; `source` is the source of the log that its records go into. */
  name: z.string().min(1).max(200),
  source: z.string().min(1).max(200),
  /** The preset and the zone for its records, as for an import; null leaves them to the connector and the records. */
  preset: z.string().nullable(),
  zone: z.string().nullable(),
};

const api = z.strictObject({
  kind: z.literal('api'),
  ...common,
  /** The connector as it was when the connection was made. */
  connector: connectorForm,
  base: text,
  feed: text,
  parameters: z.record(text, z.string()),
  /** Further parts of the query. */
  query: z.record(text, z.string()),
  /** Day or instant the first sync begins at; null leaves it to the connector. */
  since: z.string().nullable(),
  lagMinutes: z.int().min(0).nullable(),
});
const bucket = z.strictObject({
  kind: z.literal('bucket'),
  ...common,
  bucket: z.string().regex(/^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/i, { error: 'is not the name of a bucket' }),
  prefix: z.string(),
  /** Address of the service; null is Amazon's for the region. */
  endpoint: z.string().nullable(),
  region: text,
  pathStyle: z.boolean(),
  /** Named credentials of this computer; null takes those of the environment, or the token as `id:secret`. */
  profile: z.string().nullable(),
  /** Whoever asks pays for the requests. */
  requesterPays: z.boolean(),
  /** RSA public keys (PEM) by their fingerprint, for the signatures of CloudTrail's digest files. */
  digestKeys: z.record(text, z.string()),
});
const folder = z.strictObject({
  kind: z.literal('folder'),
  ...common,
  folder: text,
  /** A file is read when its size and time of change have stayed for so long. */
  settleSeconds: z.number().min(0).max(86_400),
});

export const connectionForm = z.discriminatedUnion('kind', [api, bucket, folder]);
export type Connection = z.infer<typeof connectionForm>;
export type ApiConnection = z.infer<typeof api>;
export type BucketConnection = z.infer<typeof bucket>;
export type FolderConnection = z.infer<typeof folder>;

/** A connection from settings. Throws AppError('usage') with a sentence for the first that makes no sense. */
export function checkConnection(settings: unknown): Connection {
  const parsed = connectionForm.safeParse(settings);
  if (!parsed.success)
    throw new AppError('usage', `These settings make no source: ${z.prettifyError(parsed.error)}`);
  const { data } = parsed;
  if (data.zone !== null) assertZone(data.zone);
  if (data.kind === 'api') checkApi(data);
  if (data.kind === 'bucket' && data.endpoint !== null) checkBase(data.endpoint, 'endpoint');
  return data;
}

function checkApi(connection: ApiConnection): void {
  const { connector, base, feed, parameters, query, since } = connection;
  checkBase(base, 'base URL');
  const found = connector.feeds.find(({ id }) => id === feed);
  if (!found) {
    const known = connector.feeds.map(({ id, name }) => `${id} (${name})`).join(', ');
    throw new AppError('usage', `${connector.vendor} has no feed “${feed}”. Choose one of ${known}.`);
  }
  for (const name of placesIn(found.path)) {
    if ((parameters[name] ?? '') !== '') continue;
    const label = connector.parameters.find((one) => one.name === name)?.label ?? name;
    throw new AppError('usage', `${label} is missing: name it as the parameter ${name}.`);
  }
  const usable = new Set([
    ...placesIn(found.path),
    ...connector.parameters.filter((one) => one.query !== undefined).map(({ name }) => name),
  ]);
  for (const name of Object.keys(parameters)) {
    if (usable.has(name)) continue;
    const known = usable.size > 0 ? `It takes ${[...usable].join(', ')}.` : 'It takes none.';
    throw new AppError('usage', `${connector.vendor} has no parameter “${name}” here. ${known}`);
  }
  const secret = Object.keys(query).find((name) => /token|secret|password|api[-_]?key/i.test(name));
  if (secret !== undefined)
    throw new AppError(
      'usage',
      `The query must not hold “${secret}”: what is set here is stored and shown. Give the token when the source is synced.`,
    );
  if (since !== null && Number.isNaN(Date.parse(since)))
    throw new AppError(
      'usage',
      `“${since}” is no day. Write the day the first sync begins at as 2026-01-31.`,
    );
}

/** An address that a token may go to: encrypted, or this very computer; with nothing secret in it. */
function checkBase(address: string, what: string): void {
  const url = parseAddress(address);
  if (!url || !/^https?:$/.test(url.protocol))
    throw new AppError('usage', `“${address}” is no address. Write the ${what} as https://….`);
  if (url.username !== '' || url.password !== '')
    throw new AppError('usage', `The ${what} must not hold a user or password: what is set here is stored.`);
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    throw new AppError(
      'usage',
      `The ${what} ${url.origin} is not encrypted. Use https, so that the token and the records cannot be read on their way.`,
    );
  if (url.search !== '' || url.hash !== '')
    throw new AppError(
      'usage',
      `The ${what} ends before the “${url.search ? '?' : '#'}”. Give what follows as query settings.`,
    );
}

function parseAddress(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}

/** Whether a host is this computer itself. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);

/** The address a feed is asked at, with what its query always holds. */
export function addressOf({ connector, base, feed, parameters, query }: ApiConnection): URL {
  const path = connector.feeds.find(({ id }) => id === feed)?.path ?? '';
  const filled = path.replace(/\{([^}]+)\}/g, (_, name: string) =>
    encodeURIComponent(parameters[name] ?? ''),
  );
  const url = new URL(base.replace(/\/+$/, '') + filled);
  for (const [name, value] of Object.entries({ ...connector.query, ...query }))
    url.searchParams.set(name, value);
  for (const { name, query: member } of connector.parameters) {
    const value = parameters[name];
    if (member !== undefined && value !== undefined && value !== '') url.searchParams.set(member, value);
  }
  return url;
}

/** The parameters that leave events out, as a person set them. */
export const narrowedBy = ({ connector, parameters }: ApiConnection): string[] =>
  connector.parameters
    .filter(({ name, narrows }) => narrows && (parameters[name] ?? '') !== '')
    .map(({ name, label }) => `${label} ${parameters[name]}`);

/** What is asked for, as one text: two connections that ask for the same go on from each other. Holds no secret. */
export function feedOf(connection: Connection): string {
  switch (connection.kind) {
    case 'api':
      return canonicalJson({ api: addressOf(connection).href });
    case 'bucket': {
      const { bucket, prefix, endpoint, region } = connection;
      return canonicalJson({ bucket, prefix, endpoint: endpoint ?? region });
    }
    case 'folder':
      return canonicalJson({ folder: connection.folder });
  }
}

/** Where a connection leads, for people. */
export function addressText(connection: Connection): string {
  switch (connection.kind) {
    case 'api':
      return addressOf(connection).href;
    case 'bucket':
      return `s3://${connection.bucket}/${connection.prefix}${connection.endpoint ? ` at ${connection.endpoint}` : ''}`;
    case 'folder':
      return connection.folder;
  }
}
