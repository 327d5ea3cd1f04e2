// How a request to the network crosses from the thread that syncs to the engine's process, which has the window's own
// network, with the system's proxy and certificates. Answers come back in parts, so that a large one does not wait.

import type { WebFetch, WebResponse } from '#core/sync/client.ts';
import { reasonOf } from '#core/sync/network-words.ts';

/** A wish: one request; that so many bytes of an answer were taken; that one is not wanted any more. */
export type WebAsked =
  | {
      kind: 'web-asked';
      id: number;
      url: string;
      headers: Record<string, string>;
      body?: string | Uint8Array<ArrayBuffer>;
    }
  | { kind: 'web-taken'; id: number; bytes: number }
  | { kind: 'web-dropped'; id: number };

/** The parts of an answer in their order: its head, pieces of its body, then its end or what went wrong. */
export type WebAnswered = { kind: 'web-answered'; id: number } & (
  | { part: 'head'; status: number; headers: [string, string][] }
  | { part: 'piece'; piece: Uint8Array }
  | { part: 'end' }
  | { part: 'error'; message: string }
);

/** The headers that a sync reads; no other leaves the process that has them. */
const wanted = new Set(
  'content-type content-length content-encoding date etag last-modified link location retry-after'.split(' '),
);
const isWanted = (name: string) => wanted.has(name) || /rate-?limit|^x-amz-/.test(name);

/** Bytes of an answer that may be on their way: whoever writes them to a disk that is slower is waited for. */
const mostUnderWay = 16 * 1024 * 1024;

type Waiting = { take(answer: WebAnswered): void };

/** The end that syncs. `receive` takes the answers to what was posted. */
export function createWebClient(post: (asked: WebAsked) => void): {
  fetch: WebFetch;
  receive(answer: WebAnswered): void;
} {
  const waiting = new Map<number, Waiting>();
  let nextId = 1;
  const fetch: WebFetch = (url, { headers, signal, body }) =>
    new Promise<WebResponse>((resolve, reject) => {
      signal.throwIfAborted();
      const id = nextId++;
      const arrived: WebAnswered[] = [];
      let wake = () => {};
      let failed: Error | null = null;
      const drop = () => {
        failed ??= signal.reason instanceof Error ? signal.reason : new Error('aborted');
        waiting.delete(id);
        post({ kind: 'web-dropped', id });
        reject(failed);
        wake();
      };
      signal.addEventListener('abort', drop, { once: true });
      async function* read(): AsyncGenerator<Uint8Array> {
        try {
          for (;;) {
            if (failed) throw failed;
            const part = arrived.shift();
            if (!part) await new Promise<void>((next) => (wake = next));
            else if (part.part === 'piece') {
              yield part.piece;
              if (waiting.has(id)) post({ kind: 'web-taken', id, bytes: part.piece.length });
            } else if (part.part === 'error') throw new Error(part.message);
            else if (part.part === 'end') return;
          }
        } finally {
          signal.removeEventListener('abort', drop);
          if (waiting.delete(id)) post({ kind: 'web-dropped', id });
        }
      }
      waiting.set(id, {
        take(answer) {
          if (answer.part === 'head') {
            const named = new Map(answer.headers);
            resolve({
              status: answer.status,
              headers: { get: (name) => named.get(name.toLowerCase()) ?? null, entries: () => named },
              body: read(),
            });
            return;
          }
          if (answer.part === 'error') reject(new Error(answer.message));
          if (answer.part !== 'piece') waiting.delete(id);
          arrived.push(answer);
          wake();
        },
      });
      post({ kind: 'web-asked', id, url, headers, ...(body === undefined ? {} : { body }) });
    });
  return { fetch, receive: (answer) => waiting.get(answer.id)?.take(answer) };
}

/** The end that has the network: answers wishes of one thread with `fetch`. */
export function createWebServer(
  fetch: WebFetch,
  post: (answer: WebAnswered) => void,
): { take(asked: WebAsked): void; close(): void } {
  type Running = { stop: AbortController; underWay: number; wake(): void };
  const running = new Map<number, Running>();
  async function answer({ id, url, headers, body: sent }: WebAsked & { kind: 'web-asked' }): Promise<void> {
    const stop = new AbortController();
    const own: Running = { stop, underWay: 0, wake: () => {} };
    running.set(id, own);
    try {
      const {
        status,
        headers: said,
        body,
      } = await fetch(url, {
        headers,
        signal: stop.signal,
        ...(sent === undefined ? {} : { body: sent }),
      });
      const kept = [...(said.entries?.() ?? [])].filter(([name]) => isWanted(name));
      post({ kind: 'web-answered', id, part: 'head', status, headers: kept });
      for await (const piece of body ?? []) {
        post({ kind: 'web-answered', id, part: 'piece', piece });
        own.underWay += piece.length;
        while (own.underWay > mostUnderWay && !stop.signal.aborted)
          await new Promise<void>((next) => (own.wake = next));
        if (stop.signal.aborted) break;
      }
      post({ kind: 'web-answered', id, part: 'end' });
    } catch (error) {
      post({ kind: 'web-answered', id, part: 'error', message: reasonOf(error) });
    } finally {
      running.delete(id);
    }
  }
  return {
    take(asked) {
      if (asked.kind === 'web-asked') return void answer(asked);
      const own = running.get(asked.id);
      if (!own) return;
      if (asked.kind === 'web-taken') own.underWay -= asked.bytes;
      else own.stop.abort();
      own.wake();
    },
    close() {
      for (const { stop, wake } of running.values()) {
        stop.abort();
        wake();
      }
    },
  };
}
