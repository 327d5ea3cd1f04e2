// Asks an API, one request at a time, and asks again where that can help. The token goes to the origin of the base URL and
// nowhere else: redirects are looked at here, not followed by the system.

import { isUtf8 } from 'node:buffer';
import { AppError } from '#core/errors.ts';
import { formatUtc } from '#core/time.ts';
import type { Auth, Connector } from './connector.ts';
import { networkFault, reasonOf } from './network-words.ts';
import { backoff, longestWait, readLimits, readRetryAfter, skewOf, wait } from './waits.ts';

/** What a response is to Exhibit: of fetch, or of the window's own network. Redirects come as they are. */
export type WebResponse = {
  status: number;
  headers: { get(name: string): string | null; entries?(): Iterable<[string, string]> };
  body: AsyncIterable<Uint8Array> | null;
};
/** A request; `body` makes it a POST, which only the exchange of credentials for others and time stamps are. */
export type WebFetch = (
  url: string,
  init: { headers: Record<string, string>; signal: AbortSignal; body?: string | Uint8Array<ArrayBuffer> },
) => Promise<WebResponse>;

/** What was asked so far. `skewMs` is how far the server's clock is ahead of ours; null while it said nothing. */
export type Tally = { requests: number; retries: number; waitedMs: number; skewMs: number | null };

export type ClientOptions = {
  connector: Pick<Connector, 'vendor' | 'auth' | 'headers' | 'limits' | 'token'>;
  /** The address whose origin alone gets the token. */
  base: string;
  token: string | null;
  fetch: WebFetch;
  signal: AbortSignal;
  /** Says what it is waiting for. */
  say(note: string): void;
  now?: () => number;
  /** First wait before another try, and how long a server may be silent, both in ms; largest answer in bytes. */
  firstBackoff?: number;
  timeout?: number;
  largest?: number;
};

/** What an answer was read to be; `damaged` says why it has to be asked for again, `refused` why that would not help. */
export type Reading<T> = { value: T } | { damaged: string } | { refused: string };

/** An answer of 200: its text as UTF-8 without a byte order mark, the address it came from, and its Link header. */
export type Answer = { body: Buffer<ArrayBuffer>; url: URL; link: string | null };

export type Client = {
  tally: Readonly<Tally>;
  /** Throws AppError when no answer that `read` can use comes, with what to do about it. */
  get<T>(
    url: URL,
    read: (answer: Answer) => Reading<T>,
    faultOf: (text: string) => string | null,
  ): Promise<T>;
};

const mostTries = 6;
const mostRedirects = 5;
const mostRequests = 500_000;
const usualTimeout = 60_000;
/** Enough for 100,000 records of usual size. */
const largestAnswer = 256 * 1024 * 1024;

type Outcome<T> = { value: T } | { error: AppError; again: boolean; after: number | null };

