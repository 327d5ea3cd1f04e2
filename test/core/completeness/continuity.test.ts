import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testContinuity } from '#core/completeness/continuity.ts';
import type { Event } from '#core/model.ts';
import { eachEvent } from '#core/query/events.ts';
import {
  fixture,
  importInto,
  ironflockCsv,
  openTemporaryStore,
  query,
  temporaryFile,
} from '../../support/workspace.ts';

describe('the continuity test', () => {
  it('finds in the seeded export what was left out of it, in both formats', async () => {
    const expected = JSON.parse(readFileSync(fixture('ironflock-export.expected.json'), 'utf8')).continuity;
    for (const file of ['ironflock-export.csv', 'ironflock-export.json']) {
      const store = openTemporaryStore();
      await importInto(store, fixture(file));
      const report = testContinuity(store);
      expect([report.tested, report.consistent]).toEqual([expected.tested, expected.consistent]);
      const key = (one: Record<string, unknown>) =>
        JSON.stringify([one.targetType, one.targetId, one.field, one.expected, one.found]);
      expect(report.breaks.map((one) => key(one)).toSorted()).toEqual(expected.breaks.map(key).toSorted());
    }
  });

  it('names both events of a break', async () => {
    const store = openTemporaryStore();
    const row = (time: string, old: string, next: string) =>
      `2026-01-0${time}T10:00:00Z,a,device,1,n,p,Name,,${old},${next}`;
    await importInto(
      store,
      temporaryFile('e.csv', ironflockCsv([row('1', '', 'a'), row('2', 'a', 'b'), row('3', 'x', 'c')])),
    );
    const { breaks } = testContinuity(store);
    const uids = [...eachEvent(store, query(), 'oldest')].map((event) => event.uid);
    expect(breaks).toMatchObject([
      { earlier: uids[1], later: uids[2], expected: 'b', found: 'x', targetId: '1', field: 'Name' },
    ]);
  });

  it('lists the earliest breaks alone where it is told to, and counts all', async () => {
    const store = openTemporaryStore();
    const row = (key: number, day: number, old: string, next: string) =>
      `2026-01-${String(day).padStart(2, '0')}T10:00:00Z,a,device,${key},n,p,Name,,${old},${next}`;
    // Later tracks break earlier, so that the order of reading is not the order of time.
    const keys = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    const rows = [
      ...keys.map((key) => row(key, 1, '', 'a')),
      ...keys.toReversed().map((key) => row(key, 20 - key, 'x', 'b')),
    ];
    await importInto(store, temporaryFile('e.csv', ironflockCsv(rows)));
    const report = testContinuity(store, 2);
    expect(report.breaks.map((one) => one.targetId)).toEqual(['9', '8']);
    expect(report.breaks).toEqual(testContinuity(store).breaks.slice(0, 2));
    expect(report.sources).toEqual([
      { source: 'IronFlock', tested: 9, consistent: 0, breaks: 9, untestable: 0 },
    ]);
  });

  it('agrees with a plain reading of any log, in either order of its file', async () => {
    const event = fc.record({
      minute: fc.integer({ min: 0, max: 5 }),
      key: fc.constantFrom('1', '2'),
      aspect: fc.constantFrom('Name', 'Image', 'Remote access', 'Privilege changes'),
      old: fc.constantFrom('', 'a', 'b'),
      next: fc.constantFrom('', 'a', 'b'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 14 }), fc.boolean(), async (events, isNewestFirst) => {
        const ordered = events
          .map((one, index) => ({ ...one, index }))
          .sort((a, b) => a.minute - b.minute || a.index - b.index);
        const rows = ordered.map(
          (one) =>
            `2026-01-05T10:0${one.minute}:00Z,a,device,${one.key},n,p,${one.aspect},${one.aspect === 'Privilege changes' ? 'bob' : ''},${one.old},${one.next}`,
        );
        // The order of a file shows only when it has two times.
        const hasOrder = new Set(ordered.map((one) => one.minute)).size > 1;
        const store = openTemporaryStore();
        await importInto(
          store,
          temporaryFile('e.csv', ironflockCsv(isNewestFirst && hasOrder ? rows.toReversed() : rows)),
        );
        const expected = { tested: 0, consistent: 0, untestable: 0 };
        const last = new Map<string, { next: string }>();
        for (const one of ordered) {
          if (
            one.aspect === 'Remote access' ||
            one.aspect === 'Privilege changes' ||
            (one.old === '' && one.next === '')
          )
            continue;
          const before = last.get(one.key + one.aspect);
          if (before && (before.next === '' || one.old === '')) expected.untestable += 1;
          else if (before) {
            expected.tested += 1;
            if (before.next === one.old) expected.consistent += 1;
          }
          last.set(one.key + one.aspect, one);
        }
        const { tested, consistent, untestable, breaks } = testContinuity(store);
        expect({ tested, consistent, untestable }).toEqual(expected);
        expect(breaks.length).toBe(tested - consistent);
        store.close();
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('leaves out what has no field, and rights that have a ledger', async () => {
    const store = openTemporaryStore();
    await importInto(store, fixture('ironflock-export.csv'));
    const fields = new Set(testContinuity(store).breaks.map((one) => one.field));
    expect(fields.has('Privilege changes')).toBe(false);
    const remote = [...eachEvent(store, query({ filter: 'action:"Remote access"' }), 'oldest')] as Event[];
    expect(remote.length).toBeGreaterThan(50);
    expect(remote.every((event) => event.field === null)).toBe(true);
  });
});
