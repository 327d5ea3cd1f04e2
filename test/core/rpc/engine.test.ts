// The real engine behind the real boundary: its own worker threads, its own handlers, a workspace on disk.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createContext } from '#core/context.ts';
import type { Progress } from '#core/model.ts';
import { type EngineClient, isCallError } from '#core/rpc/client.ts';
import type { Host } from '#core/rpc/host.ts';
import { connect, makeFolder, startHost } from './connect.ts';

const worker = new URL('../../../core/rpc/worker.ts', import.meta.url);
const everything = { filter: '', from: null, to: null, zone: 'UTC' };

/** A host over a workspace that exists, as main's engine process makes it. */
function openWorkspace(): { host: Host; client: EngineClient } {
  const workspace = makeFolder();
  const { signal } = new AbortController();
  const context = createContext({ workspace, grants: new Map(), signal, progress: () => {}, creates: true });
  context.reader();
  context.close();
  const host = startHost({ workspace, worker });
  return { host, client: connect(host).client };
}

/** A Flowtriq export of so many events, granted to this host under `id`. */
function grantExport(host: Host, id: string, events: number): void {
  const start = Date.parse('2026-01-01T00:00:00Z');
  const rows = Array.from({ length: events }, (_, n) => {
    const time = new Date(start + n * 1000).toISOString().slice(0, 19).replace('T', ' ');
    return `${time},Node Added,p${n % 40}@noc.example,edge-${n % 300},10.0.0.${n % 250}`;
  });
  const file = join(makeFolder(), `${id}.csv`);
  writeFileSync(file, ['Timestamp (UTC),Event,Actor,Node / Resource,IP', ...rows, ''].join('\n'));
  host.grant(id, { path: file, kind: 'file' });
}

const inputFor = (...grants: string[]) => ({ grants, source: null, preset: null, zone: null });

test('a fresh workspace answers with nothing in it', async () => {
  const { client } = openWorkspace();
  expect(await client.query('workspace.summary', {})).toMatchObject({ events: 0, imports: 0 });
  expect(await client.query('events.total', everything)).toEqual({ total: 0 });
  expect((await client.query('presets.list', {})).map(({ id }) => id)).toEqual(
    expect.arrayContaining(['flowtriq', 'ironflock']),
  );
});

describe('an import', () => {
  test('of a granted file is counted by readers that were open before', async () => {
    const { host, client } = openWorkspace();
    await client.query('events.total', everything);
    grantExport(host, 'g', 3000);
    const progress: Progress[] = [];
    const [outcome] = await client.run('imports.run', inputFor('g'), {
      onProgress: (at) => progress.push(at),
    });
    expect(outcome).toMatchObject({ ok: true, report: { read: 3000, imported: 3000, rejected: 0 } });
    expect(progress.length).toBeGreaterThan(0);
    expect(await client.query('events.total', everything)).toEqual({ total: 3000 });
  });

  test('shows at once in facets, histogram and sorted rows, also after another one', async () => {
    const { host, client } = openWorkspace();
    grantExport(host, 'first', 600);
    grantExport(host, 'second', 900);
    const facets = [{ key: 'target', like: 'EDGE-1', limit: 2 } as const];
    const sort = { by: 'actor', direction: 'desc' } as const;
    for (const [id, total] of [
      ['first', 600],
      ['second', 900],
    ] as const) {
      await client.run('imports.run', inputFor(id));
      // All at once, so that they are answered by different threads.
      const [facet, histogram, window] = await Promise.all([
        client.query('events.facets', { ...everything, facets }),
        client.query('events.histogram', everything),
        client.query('events.window', { ...everything, first: total - 1, limit: 50, sort }),
      ]);
      expect(facet.total).toBe(total);
      // edge-1, edge-10 … edge-19 and edge-100 … edge-199, each once in 300 events.
      expect(facet.facets[0]).toMatchObject({ values: [{ count: total / 300 }, {}], more: 109 });
      expect(histogram).toEqual({
        unit: 'hour',
        buckets: [{ from: '2026-01-01T00:00:00.000Z', to: '2026-01-01T01:00:00.000Z', count: total }],
      });
      expect(window.rows.map(({ actor }) => actor)).toEqual(['p0@noc.example']);
    }
  });

  test('does not hold up queries while it runs', async () => {
    const { host, client } = openWorkspace();
    await client.query('workspace.summary', {});
    grantExport(host, 'g', 20_000);
    let running = true;
    const started = performance.now();
    const job = client.run('imports.run', inputFor('g')).finally(() => {
      running = false;
    });
    const waits: number[] = [];
    while (running) {
      const asked = performance.now();
      await client.query('events.window', { ...everything, first: 0, limit: 50 });
      waits.push(performance.now() - asked);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await job;
    const median = waits.sort((a, b) => a - b)[Math.floor(waits.length / 2)];
    expect(waits.length).toBeGreaterThan(5);
    expect(median).toBeLessThan((performance.now() - started) / 5);
  });

  test('that is cancelled leaves no event of its file, and the next one works', async () => {
    const { host, client } = openWorkspace();
    grantExport(host, 'large', 60_000);
    grantExport(host, 'small', 10);
    const stop = new AbortController();
    const outcomes = await client
      .run('imports.run', inputFor('large', 'small'), {
        signal: stop.signal,
        onProgress: ({ done }) => done > 0 && stop.abort(),
      })
      .catch((error) => error);
    const code = isCallError(outcomes) ? outcomes.code : outcomes[0].error.code;
    expect(code).toBe('cancelled');
    expect(await client.query('events.total', everything)).toEqual({ total: 0 });
    expect(await client.query('imports.list', {})).toEqual([]);

    const [small] = await client.run('imports.run', inputFor('small'));
    expect(small).toMatchObject({ ok: true, report: { imported: 10 } });
    expect(await client.run('verify.run', {})).toMatchObject({ ok: true, failures: [] });
  });
});
