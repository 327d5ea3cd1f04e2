// How Amazon's client asks: through the same network as an API, in the window Electron's with the system's proxy and
// certificates. It signs its requests; here they are only sent. Redirects are handed back and not followed.

import { Readable } from 'node:stream';
import type { S3ClientConfig } from '@aws-sdk/client-s3';
import type { WebFetch } from './client.ts';
import { networkFault, reasonOf } from './network-words.ts';
import { skewOf } from './waits.ts';

/** What a request of the client is, as far as it matters here. */
type Asked = {
  method: string;
  protocol: string;
  hostname: string;
  port?: number;
  path: string;
  query?: Record<string, string | string[] | null>;
  headers: Record<string, string>;
  body?: unknown;
};

/** What was noticed of the answers: how far the other clock is ahead, in ms, and how many requests there were. */
export type BucketTally = { requests: number; pages: number; skewMs: number | null };

const timeout = 60_000;
/** A list of a thousand objects is not larger; objects are written to a file as they come. */
const largestList = 64 * 1024 * 1024;

/** A request handler for the client. Rejects with an error named NetworkError that the client takes for passing. */
export function createWebHandler(
  fetch: WebFetch,
  tally: BucketTally,
  now: () => number = Date.now,
): NonNullable<S3ClientConfig['requestHandler']> {
  async function handle(request: Asked, { abortSignal }: { abortSignal?: AbortSignal } = {}) {
    // A bucket is only read; a profile may have to exchange its key for that of a role.
    const isExchange = request.method === 'POST' && typeof request.body === 'string';
    if (request.method !== 'GET' && !isExchange) throw new Error('A bucket is only read.');
    tally.requests += 1;
    const url = addressOf(request);
    const silence = new AbortController();
    let timer = setTimeout(() => silence.abort(), timeout);
    const isAlive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), timeout);
    };
    const signal = abortSignal ? AbortSignal.any([abortSignal, silence.signal]) : silence.signal;
    // The network writes these itself, from the address.
    const { host: _host, 'content-length': _length, ...headers } = request.headers;
    const told = (error: unknown) =>
      abortSignal?.aborted
        ? error
        : faultOf(new URL(url).host, silence.signal.aborted ? null : reasonOf(error));
    try {
      const response = await fetch(url, {
        headers,
        signal,
        ...(isExchange ? { body: String(request.body) } : {}),
      });
      const date = Date.parse(response.headers.get('date') ?? '');
      if (!Number.isNaN(date)) tally.skewMs = skewOf(date, now());
      const most = request.query?.['list-type'] ? largestList : Number.POSITIVE_INFINITY;
      const body = response.body;
      async function* pieces(): AsyncGenerator<Uint8Array> {
        let size = 0;
        try {
          for await (const piece of body ?? []) {
            isAlive();
            size += piece.length;
            if (size > most) throw new Error('the list is larger than any list');
            yield piece;
          }
        } catch (error) {
          throw told(error);
        } finally {
          clearTimeout(timer);
        }
      }
      const said = Object.fromEntries(response.headers.entries?.() ?? []);
      return {
        response: {
          statusCode: response.status,
          headers: said,
          body: Readable.from(pieces(), { objectMode: false }),
        },
      };
    } catch (error) {
      clearTimeout(timer);
      throw told(error);
    }
  }
  return {
    handle,
    metadata: { handlerProtocol: 'http/1.1' },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
    destroy() {},
  } as unknown as NonNullable<S3ClientConfig['requestHandler']>;
}

function faultOf(host: string, reason: string | null): Error {
  const { message, again } =
    reason === null
      ? {
          message: `${host} did not answer for ${timeout / 1000} s. What was synced stays; sync again later.`,
          again: true,
        }
      : networkFault(host, reason);
  return Object.assign(new Error(message), { name: 'NetworkError' }, again ? { $retryable: {} } : {});
}

/** As the client signed it: its path stands already escaped, its query not. */
function addressOf({ protocol, hostname, port, path, query = {} }: Asked): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((one) => (one === null ? escapePart(name) : `${escapePart(name)}=${escapePart(one)}`)),
  );
  const host = port === undefined ? hostname : `${hostname}:${port}`;
  return `${protocol}//${host}${path}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`;
}

const escapePart = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
