// An S3-compatible bucket: what stands in it, and its objects as files. Amazon's client is loaded when a bucket is synced
// and not before; it never looks for credentials on the network.

import { createHash } from 'node:crypto';
import { createWriteStream, rmSync } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { S3Client } from '@aws-sdk/client-s3';
import { AppError } from '#core/errors.ts';
import { type BucketTally, createWebHandler } from './bucket-web.ts';
import { bucketFault } from './bucket-words.ts';
import type { WebFetch } from './client.ts';
import type { BucketConnection } from './connection.ts';
import type { Found } from './files.ts';

export type Bucket = {
  tally: Readonly<BucketTally>;
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

/** The network a bucket is read through, and what ends it. */
export type BucketMeans = { fetch: WebFetch; signal: AbortSignal };

/** A connection that is cut in the middle of an object is tried again so often. */
const mostTries = 3;

/** Opens a bucket. `token` is `id:secret` or `id:secret:session`; without it the environment or a profile has them. */
export async function openBucket(
  connection: BucketConnection,
  token: string | null,
  { fetch, signal }: BucketMeans,
): Promise<Bucket> {
  // Else the client would ask the machine's own network for a role.
  process.env.AWS_EC2_METADATA_DISABLED = 'true';
  const { GetObjectCommand, ListObjectsV2Command, S3Client: Client } = await import('@aws-sdk/client-s3');
  const { bucket, prefix, endpoint, region, pathStyle, profile, requesterPays, anonymous } = connection;
  const tally: BucketTally = { requests: 0, pages: 0, skewMs: null };
  const client: S3Client = new Client({
    region,
    forcePathStyle: pathStyle,
    maxAttempts: 5,
    requestHandler: createWebHandler(fetch, tally),
    // What a bucket says of its region is told to the person, who sets it: requests go where they are meant to go.
    followRegionRedirects: false,
    ...(endpoint === null ? {} : { endpoint }),
    ...(anonymous
      ? {
          signer: { sign: async (request) => request },
          credentials: { accessKeyId: '', secretAccessKey: '' },
        }
      : token !== null
        ? { credentials: credentialsOf(token) }
        : profile === null
          ? {}
          : { profile }),
  });
  const payer = requesterPays ? { RequestPayer: 'requester' as const } : {};
  // The network unpacks what is marked as packed on its way; an object is wanted as it is stored. Only who signs may ask.
  const asStored = anonymous ? {} : { ResponseContentEncoding: 'identity' };

  const tell = (error: unknown, what: string): AppError => {
    if (error instanceof AppError) return error;
    if (signal.aborted)
      return new AppError('cancelled', 'The sync was cancelled. What came in before stays.');
    return bucketFault(connection, error, what, tally.skewMs);
  };

  async function fetchOnce({ object, bytes }: Found, path: string, isHashed: boolean) {
    const got = await client.send(
      new GetObjectCommand({ Bucket: bucket, Key: object, ...payer, ...asStored }),
      { abortSignal: signal },
    );
    // Where the server kept the mark, what comes is unpacked, and its size is another one.
    const isUnpacked = /^(x-)?gzip|deflate|br|zstd/.test(got.ContentEncoding ?? '');
    let size = 0;
    const unpacked = createHash('sha256');
    const gunzip = isHashed && object.endsWith('.gz') && !isUnpacked ? createGunzip() : null;
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
        if (size > bytes && !isUnpacked)
          done(new Error(`more than the ${bytes} bytes came that were listed`));
        else if (!gunzip) {
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
    if (size !== bytes && !isUnpacked) throw new Error(`${size} bytes came where ${bytes} were listed`);
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
  }

  return {
    tally,
    async list() {
      const found: Found[] = [];
      let next: string | undefined;
      const seen = new Set<string>();
      do {
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
    async download(one, path, isHashed) {
      for (let tries = 1; ; tries++) {
        try {
          return await fetchOnce(one, path, isHashed);
        } catch (error) {
          rmSync(path, { force: true });
          const isCut = (error as { name?: string; $metadata?: unknown }).name === 'NetworkError';
          if (signal.aborted || !isCut || tries >= mostTries) throw tell(error, one.object);
        }
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
