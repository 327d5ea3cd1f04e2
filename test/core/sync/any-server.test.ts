// Any server, any order of growing, syncing, failing and being cancelled: in the end the log is the server's log.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openStore } from '#core/store/open.ts';
import { verifyFailures } from '../../support/log-content.ts';
import type { Fault, LogServer, Style } from './server.ts';
import { startServer } from './started.ts';
import { connect, day, hour, logOf, logOfServer, start, sync } from './workspace.ts';

/** Lists that are counted by pages alone, and hold records without ids, may not move while they are read. */
const style: fc.Arbitrary<Style & { hasIds: boolean; worthAThread: number }> = fc.record({
  paging: fc.constantFrom('offset', 'page', 'cursor', 'next', 'link', 'none'),
  order: fc.constantFrom('oldest-first', 'newest-first'),
  period: fc.constantFrom('half-open', 'inclusive', 'ignored', 'none'),
  pageSize: fc.integer({ min: 1, max: 7 }),
  hasIds: fc.boolean(),
  /** Pages of so many bytes are counted in a thread: mostly none, else all of them or those with some records. */
  worthAThread: fc.oneof({ weight: 8, arbitrary: fc.constant(1_000_000) }, fc.constantFrom(1, 400)),
});

const fault: fc.Arbitrary<Fault | 'cancel' | 'grow'> = fc.oneof(
  { weight: 3, arbitrary: fc.constant('grow' as const) },
  { weight: 1, arbitrary: fc.constant('cancel' as const) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Fault>(
      { kind: 'status', status: 429, headers: { 'Retry-After': '0' } },
      { kind: 'status', status: 503 },
      { kind: 'status', status: 401 },
      { kind: 'cut' },
      { kind: 'half' },
      { kind: 'reset' },
      { kind: 'html' },
    ),
  },
);

/** So many records, so far apart (0: equal times), and how late they can be read. */
const growth = fc.record({
  count: fc.integer({ min: 1, max: 12 }),
  apart: fc.constantFrom(0, 60_000, 3 * hour),
  late: fc.constantFrom(0, 0, 30 * 60_000),
  note: fc.constantFrom('a', 'b', 'own'),
});
const step = fc.record({
  grows: fc.array(growth, { maxLength: 3 }),
  passes: fc.constantFrom(60_000, hour, 20 * hour, 3 * day),
  faults: fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), fault), { maxLength: 3 }),
});

type Of<T> = T extends fc.Arbitrary<infer V> ? V : never;
type Case = [Of<typeof style>, Of<typeof step>[]];

function grow(server: LogServer, { count, apart, late, note }: Of<typeof growth>, hasIds: boolean): void {
  for (let n = 0; n < count; n++) {
    const id = server.log.length;
    const time = server.clock.now - late - (count - n - 1) * Math.min(apart, 60_000);
    server.log.push({
      time,
      visibleAt: server.clock.now,
      id: hasIds ? id : null,
      note: note === 'own' ? `own${id}` : note,
    });
  }
}

/** Equal records at the end of a page, twice moved over it by what is new in front of them. */
const movedAlike: Case = [
  {
    ...{ paging: 'offset', order: 'newest-first', period: 'none', pageSize: 3 },
    ...{ hasIds: false, worthAThread: 1_000_000 },
  },
  [
    {
      grows: [{ count: 2, apart: 0, late: 1_800_000, note: 'a' }],
      passes: 3_600_000,
      faults: [
        [2, 'grow'],
        [5, 'grow'],
      ],
    },
  ],
];

it('any sequence of syncs with failures in between leaves the server’s log', async () => {
  await fc.assert(
    fc.asyncProperty(
      style,
      fc.array(step, { minLength: 1, maxLength: 4 }),
      async ({ hasIds, worthAThread, ...how }, steps) => {
        const server = await startServer(how, start);
        const folder = connect(server, { since: '2026-02-27' });
        // Each batch that is counted in a thread starts one.
        const mostInBatch = worthAThread === 1_000_000 ? 10 : 200;
        const pace = { mostInPeriod: 20, mostInBatch, worthAThread };
        try {
          for (const { grows, passes, faults } of steps) {
            for (const one of grows) grow(server, one, hasIds);
            server.clock.now += passes;
            const cancel = new AbortController();
            const base = server.requests.length;
            server.fault = (request) => {
              const found = faults.find(([at]) => at === request - base)?.[1] ?? null;
              if (found === 'cancel') cancel.abort();
              if (found === 'grow' && (hasIds || how.paging !== 'page'))
                grow(server, { count: 1, apart: 0, late: 0, note: 'own' }, hasIds);
              return typeof found === 'string' ? null : found;
            };
            const report = await sync(folder, server, { pace, signal: cancel.signal });
            expect(report.read).toBe(report.imported + report.duplicates + report.rejected);
            // Nothing is invented, at any time.
            expect(surplus(logOf(folder), logOfServer(server))).toEqual([]);
          }
          server.fault = () => null;
          server.clock.now += day;
          const last = await sync(folder, server, { pace });
          expect(last.error).toBeNull();
          expect(logOf(folder)).toEqual(logOfServer(server));
          const store = openStore(folder, { mode: 'read' });
          expect(await verifyFailures(store)).toEqual([]);
          store.close();
        } finally {
          await server.close();
        }
      },
    ),
    { numRuns: 40, examples: [movedAlike] },
  );
});

/** What the first list holds more often than the second; both are sorted. */
function surplus(found: readonly string[], wanted: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const one of wanted) left.set(one, (left.get(one) ?? 0) + 1);
  return found.filter((one) => {
    const count = left.get(one) ?? 0;
    left.set(one, count - 1);
    return count <= 0;
  });
}
