import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import type { Progress } from '#core/model.ts';
import type { EngineClient } from '#core/rpc/client.ts';
import { connect, makeFolder, startHost } from './connect.ts';

/** Runs an import that behaves as `source` says; `progress` fills up as it goes. */
function runImport(client: EngineClient, source: string) {
  const stop = new AbortController();
  const progress: Progress[] = [];
  const done = client.run(
    'imports.run',
    { grants: ['none'], source, preset: null, zone: null },
    { signal: stop.signal, onProgress: (value) => progress.push(value) },
  );
  done.catch(() => {});
  return { done, progress, cancel: () => stop.abort() };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('cancelling a job', () => {
  test.each(['yielding', 'never yielding'])(
    'stops a handler that is %s and looks at its signal',
    async (sort) => {
      const { client } = connect(startHost({ cancelGrace: 60_000 }));
      const job = runImport(client, sort);
      await until(() => job.progress.length > 1);
      job.cancel();
      await expect(job.done).rejects.toMatchObject({ code: 'cancelled' });
    },
  );

  test('ends the thread of a handler that will not stop, and SQLite rolls back', async () => {
    const workspace = makeFolder();
    const { client } = connect(startHost({ workspace, cancelGrace: 200 }));
    const job = runImport(client, 'stubborn');
    await until(() => job.progress.length > 2);
    job.cancel();
    await expect(job.done).rejects.toMatchObject({ code: 'cancelled' });

    const db = new Database(`${workspace}/stubborn.db`, { timeout: 0 });
    expect(db.prepare('SELECT count(*) FROM t').pluck().get()).toBe(0);
    db.exec('INSERT INTO t VALUES (1)');
    db.close();
  });

  test('before it began takes it out of the line', async () => {
    const { client } = connect(startHost());
    const first = runImport(client, 'yielding');
    const second = runImport(client, 'yielding');
    await until(() => first.progress.length > 0 && second.progress.length > 0);
    second.cancel();
    await expect(second.done).rejects.toMatchObject({ code: 'cancelled' });
    first.cancel();
    await expect(first.done).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('before it was sent rejects at once', async () => {
    const { client } = connect(startHost());
    const signal = AbortSignal.abort();
    await expect(client.run('verify.run', {}, { signal })).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('happens by itself when the port closes', async () => {
    const workspace = makeFolder();
    const host = startHost({ workspace, cancelGrace: 100 });
    const { client } = connect(host);
    const job = runImport(client, 'stubborn');
    await until(() => job.progress.length > 1);
    client.close();
    await expect(job.done).rejects.toMatchObject({ code: 'engine-gone' });

    const next = runImport(connect(host).client, 'brief');
    await expect(next.done).resolves.toHaveLength(1);
  });
});

test('a cancelled query rejects at once, though its thread is still busy', async () => {
  const { client } = connect(startHost({ cancelGrace: 60_000 }));
  const stop = new AbortController();
  const slow = client.query('events.get', { uid: 'block-4000' }, { signal: stop.signal });
  const started = performance.now();
  setTimeout(() => stop.abort(), 50);
  await expect(slow).rejects.toMatchObject({ code: 'cancelled' });
  expect(performance.now() - started).toBeLessThan(3000);
});

describe('imports', () => {
  test('run one after another, and the one that waits says so', async () => {
    const { client } = connect(startHost());
    const first = runImport(client, 'brief');
    const second = runImport(client, 'brief');
    const [one, two] = (await Promise.all([first.done, second.done])) as unknown as [{ at: number }][];
    expect(Number(two?.[0].at) - Number(one?.[0].at)).toBeGreaterThanOrEqual(300);
    expect(first.progress).toEqual([]);
    expect(second.progress[0]).toMatchObject({ stage: 'queued', note: 'Waits for the import before it.' });
  });

  test('get a thread of their own each', async () => {
    const { client } = connect(startHost());
    const [one] = (await runImport(client, 'brief').done) as unknown as { thread: number }[];
    const [two] = (await runImport(client, 'brief').done) as unknown as { thread: number }[];
    expect(one?.thread).not.toBe(two?.thread);
  });
});

describe('progress', () => {
  test('of a burst is thinned, and the last one comes through', async () => {
    const { client } = connect(startHost());
    const job = runImport(client, 'burst');
    await job.done;
    expect(job.progress.length).toBeLessThan(20);
    expect(job.progress.at(-1)).toMatchObject({ done: 5000 });
  });

  test('comes at most ten times a second while a job goes on', async () => {
    const { client } = connect(startHost());
    const job = runImport(client, 'never yielding');
    await until(() => job.progress.length > 0);
    const [before, started] = [job.progress.length, performance.now()];
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const seen = job.progress.length - before;
    expect(seen).toBeGreaterThan(1);
    // One more than the time allows: what was under way when counting began.
    expect(seen).toBeLessThanOrEqual((performance.now() - started) / 100 + 1);
    job.cancel();
    await job.done.catch(() => {});
  });
});
