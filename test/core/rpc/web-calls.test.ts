// How an answer of the network comes to the thread that asked: in its order, no faster than it is taken, and not at all when
// nobody wants it any more.

import { MessageChannel } from 'node:worker_threads';
import { expect, it, onTestFinished } from 'vitest';
import { createWebClient, createWebServer, type WebAnswered, type WebAsked } from '#core/rpc/web-calls.ts';
import type { WebFetch } from '#core/sync/client.ts';

const mega = 1024 * 1024;

/** A client and a server joined by a real channel, as thread and process are. */
function join(network: WebFetch) {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => {
    port1.close();
    port2.close();
  });
  const server = createWebServer(network, (answer) => port2.postMessage(answer));
  port2.on('message', (asked: WebAsked) => server.take(asked));
  const client = createWebClient((asked) => port1.postMessage(asked));
  port1.on('message', (answer: WebAnswered) => client.receive(answer));
  return { client, server };
}

const { signal } = new AbortController();

it('a large answer waits for who writes it to a slow disk', async () => {
  let given = 0;
  const { client } = join(async () => ({
    status: 200,
    headers: new Headers({ etag: '"x"', 'set-cookie': 'a=b', 'x-amz-meta-signature': 's' }),
    body: (async function* () {
      for (; given < 100; given++) yield new Uint8Array(mega).fill(given);
    })(),
  }));
  const { headers, body } = await client.fetch('https://x', { headers: {}, signal });
  expect([...(headers.entries?.() ?? [])]).toEqual([
    ['etag', '"x"'],
    ['x-amz-meta-signature', 's'],
  ]);
  let taken = 0;
  for await (const piece of body ?? []) {
    expect(piece[0]).toBe(taken);
    taken += 1;
    if (taken % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(given - taken).toBeLessThanOrEqual(18);
  }
  expect(taken).toBe(100);
});

it('who stops reading ends the request, also one that waits to go on', async () => {
  let isClosed = () => {};
  const closed = new Promise<void>((resolve) => (isClosed = resolve));
  const { client } = join(async () => ({
    status: 200,
    headers: new Headers(),
    body: (async function* () {
      try {
        for (;;) yield new Uint8Array(mega);
      } finally {
        isClosed();
      }
    })(),
  }));
  const { body } = await client.fetch('https://x', { headers: {}, signal });
  for await (const _piece of body ?? []) break;
  await closed;
});

it('a request carries its body, and what fails is told by the system’s short name', async () => {
  const { client } = join(async (url, { body }) => {
    if (url === 'https://refused') throw Object.assign(new Error('fetch failed'), { code: 'ECONNREFUSED' });
    return { status: 201, headers: new Headers({ date: String(body ?? 'none') }), body: null };
  });
  const sent = await client.fetch('https://x', { headers: {}, signal, body: 'Action=AssumeRole' });
  expect(sent.headers.get('Date')).toBe('Action=AssumeRole');
  await expect(client.fetch('https://refused', { headers: {}, signal })).rejects.toThrow('ECONNREFUSED');
});
