// A connection: where the records of a source come from, without any secret. Checked when it is made, so that a sync need
// not ask what a setting means.

import { z } from 'zod';
import { AppError } from '#core/errors.ts';
import { canonicalJson } from '#core/integrity/canonical.ts';
import { findProblems } from './check.ts';
import { connectorForm } from './connector.ts';

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
  /** Everybody may read it: asked without credentials. */
  anonymous: z.boolean().default(false),
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
  const [problem] = findProblems(parsed.data);
  if (problem) throw new AppError('usage', problem.message);
  return parsed.data;
}

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
