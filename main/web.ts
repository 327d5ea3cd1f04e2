// Requests to the network as the window makes them: through Electron's net, with the system's proxy and certificates.
// Redirects are handed on, not followed, and neither cookies nor the system's own logins go along.

import { net } from 'electron';
import type { WebFetch, WebResponse } from '#core/sync/client.ts';
import { proxyWantsPassword } from '#core/sync/network-words.ts';

/** Fetches as a sync needs it. Rejects when no connection comes about. */
export const electronFetch: WebFetch = (url, { headers, signal, body }) =>
  new Promise<WebResponse>((resolve, reject) => {
    const request = net.request({
      url,
      method: body === undefined ? 'GET' : 'POST',
      redirect: 'manual',
      credentials: 'omit',
      cache: 'no-store',
    });
    for (const [name, value] of Object.entries(headers)) request.setHeader(name, value);
    const stop = () => {
      request.abort();
      reject(signal.reason);
    };
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    request.on('redirect', (status, _method, location, said) => {
      resolve({ status, headers: headersOf({ ...said, location: [location] }), body: null });
      request.abort();
    });
    request.on('error', (error) => {
      signal.removeEventListener('abort', stop);
      reject(error);
    });
    request.on('response', (response) => {
      if (response.statusCode === 407) {
        request.abort();
        reject(new Error(proxyWantsPassword));
        return;
      }
      resolve({
        status: response.statusCode,
        headers: headersOf(response.headers),
        body: piecesOf(response as unknown as Response, () => signal.removeEventListener('abort', stop)),
      });
    });
    request.end(body === undefined || typeof body === 'string' ? body : Buffer.from(body));
  });

function headersOf(said: Record<string, string | string[]>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(said)) headers.set(name, [value].flat().join(', '));
  return headers;
}

/** Electron’s response, which its types do not say to be a stream: it stops reading from the network while paused. */
type Response = NodeJS.EventEmitter & { pause(): void; resume(): void };
/** Pieces that may wait here. */
const mostArrived = 64;

/** What a response says, piece by piece. It cannot be iterated: an answer that is cut would not end. */
async function* piecesOf(response: Response, done: () => void): AsyncGenerator<Uint8Array> {
  const arrived: (Uint8Array | Error | null)[] = [];
  let wake = () => {};
  let isPaused = false;
  const arrive = (part: Uint8Array | Error | null) => {
    arrived.push(part);
    wake();
  };
  response.on('data', (piece: Uint8Array) => {
    arrive(piece);
    if (arrived.length < mostArrived) return;
    isPaused = true;
    response.pause();
  });
  response.on('end', () => arrive(null));
  response.on('aborted', () => arrive(new Error('the connection was cut')));
  response.on('error', (error: Error) => arrive(error));
  try {
    for (;;) {
      const part = arrived.shift();
      if (part === undefined) {
        if (isPaused) response.resume();
        isPaused = false;
        await new Promise<void>((resolve) => (wake = resolve));
      } else if (part === null) return;
      else if (part instanceof Error) throw part;
      else yield part;
    }
  } finally {
    done();
  }
}