/** A client for one sync. */
export function createClient(options: ClientOptions): Client {
  const { connector, base, token, fetch, signal, say, now = Date.now } = options;
  const { firstBackoff = 1000, timeout = usualTimeout, largest = largestAnswer } = options;
  const { vendor } = connector;
  const { origin } = new URL(base);
  const headers = { Accept: 'application/json', ...connector.headers, ...authorise(connector.auth, token) };
  const tally: Tally = { requests: 0, retries: 0, waitedMs: 0, skewMs: null };
  /** No request before this time of performance.now(), as the server asked: the computer's clock may be set meanwhile. */
  let holdUntil = 0;

  /** What a server says, fit to be shown: short, on one line, without the token. */
  const quote = (said: string | null) => {
    if (!said) return '';
    const plain = token ? said.replaceAll(token, '•••') : said;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    return `: ${plain.replace(/[\0-\x1f\x7f\u202a-\u202e\u2066-\u2069]+/g, ' ').slice(0, 300)}`;
  };

  async function pause(ms: number): Promise<void> {
    if (ms <= 0) return;
    if (ms > longestWait) {
      throw new AppError(
        'environment',
        `${vendor} allows no more requests before ${formatUtc(now() + ms)}. What was synced stays; sync again then.`,
      );
    }
    if (ms >= 1000) say(`waiting ${Math.ceil(ms / 1000)} s, as ${vendor} asks`);
    tally.waitedMs += ms;
    await wait(ms, signal);
  }

  async function tryOnce<T>(
    first: URL,
    read: (answer: Answer) => Reading<T>,
    faultOf: (text: string) => string | null,
  ): Promise<Outcome<T>> {
    let url = first;
    for (let redirects = 0; ; redirects++) {
      if (url.origin !== origin) {
        return stop(
          `${vendor} leads to another address, ${url.origin}. The token was not sent there, and what was synced stays. If it is the right one, make it the base URL of the source.`,
        );
      }
      if (++tally.requests > mostRequests)
        return stop(`${vendor} was asked ${mostRequests} times without an end. Ask for a shorter period.`);
      // A timer of our own: it starts anew with each piece of the answer.
      const silence = new AbortController();
      let timer = setTimeout(() => silence.abort(), timeout);
      try {
        const both = AbortSignal.any([signal, silence.signal]);
        const response = await fetch(url.href, { headers, signal: both });
        noteClock(response);
        const { status } = response;
        if (status >= 300 && status < 400 && status !== 304) {
          await drop(response);
          const location = response.headers.get('location');
          if (location === null || redirects >= mostRedirects)
            return stop(
              `${vendor} redirects without an end (${status}). What was synced stays. Check the base URL of the source.`,
            );
          url = new URL(location, url);
          continue;
        }
        const body = await readBody(response, () => {
          clearTimeout(timer);
          timer = setTimeout(() => silence.abort(), timeout);
        });
        if (body === null)
          return stop(
            `${vendor} answered with more than ${largest / 1024 / 1024} MB at once. Ask for smaller pages.`,
          );
        return judge(response, body, url, read, faultOf);
      } catch (error) {
        if (signal.aborted)
          throw new AppError('cancelled', 'The sync was cancelled. What came in before stays.');
        if (error instanceof AppError) throw error;
        const { message, again } = silence.signal.aborted
          ? { message: silent(url.host), again: true }
          : networkFault(url.host, reasonOf(error));
        return { again, after: null, error: new AppError('environment', message) };
      } finally {
        clearTimeout(timer);
      }
    }
  }

  const silent = (host: string) =>
    `${host} did not answer for ${Math.round(timeout / 1000)} s. What was synced stays; check the network and sync again.`;
  const stop = (message: string): Outcome<never> => ({
    again: false,
    after: null,
    error: new AppError('input', message),
  });

  function noteClock({ headers: said }: WebResponse): void {
    const date = Date.parse(said.get('date') ?? '');
    if (Number.isNaN(date)) return;
    tally.skewMs = skewOf(date, now());
  }

  /** The body as UTF-8; null where it is too large. Throws when the connection is cut. */
  async function readBody({ body }: WebResponse, isAlive: () => void): Promise<Buffer<ArrayBuffer> | null> {
    if (!body) return Buffer.alloc(0);
    const pieces: Uint8Array[] = [];
    let size = 0;
    for await (const piece of body) {
      isAlive();
      size += piece.length;
      if (size > largest) return null;
      pieces.push(piece);
    }
    return cleanText(Buffer.concat(pieces));
  }

  function judge<T>(
    response: WebResponse,
    body: Buffer<ArrayBuffer>,
    url: URL,
    read: (answer: Answer) => Reading<T>,
    faultOf: (text: string) => string | null,
  ): Outcome<T> {
    const { status, headers: said } = response;
    const limited = readLimits(said, connector.limits, now());
    if (limited !== null) holdUntil = performance.now() + limited;
    const isHtml = /^\s*</.test(body.toString('latin1', 0, 1000));
    const fault = isHtml || status === 200 ? null : faultOf(body.toString());
    if (status === 200) {
      if (isHtml) {
        return stop(
          `${vendor} answered with a web page, not with JSON: probably a sign-in page. What was synced stays. Check the base URL, and whether a proxy stands between.`,
        );
      }
      const reading = read({ body, url, link: said.get('link') });
      if ('value' in reading) return reading;
      if ('refused' in reading)
        return stop(`${vendor} did not give its log${quote(reading.refused)}. What was synced stays.`);
      return {
        again: true,
        after: null,
        error: new AppError(
          'input',
          `${vendor} answered with what is not whole: ${reading.damaged}. Sync again later.`,
        ),
      };
    }
    const after = readRetryAfter(said.get('retry-after'), now());
    if (status === 429 || (status === 403 && (limited !== null || after !== null))) {
      const error = `${vendor} allows no more requests for now (${status}${quote(fault)}). What was synced stays; sync again later.`;
      return { again: true, after: after ?? limited, error: new AppError('environment', error) };
    }
    if (status >= 500 || status === 408) {
      const error = `${vendor} has a fault of its own (${status}${quote(fault)}). What was synced stays; sync again later.`;
      return { again: true, after, error: new AppError('environment', error) };
    }
    if (status === 401)
      return stop(
        `${vendor} does not accept the token (401${quote(fault)}). What was synced stays, and the next sync goes on from there. ${connector.token}`,
      );
    if (status === 403)
      return stop(
        `${vendor} does not let this token read the log (403${quote(fault)}). What was synced stays. ${connector.token}`,
      );
    if (status === 404)
      return stop(
        `${vendor} has nothing at ${url.origin}${url.pathname} (404${quote(fault)}). What was synced stays. Check the base URL and the parameters of the source.`,
      );
    return stop(
      `${vendor} refuses the request (${status}${quote(fault)}). What was synced stays. Check the parameters of the source.`,
    );
  }

  async function drop({ body }: WebResponse): Promise<void> {
    if (body) for await (const _piece of body) break;
  }

  return {
    tally,
    async get(url, read, faultOf) {
      for (let failed = 1; ; failed++) {
        if (signal.aborted)
          throw new AppError('cancelled', 'The sync was cancelled. What came in before stays.');
        try {
          await pause(holdUntil - performance.now());
          const outcome = await tryOnce(url, read, faultOf);
          if ('value' in outcome) return outcome.value;
          if (!outcome.again || failed >= mostTries) throw outcome.error;
          tally.retries += 1;
          await pause(outcome.after ?? backoff(failed, firstBackoff));
        } catch (error) {
          if (signal.aborted)
            throw new AppError('cancelled', 'The sync was cancelled. What came in before stays.');
          throw error;
        }
      }
    },
  };
}

