// The next page is asked for while the one before is still being written. Nothing else may come of that than less waiting.

import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nodeFetch } from '#core/sync/client.ts';
import { checkConnection } from '#core/sync/connection.ts';
import { createIntake } from '#core/sync/intake.ts';
import { cutRecords, noRecords } from '#core/sync/page-records.ts';
import { readList } from '#core/sync/pass.ts';
import { readApi } from '#core/sync/read-api.ts';
import { temporaryFolder } from '../../support/workspace.ts';
import { bodyOf, connectorFor, type LogServer, type Style } from './server.ts';
import { startServer } from './started.ts';
import { connect, day, hour, logOf, logOfServer, start, sync } from './workspace.ts';

const usual: Style = { paging: 'cursor', order: 'oldest-first', period: 'none', pageSize: 4 };

async function filled(count: number, style: Style = usual): Promise<LogServer> {
  const server = await startServer(style, start);
  for (let n = 0; n < count; n++) {
    const time = start - 2 * day - (count - n) * hour;
    server.log.push({ time, visibleAt: time, id: n, note: `n${n}` });
  }
  return server;
}

const leftIn = (folder: string) => readdirSync(folder).filter((name) => name.startsWith('.sync'));

describe('asking ahead', () => {
  it('asks for the next page before the one that came is written', async () => {
    const intake = createIntake(temporaryFolder());
    const done: string[] = [];
    const pageOf = (id: number) => {
      const bytes = Buffer.from(`[{"id":${id}}]`);
      return { records: cutRecords(bytes, 0)?.records ?? noRecords(), isUnsure: false };
    };
    await readList({
      async *open() {
        for (const id of [1, 2, 3]) {
          done.push(`asked ${id}`);
          yield pageOf(id);
        }
      },
      intake: {
        ...intake,
        take(page) {
          done.push('wrote');
          return intake.take(page);
        },
      },
      factsOf: () => ({ time: null, hasId: true }),
      isFinal: true,
      belongs: null,
      seePage: () => false,
    });
    await intake.remove();
    expect(done).toEqual(['asked 1', 'asked 2', 'wrote', 'asked 3', 'wrote', 'wrote']);
  });

  it.each([
    // Only an empty page says that a list of numbered ones has ended, and only its last record that one of places has.
    ['cursor', 3],
    ['next', 3],
    ['link', 3],
    ['none', 1],
    ['page', 4],
    ['offset', 5],
  ] as const)('asks for no page behind the last one: %s', async (paging, requests) => {
    const server = await filled(12, { ...usual, paging });
    const folder = connect(server);
    expect(await sync(folder, server)).toMatchObject({ error: null, imported: 12, requests });
    expect(server.requests).toHaveLength(requests);
    expect(new Set(server.requests.map(({ url }) => url.href)).size).toBe(requests);
  });

  it('asks for no further page of a period that turns out to be too long', async () => {
    const server = await filled(300, { ...usual, period: 'half-open', pageSize: 50 });
    const folder = connect(server, { since: '2026-02-01' });
    const report = await sync(folder, server, { pace: { mostInPeriod: 60, mostInBatch: 1000 } });
    expect(report).toMatchObject({ error: null, imported: 300 });
    const pages = new Map<string, number>();
    for (const { url } of server.requests) {
      const period = `${url.searchParams.get('from')} ${url.searchParams.get('to')}`;
      pages.set(period, (pages.get(period) ?? 0) + 1);
    }
    expect(Math.max(...pages.values())).toBe(2);
  });

  it('waits for as long as the answer before asks it to', async () => {
    const server = await filled(12);
    const arrived: number[] = [];
    server.hold = async () => void arrived.push(performance.now());
    const entries = server.log.slice(0, 4).map(bodyOf);
    server.fault = (n) =>
      n === 1
        ? {
            kind: 'status',
            status: 200,
            headers: { 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': String(start / 1000 + 0.4) },
            body: JSON.stringify({ entries, meta: { next: '3' } }),
          }
        : null;
    const folder = connect(server);
    expect(await sync(folder, server)).toMatchObject({ error: null, imported: 12, requests: 3 });
    expect((arrived[1] as number) - (arrived[0] as number)).toBeGreaterThanOrEqual(400);
    expect(logOf(folder)).toEqual(logOfServer(server));
  });

  it('is given up with the sync, leaves nothing behind, and the next one brings it all', async () => {
    const server = await filled(12);
    const cancel = new AbortController();
    server.hold = async (n) => {
      if (n === 2) cancel.abort();
    };
    const folder = connect(server);
    expect((await sync(folder, server, { signal: cancel.signal })).error?.code).toBe('cancelled');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(server.requests).toHaveLength(2);
    expect(leftIn(folder)).toEqual([]);
    expect(logOf(folder)).toEqual([]);
    server.hold = async () => {};
    expect(await sync(folder, server)).toMatchObject({ error: null, imported: 12 });
    expect(logOf(folder)).toEqual(logOfServer(server));
  });

  it('ends its request where the page that came cannot be taken in', async () => {
    const server = await filled(12);
    server.hold = async (n) => {
      if (n > 1) await new Promise(() => {});
    };
    const workspace = temporaryFolder();
    const signals: AbortSignal[] = [];
    const batches = readApi({
      connection: checkConnection({
        ...{ kind: 'api', name: 'Plant', source: 'Plant', preset: null, zone: null, base: server.url },
        ...{ connector: connectorFor(usual), feed: 'log', parameters: {}, query: {} },
        ...{ since: null, lagMinutes: null },
      }) as Parameters<typeof readApi>[0]['connection'],
      workspace,
      settledUntil: null,
      keepsDays: null,
      token: server.token,
      fetch: (url, init) => {
        signals.push(init.signal);
        return nodeFetch(url, init);
      },
      factsOf() {
        throw new Error('the disk is full');
      },
      signal: new AbortController().signal,
      progress: () => {},
      now: () => server.clock.now,
    });
    await expect(batches.next()).rejects.toThrow('the disk is full');
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
    expect(leftIn(workspace)).toEqual([]);
  });
});
