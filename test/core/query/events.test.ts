import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Columns } from '#core/browse/columns.ts';
import { ownColumns } from '#core/browse/columns-access.ts';
import { readTotal, readWindow } from '#core/browse/windows.ts';
import { importFile } from '#core/ingest/import-file.ts';
import type { Event, EventQuery } from '#core/model.ts';
import { groupings } from '#core/model.ts';
import { compileQuery } from '#core/query/compile.ts';
import { countEvents, eachEvent, groupEvents, readPage } from '#core/query/events.ts';
import { type FilterTerm, printFilter } from '#core/query/filter.ts';
import { openStore, type Store } from '#core/store/open.ts';
import { parseBoundary } from '#core/time.ts';
import { fixture, query } from '../../support/workspace.ts';

let folder: string;
let store: Store;
let all: Event[];
let columns: Columns;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'exhibit-test-'));
  store = openStore(folder, { mode: 'write' });
  const options = {
    source: null,
    preset: null,
    zone: null,
    signal: new AbortController().signal,
    progress: () => {},
  };
  for (const file of ['ironflock-export.csv', 'flowtriq-export.ndjson'])
    await importFile(store, fixture(file), options);
  columns = await ownColumns().soon(store, options);
  all = [...eachEvent(store, query(), 'oldest')];
});
afterAll(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What a filter means, the slow way: over all events in memory, one by one, without SQL. */
function slowFilter(terms: readonly FilterTerm[], { from, to, zone }: EventQuery): Event[] {
  const same = (value: string | null, term: FilterTerm) => {
    if (term.value === '') return value === null;
    if (value === null) return false;
    const pattern = term.value
      .split(term.quoted ? /(?!)/ : '*')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('[^]*');
    return new RegExp(`^${pattern}$`, 'i').test(value);
  };
  const texts = (value: unknown): string[] =>
    value !== null && typeof value === 'object'
      ? Object.entries(value).flatMap(([key, member]) => [key, ...texts(member)])
      : [String(value)];
  const matches = (event: Event, term: FilterTerm): boolean => {
    const time = Date.parse(event.time);
    switch (term.key) {
      case null:
        return texts(event.raw).some((text) => text.toLowerCase().includes(term.value.toLowerCase()));
      case 'before':
        return time < parseBoundary(term.value, zone, 'from');
      case 'after':
        return time >= parseBoundary(term.value, zone, 'from');
      case 'category':
        return event.category === term.value || event.category.startsWith(`${term.value}.`);
      case 'target':
        return term.value === ''
          ? event.targetName === null && event.targetId === null
          : same(event.targetId, term) || same(event.targetName, term);
      case 'type':
        return same(event.targetType, term);
      case 'outcome':
        return event.outcome === term.value;
      case 'person':
      case 'tag':
      case 'note':
        throw new Error('What people add beside the log has tests of its own.');
      default:
        return same(event[term.key], term);
    }
  };
  return all.filter((event) => {
    const time = Date.parse(event.time);
    if (from !== null && time < parseBoundary(from, zone, 'from')) return false;
    if (to !== null && time >= parseBoundary(to, zone, 'to')) return false;
    const keys = new Set(terms.map((term) => term.key));
    return [...keys].every((key) => {
      const group = terms.filter((term) => term.key === key);
      const narrows = key === null || key === 'before' || key === 'after';
      return narrows
        ? group.every((term) => matches(event, term))
        : group.some((term) => matches(event, term));
    });
  });
}

const term: fc.Arbitrary<FilterTerm> = fc
  .oneof(
    fc.tuple(
      fc.constant('actor' as const),
      fc.constantFrom('system', 'SYSTEM', 'user0*', '*@noc.example', 'p01@noc.example', 'nobody', ''),
    ),
    fc.tuple(
      fc.constant('action' as const),
      fc.constantFrom('Name', 'node.*', 'Privilege changes', 'pcap.download'),
    ),
    fc.tuple(
      fc.constant('category' as const),
      fc.constantFrom('access', 'incident', 'auth', 'auth.failure', 'other'),
    ),
    fc.tuple(fc.constant('target' as const), fc.constantFrom('4007', 'press-01*', 'nyc-edge-05', '101', '')),
    fc.tuple(fc.constant('type' as const), fc.constantFrom('device', 'node', 'app')),
    fc.tuple(fc.constant('source' as const), fc.constantFrom('ironflock', 'Flow*', 'none')),
    fc.tuple(fc.constant('field' as const), fc.constantFrom('Name', '')),
    fc.tuple(fc.constant('subject' as const), fc.constantFrom('user01@acme.example', '')),
    fc.tuple(fc.constant('ip' as const), fc.constantFrom('10.0.1.*', '')),
    fc.tuple(fc.constant('outcome' as const), fc.constantFrom('failure', 'unknown')),
    fc.tuple(
      fc.constantFrom('before' as const, 'after' as const),
      fc.constantFrom('2026-02-10', '2026-03-29T01:30:00Z'),
    ),
    fc.tuple(
      fc.constant(null),
      fc.constantFrom(
        'plant-1',
        'NETWORK',
        'seeded 4',
        '<script>',
        '日',
        '"READ"',
        'comma',
        'é',
        '50%',
        'a_b',
      ),
    ),
  )
  .chain(([key, value]) =>
    fc.boolean().map((quoted) => ({ key, value, quoted: quoted || value === '' || /["\s]/.test(value) })),
  );

const anyQuery = fc.record({
  terms: fc.array(term, { maxLength: 3 }),
  from: fc.constantFrom(null, '2026-01-15', '2026-03-29'),
  to: fc.constantFrom(null, '2026-03-29', '2026-03-31T12:00:00Z'),
  zone: fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kathmandu'),
});

describe('a query', () => {
  it('means the same to the stream, the count, the pages, the windows and the groups as to a plain reading of all events', () => {
    fc.assert(
      fc.property(
        anyQuery,
        fc.constantFrom(...groupings),
        fc.integer({ min: 1, max: 700 }),
        ({ terms, from, to, zone }, by, size) => {
          const asked: EventQuery = { filter: printFilter(terms), from, to, zone };
          const expected = slowFilter(terms, asked).map((event) => event.uid);
          expect([...eachEvent(store, asked, 'oldest')].map((event) => event.uid)).toEqual(expected);
          expect(countEvents(store, asked)).toBe(expected.length);
          expect(readTotal(store, columns, asked)).toBe(expected.length);
          expect(groupEvents(store, asked, by).total).toBe(expected.length);

          const newest = expected.toReversed();
          const first = Math.floor(expected.length / 2);
          expect(readWindow(store, columns, asked, { first, limit: 50 })?.map((event) => event.uid)).toEqual(
            newest.slice(first, first + 50),
          );
          expect(readWindow(store, null, asked, { first: 0, limit: 50 })?.map((event) => event.uid)).toEqual(
            newest.slice(0, 50),
          );
          const sort = { by: 'time', direction: 'asc' } as const;
          expect(
            readWindow(store, columns, asked, { first, limit: 50, sort })?.map((event) => event.uid),
          ).toEqual(expected.slice(first, first + 50));
          const paged: string[] = [];
          let after: string | null = null;
          do {
            const page: { events: Event[]; next: string | null } = readPage(store, asked, {
              limit: size,
              after,
            });
            paged.push(...page.events.map((event) => event.uid));
            after = page.next;
          } while (after !== null);
          expect(paged).toEqual(newest);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('counts groups as a plain count does', () => {
    const plain = (key: (event: Event) => string) => {
      const counts: Record<string, number> = {};
      for (const event of all) counts[key(event)] = (counts[key(event)] ?? 0) + 1;
      return counts;
    };
    const grouped = (by: (typeof groupings)[number], zone = 'UTC') =>
      Object.fromEntries(
        groupEvents(store, query({ zone }), by).groups.map((group) => [group.key, group.count]),
      );
    expect(grouped('actor')).toEqual(plain((event) => event.actor ?? ''));
    expect(grouped('action')).toEqual(plain((event) => event.action));
    expect(grouped('category')).toEqual(plain((event) => event.category));
    expect(grouped('source')).toEqual(plain((event) => event.source));
    expect(grouped('target')).toEqual(plain((event) => event.targetId ?? event.targetName ?? ''));
    expect(grouped('day')).toEqual(plain((event) => event.time.slice(0, 10)));
    expect(grouped('hour', 'Asia/Kathmandu')).toEqual(
      plain(
        (event) =>
          `${new Date(Date.parse(event.time) + 20_700_000).toISOString().slice(0, 13).replace('T', ' ')}:00`,
      ),
    );
  });

  it('says in words what it is', () => {
    const { words } = compileQuery(
      store,
      query({ filter: 'actor:a actor:b category:access "x y" after:2026-01-01 ip:""' }),
    );
    expect(words).toBe(
      'events where actor is “a” or “b”, and category is “access”, and the record holds “x y”, and time is 2026-01-01 00:00:00.000 UTC or later, and ip is not given',
    );
  });

  it('refuses what would silently find nothing', () => {
    expect(() => countEvents(store, query({ filter: 'category:acess' }))).toThrow(
      '“acess” is not a category',
    );
    expect(() => countEvents(store, query({ filter: 'outcome:ok' }))).toThrow('“ok” is not an outcome');
    for (const wrong of ['category:acess', 'outcome:ok', 'before:"1 May"']) {
      expect(() => countEvents(store, query({ filter: `actor:a ${wrong} x` }))).toThrow(
        expect.objectContaining({ place: { at: 8, length: wrong.length } }),
      );
    }
    expect(() => countEvents(store, query({ from: '2026-03-01', to: '2026-02-01' }))).toThrow(
      'ends (2026-02-01) before it begins',
    );
    expect(() => readPage(store, query(), { limit: 1, after: 'x' })).toThrow('is not a cursor');
  });
});
