// An S3-compatible bucket: what stands in it, and its objects as files. Amazon's client is loaded when a bucket is synced
// and not before; it never looks for credentials on the network.

import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { S3Client } from '@aws-sdk/client-s3';
import { AppError } from '#core/errors.ts';
import type { BucketConnection } from './connection.ts';
import type { Found } from './files.ts';

export type Bucket = {
  tally: { requests: number; pages: number };
  /** Everything under the prefix. */
  list(): Promise<Found[]>;
  /** Writes an object to a file; gives its metadata, and the SHA-256 of its unpacked content where that is asked for. */
  download(
    object: Found,
    path: string,
    isHashed: boolean,
  ): Promise<{ metadata: Record<string, string>; unpacked: string | null }>;
  close(): void;
};

/** Opens a bucket. `token` is `id:secret` or `id:secret:session`; without it the environment or a profile has them. */
export async function openBucket(
  connection: BucketConnection,
  token: string | null,
  signal: AbortSignal,
): Promise<Bucket> {
  // Else the client would ask the machine's own network for a role.
  process.env.AWS_EC2_METADATA_DISABLED = 'true';
  const { GetObjectCommand, ListObjectsV2Command, S3Client: Client } = await import('@aws-sdk/client-s3');
  const { bucket, prefix, endpoint, region, pathStyle, profile, requesterPays } = connection;
  const client: S3Client = new Client({
    region,
    forcePathStyle: pathStyle,
    maxAttempts: 5,
    ...(endpoint === null ? {} : { endpoint }),
    ...(profile === null ? {} : { profile }),
    ...(token === null ? {} : { credentials: credentialsOf(token) }),
  });
  const payer = requesterPays ? { RequestPayer: 'requester' as const } : {};
  const tally = { requests: 0, pages: 0 };

  const tell = (error: unknown, what: string): AppError => {
    if (signal.aborted)
      return new AppError('cancelled', 'The sync was cancelled. What came in before stays.');
    const { name, message, $metadata } = error as {
      name: string;
      message: string;
      $metadata?: { httpStatusCode?: number };
    };
    const status = $metadata?.httpStatusCode;
    const said = message && message !== name ? `${name}: ${message}` : name;
    if (name === 'CredentialsProviderError')
      return new AppError(
        'usage',
        `There are no credentials for the bucket ${bucket}. Give an access key as id:secret, set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a --profile.`,
      );
    if (status === 403 || status === 401)
      return new AppError(
        'input',
        `The bucket ${bucket} refuses ${what} (${said}). The credentials need s3:ListBucket and s3:GetObject for it.`,
      );
    if (status === 404)
      return new AppError(
        'input',
        `There is no ${name === 'NoSuchKey' ? what : `bucket ${bucket}`} (${said}). Check name, region and endpoint.`,
      );
    return new AppError(
      'environment',
      `The bucket ${bucket} cannot be read (${said}). What was synced stays; sync again later.`,
    );
  };

  return {
    tally,
    async list() {
      const found: Found[] = [];
      let next: string | undefined;
      const seen = new Set<string>();
      do {
        tally.requests += 1;
        tally.pages += 1;
        const page = await client
          .send(
            new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: next, ...payer }),
            { abortSignal: signal },
          )
          .catch((error: unknown) => {
            throw tell(error, 'to be listed');
          });
        for (const { Key, ETag, Size } of page.Contents ?? [])
          if (Key !== undefined)
            found.push({ object: Key, version: `${ETag ?? ''} ${Size ?? 0}`.trim(), bytes: Size ?? 0 });
        next = page.IsTruncated ? page.NextContinuationToken : undefined;
        if (next !== undefined && seen.has(next))
          throw new AppError(
            'input',
            `The bucket ${bucket} lists the same part again and again. Sync again later.`,
          );
        if (next !== undefined) seen.add(next);
      } while (next !== undefined);
      return found;
    },
    async download({ object, bytes }, path, isHashed) {
      tally.requests += 1;
      try {
        const got = await client.send(new GetObjectCommand({ Bucket: bucket, Key: object, ...payer }), {
          abortSignal: signal,
        });
        let size = 0;
        const unpacked = createHash('sha256');
        const gunzip = isHashed && object.endsWith('.gz') ? createGunzip() : null;
        const hashed = gunzip
          ? (async () => {
              for await (const piece of gunzip) unpacked.update(piece as Buffer);
            })()
          : null;
        // A damaged archive is told by the import; here it only has no hash.
        hashed?.catch(() => {});
        const count = new Transform({
          transform(piece: Buffer, _, done) {
            size += piece.length;
            if (!gunzip) {
              if (isHashed) unpacked.update(piece);
              done(null, piece);
            } else if (gunzip.write(piece) || gunzip.destroyed) done(null, piece);
            else gunzip.once('drain', () => done(null, piece));
          },
          flush(done) {
            gunzip?.end();
            done();
          },
        });
        await pipeline(
          got.Body as NodeJS.ReadableStream,
          count,
          createWriteStream(path, { flags: 'wx', mode: 0o600 }),
          { signal },
        );
        if (size !== bytes) throw new Error(`${size} bytes came where ${bytes} were listed`);
        const isWhole =
          hashed === null ||
          (await hashed.then(
            () => true,
            () => false,
          ));
        return {
          metadata: got.Metadata ?? {},
          unpacked: isHashed && isWhole ? unpacked.digest('hex') : null,
        };
      } catch (error) {
        throw tell(error, object);
      }
    },
    close: () => client.destroy(),
  };
}

function credentialsOf(token: string): {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
} {
  const [accessKeyId = '', secretAccessKey = '', ...session] = token.split(':');
  if (accessKeyId === '' || secretAccessKey === '')
    throw new AppError(
      'usage',
      'The credentials of a bucket are an access key as id:secret, or id:secret:session.',
    );
  const sessionToken = session.join(':');
  return { accessKeyId, secretAccessKey, ...(sessionToken === '' ? {} : { sessionToken }) };
}
