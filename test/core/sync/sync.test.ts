import { describe, expect, it } from 'vitest';
import { openStore } from '#core/store/open.ts';
import { verifyFailures } from '../../support/log-content.ts';
import type { LogServer, Style } from './server.ts';
import { startServer } from './started.ts';
import { connect, day, hour, logOf, logOfServer, start, sync } from './workspace.ts';

const usual: Style = { paging: 'offset', order: 'oldest-first', period: 'half-open', pageSize: 4 };

/** Adds records an hour apart that end so long before the server's present. */
function fill(server: LogServer, count: number, ago = 2 * day): void {
  const { now } = server.clock;
  const first = server.log.length;
  for (let n = 0; n < count; n++) {
    const time = now - ago - (count - n) * hour;
    server.log.push({ time, visibleAt: time, id: first + n, note: `n${first + n}` });
  }
}

async function verify(folder: string): Promise<unknown[]> {
  const store = openStore(folder, { mode: 'read' });
  try {
    return await verifyFailures(store);
  } finally {
    store.close();
  }
}

const styles: Style[] = (['offset', 'page', 'cursor', 'next', 'link', 'none'] as const).flatMap((paging) =>
  (['half-open', 'inclusive', 'ignored', 'none'] as const).flatMap((period) =>
    (['oldest-first', 'newest-first'] as const).map((order) => ({ ...usual, paging, period, order })),
  ),
);

describe('a sync', () => {
  it.each(styles)('brings the whole log, then only what is new: $paging, $period, $order', async (style) => {
    const server = await startServer(style, start);
    fill(server, 30);
    const folder = connect(server);
    const first = await sync(folder, server);
    expect(first.error).toBeNull();
    expect(first).toMatchObject({ imported: 30, duplicates: 0, rejected: 0, gaps: [] });
    expect(logOf(folder)).toEqual(logOfServer(server));
    server.clock.now += 6 * hour;
    fill(server, 5, 0);
    const second = await sync(folder, server);
    expect(second).toMatchObject({ error: null, imported: 5 });
    expect(second.read).toBe(second.imported + second.duplicates + second.rejected);
    expect(logOf(folder)).toEqual(logOfServer(server));
    expect(await verify(folder)).toEqual([]);
  });

  it('leaves no import behind where nothing is new, and says what it read', async () => {
    const server = await startServer(usual, start);
    fill(server, 5, 0);
    const folder = connect(server);
    await sync(folder, server);
    const again = await sync(folder, server);
    expect(again).toMatchObject({
      imports: [],
      imported: 0,
      error: null,
      settledUntil: new Date(start - hour).toISOString(),
    });
    expect(again.duplicates).toBeGreaterThan(0);
    const store = openStore(folder, { mode: 'read' });
    expect(store.db.prepare('SELECT count(*) FROM stored_import').pluck().get()).toBe(1);
    expect(store.db.prepare('SELECT count(*) FROM sync').pluck().get()).toBe(2);
    store.close();
  });

  it('reads again what is younger than the lag, so that late records are not lost', async () => {
    const server = await startServer(usual, start);
    fill(server, 10, 0);
    server.log.push({ time: start - 50 * 60_000, visibleAt: start + 5 * 60_000, id: 99, note: 'late' });
    const folder = connect(server);
    await sync(folder, server);
    server.clock.now += 10 * 60_000;
    expect(await sync(folder, server)).toMatchObject({ imported: 1 });
    expect(logOf(folder)).toEqual(logOfServer(server));
  });

  it('comes to its end where time goes on while it asks', async () => {
    const server = await startServer({ ...usual, paging: 'cursor' }, start);
    fill(server, 12);
    const folder = connect(server, { since: '2026-02-20' });
    server.hold = async () => {
      server.clock.now += 50;
    };
    server.fault = (n) => (n > 30 ? { kind: 'status', status: 401 } : null);
    expect(await sync(folder, server)).toMatchObject({ error: null, imported: 12 });
    expect(logOf(folder)).toEqual(logOfServer(server));
  });

  it('settles by the clock of the server, where that one is behind', async () => {
    const server = await startServer(usual, start);
    fill(server, 3);
    const folder = connect(server);
    const { clock } = server;
    const real = clock.now;
    const ahead = { ...server, clock: { now: real + 5 * hour } } as LogServer;
    const report = await sync(folder, ahead);
    expect(report.clockSkewMs).toBe(-5 * hour + 500);
    expect(Date.parse(report.settledUntil as string)).toBeLessThanOrEqual(real - hour + 1000);
  });

  it('keeps identical records of a page set, and makes one of those that two periods or syncs share', async () => {
    for (const paging of ['offset', 'page', 'cursor'] as const) {
      const server = await startServer({ ...usual, paging, period: 'inclusive', pageSize: 3 }, start);
      const time = start - 5 * day;
      // Eight of one kind lie across three pages; midnight is where two periods meet.
      for (let n = 0; n < 8; n++) server.log.push({ time, visibleAt: time, id: null, note: 'same' });
      for (let n = 0; n < 4; n++) {
        const midnight = start - (n + 1) * day;
        server.log.push({ time: midnight, visibleAt: midnight, id: null, note: 'border' });
      }
      const folder = connect(server, { since: '2026-02-20' });
      expect(await sync(folder, server)).toMatchObject({ error: null, gaps: [] });
      expect(logOf(folder), paging).toEqual(logOfServer(server));
      server.clock.now += hour;
      await sync(folder, server);
      expect(logOf(folder)).toEqual(logOfServer(server));
    }
  });

  it('imports in bounded batches, each with how far it came', async () => {
    const server = await startServer({ ...usual, pageSize: 50 }, start);
    fill(server, 400);
    const folder = connect(server);
    const report = await sync(folder, server, { pace: { mostInPeriod: 60, mostInBatch: 100 } });
    expect(report.error).toBeNull();
    expect(report.imports.length).toBeGreaterThan(2);
    expect(report.imports[1]?.file).toContain('part 2');
    expect(logOf(folder)).toEqual(logOfServer(server));
    expect(await verify(folder)).toEqual([]);
  });

  it('says what the vendor has forgotten since the last sync', async () => {
    const server = await startServer(usual, start);
    fill(server, 3);
    const folder = connect(server, { preset: null });
    await sync(folder, server);
    server.clock.now += 200 * day;
    const connector = { ...(await import('./server.ts')).connectorFor(usual), preset: 'flowtriq' };
    connect(server, { connector }, folder);
    const report = await sync(folder, server);
    expect(report.gaps[0]?.why).toContain('keeps its log for 90 days');
  });
});
