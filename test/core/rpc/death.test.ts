import { describe, expect, test } from 'vitest';
import { connect, startHost } from './connect.ts';

describe('when a worker thread dies', () => {
  test.each(['exit', 'crash'])(
    'by %s, its call is rejected and a new thread answers the next',
    async (way) => {
      const { client } = connect(startHost());
      await expect(client.query('events.get', { uid: way })).rejects.toMatchObject({ code: 'internal' });
      await expect(client.query('events.get', { uid: 'quick' })).resolves.toBeDefined();
    },
  );

  test('the reason is in the sentence', async () => {
    const { client } = connect(startHost());
    await expect(client.query('events.get', { uid: 'crash' })).rejects.toThrow('out of nowhere');
  });

  test('calls that waited behind it are still answered', async () => {
    const { client } = connect(startHost());
    const dying = [1, 2].map(() => client.query('events.get', { uid: 'exit' }).catch((error) => error.code));
    const waiting = [1, 2, 3].map(() => client.query('events.get', { uid: 'quick' }));
    expect(await Promise.all(dying)).toEqual(['internal', 'internal']);
    await expect(Promise.all(waiting)).resolves.toHaveLength(3);
  });
});

describe('when the engine goes away', () => {
  test('pending and later calls reject with engine-gone', async () => {
    const { client, port } = connect(startHost());
    const pending = client.query('events.get', { uid: 'block-500' });
    port.close();
    await expect(pending).rejects.toMatchObject({ code: 'engine-gone' });
    await expect(client.query('presets.list', {})).rejects.toMatchObject({ code: 'engine-gone' });
  });

  test('closing the host cancels what runs and settles when the threads have ended', async () => {
    const host = startHost({ cancelGrace: 100 });
    const { client } = connect(host);
    const input = { grants: ['none'], source: 'stubborn', preset: null, zone: null };
    let begun = () => {};
    const running = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const job = client.run('imports.run', input, { onProgress: () => begun() });
    job.catch(() => {});
    await running;
    await host.close();
    await expect(job).rejects.toMatchObject({ code: 'cancelled' });
    await expect(client.query('presets.list', {})).rejects.toMatchObject({ code: 'cancelled' });
  });
});
