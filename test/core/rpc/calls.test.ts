import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { isCallError } from '#core/rpc/client.ts';
import type { Reply } from '#core/rpc/protocol.ts';
import { connect, connectRaw, makeFolder, startHost } from './connect.ts';

const everything = { filter: '', from: null, to: null, zone: 'UTC' };

describe('a query', () => {
  test('is answered by a thread that knows the workspace', async () => {
    const workspace = makeFolder();
    const { client } = connect(startHost({ workspace }));
    expect(await client.query('workspace.summary', {})).toMatchObject({ workspace });
  });

  test('reaches the same threads again and again, at most two', async () => {
    const { client } = connect(startHost());
    const asked = Array.from({ length: 20 }, () => client.query('events.get', { uid: 'block-5' }));
    const threads = (await Promise.all(asked)) as unknown as { thread: number }[];
    expect(new Set(threads.map(({ thread }) => thread)).size).toBe(2);
  });

  test('is not held up by one slow query', async () => {
    const { client } = connect(startHost());
    const order: string[] = [];
    const slow = client.query('events.get', { uid: 'block-2000' }).then(() => order.push('slow'));
    await client.query('events.get', { uid: 'quick' }).then(() => order.push('quick'));
    await slow;
    expect(order).toEqual(['quick', 'slow']);
  });

  test('of each of several ports is answered on its own port', async () => {
    const host = startHost();
    const clients = [connect(host), connect(host), connect(host)];
    const answers = await Promise.all(
      clients.map(({ client }) => client.query('events.get', { uid: 'block-20' })),
    );
    expect(answers).toHaveLength(3);
  });

  test('that fails as expected rejects with its code and sentence', async () => {
    const { client } = connect(startHost());
    const failure = await client.query('events.get', { uid: 'missing' }).catch((error) => error);
    expect(isCallError(failure)).toBe(true);
    expect(failure).toMatchObject({
      code: 'not-found',
      message: 'There is no event with that number. Search again.',
    });
  });

  test('that runs into a bug rejects as internal and leaves the thread alive', async () => {
    const { client } = connect(startHost());
    await expect(client.query('events.get', { uid: 'bug' })).rejects.toMatchObject({ code: 'internal' });
    await expect(client.query('events.get', { uid: 'quick' })).resolves.toBeDefined();
  });
});

describe('the host refuses', () => {
  test('an input that is not the contract’s, and says which part', async () => {
    const { client } = connect(startHost());
    const wrong = { ...everything, first: 0, limit: 5_000_000 };
    const failure = await client.query('events.window', wrong).catch((error) => error);
    expect(failure).toMatchObject({ code: 'usage' });
    expect(failure.message).toContain('limit');
  });

  test('an input with a key the contract does not know', async () => {
    const { client } = connect(startHost());
    const asked = client.query('events.get', { uid: 'quick', path: '/etc/passwd' } as { uid: string });
    await expect(asked).rejects.toMatchObject({ code: 'usage' });
  });

  test.each(['events.delete', 'constructor', '__proto__', 'toString', 42, null])(
    'a call named %j',
    async (name) => {
      const { other } = connectRaw(startHost());
      other.postMessage({ kind: 'call', id: 1, name, input: {} });
      const [reply] = (await once(other, 'message')) as [Reply];
      expect(reply).toMatchObject({ kind: 'error', id: 1, error: { code: 'usage' } });
    },
  );

  test('a second call under a number that is still in use', async () => {
    const { other } = connectRaw(startHost());
    other.postMessage({ kind: 'call', id: 1, name: 'events.get', input: { uid: 'block-100' } });
    other.postMessage({ kind: 'call', id: 1, name: 'events.get', input: { uid: 'quick' } });
    const [reply] = (await once(other, 'message')) as [Reply];
    expect(reply).toMatchObject({ kind: 'error', id: 1, error: { code: 'usage' } });
  });

  test('messages that make no sense without falling over', async () => {
    const { other } = connectRaw(startHost());
    const nonsense = [null, 7, 'call', [], {}, { kind: 'call' }, { kind: 'call', id: 'x' }, { id: 1.5 }];
    for (const message of [...nonsense, { kind: 'cancel', id: 99 }, { kind: 'drop', id: 1 }]) {
      other.postMessage(message);
    }
    other.postMessage({ kind: 'call', id: 2, name: 'events.get', input: { uid: 'quick' } });
    const [reply] = (await once(other, 'message')) as [Reply];
    expect(reply).toMatchObject({ kind: 'result', id: 2 });
  });
});

describe('a grant', () => {
  test('gives the thread the path the page never sees', async () => {
    const host = startHost();
    host.grant('g1', { path: '/exports/a.csv', kind: 'file' });
    host.grant('g2', { path: '/exports/b.csv', kind: 'file' });
    const { client } = connect(host);
    const input = { grants: ['g1', 'g2'], source: null, preset: null, zone: null };
    expect(await client.run('imports.run', input)).toEqual([
      { path: '/exports/a.csv', kind: 'file' },
      { path: '/exports/b.csv', kind: 'file' },
    ]);
  });

  test('that was never given is not found', async () => {
    const { client } = connect(startHost());
    const input = { grants: ['/etc/passwd'], source: null, preset: null, zone: null };
    await expect(client.run('imports.run', input)).rejects.toMatchObject({ code: 'not-found' });
  });
});
