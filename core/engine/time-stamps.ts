// A time stamp for a finished pack: whether the network may be used, the one request to the authority that a person
// named, and the activity that notes it.

import type { TimeStamp } from '#core/addition-model.ts';
import type { CallContext } from '#core/engine.ts';
import { AppError } from '#core/errors.ts';
import { logOrigin } from '#core/integrity/checkpoint.ts';
import { recordActivity } from '#core/store/activity.ts';
import { readWorkspaceId } from '#core/store/inventory.ts';
import { closing } from '#core/store/open.ts';
import { isLoopback } from '#core/sync/check.ts';
import { reasonOf } from '#core/sync/network-words.ts';
import { assertNetworkAllowed } from './run-sync.ts';
import { openSigner } from './signing.ts';

/** How long an authority may take for its whole answer, in ms. */
const usualTimeout = 30_000;

/**
 * The address of an authority. Throws AppError('usage') for one that is not encrypted, save on this computer, and where
 * the workspace forbids the network.
 */
export function requireAuthority(address: string, context: CallContext): URL {
  closing(context.reviewReader(), assertNetworkAllowed);
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw new AppError('usage', `“${address}” is no address of an authority. Write it as https://….`);
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    throw new AppError(
      'usage',
      `${url.origin} is not encrypted, so that others could see who has something stamped, and when. Use an authority with https.`,
    );
  return url;
}

/**
 * Has the pack at `path` stamped by the authority at `address` and notes it. `timeout` is how long the answer may take, in
 * ms. Throws AppError as `timeStamp` does, `usage` where the network must not be used, `environment` where it fails.
 */
export async function timeStampPack(
  path: string,
  address: string,
  context: CallContext,
  { timeout = usualTimeout }: { timeout?: number } = {},
): Promise<TimeStamp & { authority: string }> {
  const url = requireAuthority(address, context);
  const { timeStamp } = await import('#core/evidence/time-stamp.ts');
  const stamp = await timeStamp(path, {
    origin: logOrigin(readWorkspaceId(context.reader())),
    signer: await openSigner(context),
    ask: (request) => askAuthority(url, request, context, timeout),
    signal: context.signal,
    progress: context.progress,
  });
  // Without a query, which could hold what only a customer knows.
  const done = { ...stamp, authority: `${url.origin}${url.pathname}` };
  closing(context.review(), (review) => recordActivity(review, 'time-stamp', done));
  return done;
}

/** Sends one request over HTTP (RFC 3161 §3.4) and gives the bytes of the answer. Redirects are not followed. */
async function askAuthority(
  url: URL,
  request: Uint8Array<ArrayBuffer>,
  { fetch, signal }: CallContext,
  timeout: number,
): Promise<Uint8Array> {
  const { largestAnswer } = await import('#core/evidence/time-stamp-token.ts');
  const late = AbortSignal.timeout(timeout);
  const fault = (what: string) =>
    new AppError('environment', `${url.host} ${what}. Nothing was added to the pack; try again later.`);
  try {
    const response = await fetch(url.href, {
      headers: { 'Content-Type': 'application/timestamp-query', Accept: 'application/timestamp-reply' },
      signal: AbortSignal.any([signal, late]),
      body: request,
    });
    const pieces: Uint8Array[] = [];
    let size = 0;
    for await (const piece of response.body ?? []) {
      size += piece.length;
      if (size > largestAnswer) throw fault('answered with more than a time stamp can be');
      pieces.push(piece);
    }
    if (response.status !== 200) throw fault(`gave no time stamp (HTTP status ${response.status})`);
    return Buffer.concat(pieces);
  } catch (error) {
    if (signal.aborted)
      throw new AppError('cancelled', 'The time stamp was cancelled. The pack is as it was.');
    if (error instanceof AppError) throw error;
    if (late.aborted) throw fault(`did not answer within ${Math.ceil(timeout / 1000)} s`);
    throw fault(`cannot be reached (${reasonOf(error)})`);
  }
}
