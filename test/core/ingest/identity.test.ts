// Which records are the same: within a file, between files and formats, between sources.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countEvents, eachEvent, groupEvents } from '#core/query/events.ts';
import { importInto, openTemporaryStore, query, temporaryFile } from '../../support/workspace.ts';
import { csvFile, row } from './ironflock-rows.ts';

describe('identity', () => {
  it('keeps identical records of one file, as often as they stand there', async () => {
    const store = openTemporaryStore();
    const report = await importInto(store, csvFile(row({}), row({}), row({})));
    expect([report.imported, report.duplicates]).toEqual([3, 0]);
    const uids = [...eachEvent(store, query(), 'oldest')].map((event) => event.uid);
    expect(uids).toEqual([uids[0], `${uids[0]}-2`, `${uids[0]}-3`]);
  });

  it('stores as many as the file that has most of them, in any order of the files', async () => {
    const once = csvFile(row({}), row({ key: '1' }));
    const thrice = csvFile(row({}), row({}), row({}));
    for (const files of [
      [once, thrice],
      [thrice, once],
      [once, once, thrice, thrice],
    ]) {
      const store = openTemporaryStore();
      for (const file of files) await importInto(store, file);
      expect(groupEvents(store, query(), 'target').groups.map(({ key, count }) => [key, count])).toEqual([
        ['4007', 3],
        ['1', 1],
      ]);
    }
  });

  it('stores each record as often as the file that has most of it, whatever the files', async () => {
    const file = fc.array(fc.constantFrom('1', '2', '3'), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 4 }), async (files) => {
        const store = openTemporaryStore();
        for (const keys of files) {
          const report = await importInto(store, csvFile(...keys.map((key) => row({ key }))));
          expect(report.read).toBe(keys.length);
          expect(report.imported + report.duplicates).toBe(keys.length);
        }
        const most = (key: string) =>
          Math.max(...files.map((keys) => keys.filter((one) => one === key).length));
        const counts = new Map(
          groupEvents(store, query(), 'target').groups.map((group) => [group.key, group.count]),
        );
        for (const key of ['1', '2', '3']) expect(counts.get(key) ?? 0).toBe(most(key));
        const uids = [...eachEvent(store, query(), 'oldest')].map((event) => event.uid);
        expect(new Set(uids).size).toBe(uids.length);
        store.close();
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('finds all of a record that a file repeats thousands of times', async () => {
    const store = openTemporaryStore();
    const file = csvFile(...Array.from({ length: 20_000 }, () => row({})));
    expect((await importInto(store, file)).imported).toBe(20_000);
    const again = await importInto(store, file);
    expect([again.imported, again.duplicates]).toEqual([0, 20_000]);
  });

  it('tells two sources apart', async () => {
    const store = openTemporaryStore();
    const file = csvFile(row({}));
    await importInto(store, file, { source: 'north' });
    const second = await importInto(store, file, { source: 'south' });
    expect(second.imported).toBe(1);
  });

  it('takes a record with a known id and the same meaning for a duplicate, with another meaning for a conflict', async () => {
    const store = openTemporaryStore();
    const record = {
      id: 'e1',
      timestamp: '2026-01-05T10:00:00Z',
      event: 'node.add',
      actor: 'a@b',
      node: 'n1',
      resource: null,
      ip: null,
      context: {},
    };
    const file = (value: object) => temporaryFile('e.ndjson', `${JSON.stringify(value)}\n`);
    await importInto(store, file(record));
    const same = await importInto(
      store,
      file({ ...record, event: 'Node Added', context: { note: 'exported again' } }),
    );
    expect([same.imported, same.duplicates, same.conflicts]).toEqual([0, 1, 0]);
    const other = await importInto(store, file({ ...record, actor: 'mallory@b' }));
    expect([other.imported, other.duplicates, other.conflicts]).toEqual([1, 0, 1]);
    expect(other.warnings.map((warning) => warning.code)).toContain('conflicts');
    expect(countEvents(store, query())).toBe(2);
  });
});
