// How a request to the network crosses from the thread that syncs to the engine's process, which has the window's own
// network, with the system's proxy and certificates. Answers come back in parts, so that a large one does not wait.

import type { WebFetch, WebResponse } from '#core/sync/client.ts';

/** A wish: one request, or that one is not wanted any more. */
export type WebAsked =
  | { kind: 'web-asked'; id: number; url: string; headers: Record<string, string> }
  | { kind: 'web-dropped'; id: number };

/** The parts of an answer in their order: its head, pieces of its body, then its end or what went wrong. */
export type WebAnswered = { kind: 'web-answered'; id: number } & (
  | { part: 'head'; status: number; headers: [string, string][] }
  | { part: 'piece'; piece: Uint8Array }
  | { part: 'end' }
  | { part: 'error'; message: string }
);

/** The headers that a sync reads; no other leaves the process that has them. */
const wanted = ['content-type', 'date', 'link', 'location', 'retry-after'];
const isWanted = (name: string) => wanted.includes(name) || /rate-?limit/.test(name);

type Waiting = { take(answer: WebAnswered): void };

/** The end that syncs. `receive` takes the answers to what was posted. */
export function createWebClient(post: (asked: WebAsked) => void): {
  fetch: WebFetch;
  receive(answer: WebAnswered): void;
} {
  const waiting = new Map<number, Waiting>();
  let nextId = 1;
  const fetch: WebFetch = (url, { headers, signal }) =>
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
            else if (part.part === 'piece') yield part.piece;
            else if (part.part === 'error') throw new Error(part.message);
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
              headers: { get: (name) => named.get(name.toLowerCase()) ?? null },
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
      post({ kind: 'web-asked', id, url, headers });
    });
  return { fetch, receive: (answer) => waiting.get(answer.id)?.take(answer) };
}

/** The end that has the network: answers wishes of one thread with `fetch`. */
export function createWebServer(
  fetch: WebFetch,
  post: (answer: WebAnswered) => void,
): { take(asked: WebAsked): void; close(): void } {
  const running = new Map<number, AbortController>();
  async function answer(id: number, url: string, headers: Record<string, string>): Promise<void> {
    const stop = new AbortController();
    running.set(id, stop);
    try {
      const { status, headers: said, body } = await fetch(url, { headers, signal: stop.signal });
      const names = 'keys' in said ? [...(said as unknown as Headers).keys()] : [];
      const kept = names.filter(isWanted).map((name): [string, string] => [name, said.get(name) as string]);
      post({ kind: 'web-answered', id, part: 'head', status, headers: kept });
      if (body) for await (const piece of body) post({ kind: 'web-answered', id, part: 'piece', piece });
      post({ kind: 'web-answered', id, part: 'end' });
    } catch (error) {
      const { cause, message } = error as Error;
      const why = (cause as { code?: string } | undefined)?.code ?? message;
      post({ kind: 'web-answered', id, part: 'error', message: why });
    } finally {
      running.delete(id);
    }
  }
  return {
    take(asked) {
      if (asked.kind === 'web-dropped') running.get(asked.id)?.abort();
      else void answer(asked.id, asked.url, asked.headers);
    },
    close() {
      for (const stop of running.values()) stop.abort();
    },
  };
}