/** UTF-8 as it was sent, without a byte order mark; what is none becomes U+FFFD. */
function cleanText(sent: Buffer<ArrayBuffer>): Buffer<ArrayBuffer> {
  const bytes = isUtf8(sent) ? sent : Buffer.from(sent.toString());
  return bytes.subarray(0, 3).equals(byteOrderMark) ? bytes.subarray(3) : bytes;
}
const byteOrderMark = Buffer.from('\ufeff');

function authorise(auth: Auth, token: string | null): Record<string, string> {
  if (auth.kind === 'none') return {};
  if (token === null || token === '')
    throw new AppError(
      'usage',
      'A token is needed. Name the environment variable that holds it with --token-env, or a file descriptor with --token-fd.',
    );
  if (/[^\x20-\x7e]/.test(token))
    throw new AppError('usage', 'The token holds a line break or a letter that no token has. Copy it again.');
  if (auth.kind === 'bearer') return { Authorization: `Bearer ${token}` };
  if (auth.kind === 'header') return { [auth.name]: auth.prefix + token };
  const pair = auth.user === undefined ? token : `${auth.user}:${token}`;
  return { Authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

/** Fetch as Node has it, with redirects left to the client. */
export const nodeFetch: WebFetch = async (url, init) => {
  const method = init.body === undefined ? 'GET' : 'POST';
  const response = await fetch(url, { ...init, method, redirect: 'manual', credentials: 'omit' });
  return { status: response.status, headers: response.headers, body: response.body as WebResponse['body'] };
};
