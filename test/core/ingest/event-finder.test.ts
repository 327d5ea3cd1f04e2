// Both ways to find events by their keys, held to a plain map, with so few keys in memory that most are not.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type EventFinder,
  type FinderOptions,
  findInIndex,
  findWithoutIndex,
} from '#core/ingest/event-finder.ts';
import { createKeyFilter } from '#core/ingest/key-filter.ts';
import { openTemporaryStore } from '../../support/workspace.ts';

type Db = ReturnType<typeof openTemporaryStore>['db'];
type Open = (db: Db, options: FinderOptions) => EventFinder;

/** Few distinct keys, so that many come twice, neighbours that differ in their last bits only, and events without one. */
const key = fc.option(
  fc.oneof(
    fc.integer({ min: 0, max: 2 ** 52 - 1 }),
    fc.integer({ min: 0, max: 100 }),
    fc.integer({ min: 2 ** 52 - 100, max: 2 ** 52 - 1 }),
  ),
);

const ways: [string, Open][] = [
  ['in the index of the log', (db, options) => findInIndex(db, 'vendor_key', options)],
  [
    'in memory and in indexes of parts',
    (db, options) => {
      db.exec('DROP INDEX event_vendor');
      return findWithoutIndex(db, 'vendor_key', { ...options, expected: 20 });
    },
  ],
];

/** Rows reach the log some at a time, as an import writes them. */
function openRows(db: Db) {
  const insert = db.prepare(
    `INSERT INTO stored_event (id, import_id, source_id, row, part, occurrence, version, uid_key, uid_tail, vendor_key, time, kind_id)
     VALUES (?, 1, 1, 1, 0, 1, 1, 0, 0, ?, 0, 1)`,
  );
  let waiting: [number, number | null][] = [];
  const flush = () => {
    for (const row of waiting) insert.run(...row);
    waiting = [];
  };
  return {
    flush,
    add(id: number, one: number | null) {
      waiting.push([id, one]);
      if (waiting.length === 7) flush();
    },
  };
}

const compared = (one: number) => Math.floor(one / 4096);

describe.each(ways)('events are found %s', (_, open) => {
  it('each under its key, in their order, whether the log held them or they came since', () => {
    fc.assert(
      fc.property(
        fc.array(key, { maxLength: 300 }),
        fc.array(key, { maxLength: 300 }),
        fc.integer({ min: 1, max: 60 }),
        (held, fresh, most) => {
          const { db } = openTemporaryStore();
          db.exec('BEGIN');
          const rows = openRows(db);
          for (const [at, one] of held.entries()) rows.add(at + 1, one);
          rows.flush();
          const finder = open(db, { flush: rows.flush, most });
          const all = [...held, ...fresh];
          for (const [at, one] of fresh.entries()) {
            const id = held.length + at + 1;
            if (one !== null) {
              const found = finder.find(one);
              const before = all
                .slice(0, id - 1)
                .flatMap((other, place) => (other === one ? [place + 1] : []));
              expect(found.filter((other) => all[other - 1] === one)).toEqual(before);
              expect(found.every((other) => compared(all[other - 1] as number) === compared(one))).toBe(true);
              rows.add(id, one);
              finder.add(one, id);
            } else rows.add(id, one);
          }
          finder.close();
          const indexes = db.prepare("SELECT name FROM sqlite_schema WHERE name LIKE '%_part_%'").all();
          expect(indexes).toEqual([]);
          db.exec('ROLLBACK');
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('the filter of keys', () => {
  it('has every key that was added, and few others', () => {
    const spread = (at: number) => (at * 0x9e3779b97) % 2 ** 40;
    const filter = createKeyFilter(50_000);
    for (let at = 0; at < 50_000; at++) filter.add(spread(at));
    let others = 0;
    for (let at = 0; at < 50_000; at++) {
      expect(filter.mayHave(spread(at))).toBe(true);
      if (filter.mayHave(spread(at + 50_000))) others += 1;
    }
    expect(others).toBeLessThan(1000);
  });
});
