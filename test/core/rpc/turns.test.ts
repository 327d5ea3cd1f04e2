import { expect, it } from 'vitest';
import type { EngineClient } from '#core/rpc/client.ts';
import { createTurns } from '#core/rpc/turns.ts';
import { connect, startHost } from './connect.ts';

const importOf = (client: EngineClient, options: Parameters<EngineClient['run']>[2] = {}) =>
  client.run('imports.run', { grants: ['x'], source: 'in turn', preset: null, zone: null }, options);

/** Starts a sync that holds its turn so, and waits until it has it. */
async function startSync(
  client: EngineClient,
  how: string,
  signal?: AbortSignal,
): Promise<Promise<unknown>[]> {
  let ended: Promise<unknown> = Promise.resolve();
  await new Promise<void>((resolve) => {
    ended = client
      .run('imports.sync', { names: [how] }, { onProgress: () => resolve(), ...(signal ? { signal } : {}) })
      .catch((error: unknown) => error);
  });
  return [ended];
}

it('who stands in line gets its turn in order, and may go away before', () => {
  const turns = createTurns();
  const got: string[] = [];
  const [a, b, c] = ['a', 'b', 'c'].map((name) => turns.take(() => got.push(name))) as (() => void)[];
  expect(got).toEqual(['a']);
  b?.();
  a?.();
  expect(got).toEqual(['a', 'c']);
  a?.();
  c?.();
  turns.take(() => got.push('d'));
  expect(got).toEqual(['a', 'c', 'd']);
});

it('an import waits while a sync writes, says so, and goes on when it is over', async () => {
  const { client } = connect(startHost());
  const stop = new AbortController();
  const [sync] = await startSync(client, 'until cancelled', stop.signal);
  const said: (string | undefined)[] = [];
  const imported = importOf(client, {
    onProgress: ({ note }) => {
      said.push(note);
      stop.abort();
    },
  });
  expect(await imported).toHaveLength(1);
  expect(said).toEqual(['Waits for the import before it.']);
  expect(await sync).toMatchObject({ code: 'cancelled' });
});

it('a sync that dies or is cancelled in its turn keeps nobody waiting, and who waits can be cancelled', async () => {
  const { client } = connect(startHost());
  const [dead] = await startSync(client, 'dies');
  expect(await importOf(client)).toHaveLength(1);
  expect(await dead).toMatchObject({ code: 'internal' });

  const stop = new AbortController();
  const [held] = await startSync(client, 'until cancelled', stop.signal);
  const stopWaiting = new AbortController();
  const waiting = importOf(client, { signal: stopWaiting.signal, onProgress: () => stopWaiting.abort() });
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
  const next = importOf(client);
  stop.abort();
  expect(await next).toHaveLength(1);
  await held;
});
