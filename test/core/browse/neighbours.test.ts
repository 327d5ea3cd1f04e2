import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Columns } from '#core/browse/columns.ts';
import { growColumns } from '#core/browse/grow-columns.ts';
import { readNeighbours } from '#core/browse/neighbours.ts';
import { readTotal } from '#core/browse/windows.ts';
import { type NeighbourKey, neighbourKeys } from '#core/event-model.ts';
import { eachEvent } from '#core/query/events.ts';
import type { Store } from '#core/store/open.ts';
import { exhibitJson } from '../../support/command-line.ts';
import {
  fixture,
  importInto,
  ironflockCsv,
  openTemporaryStore,
  query,
  temporaryFile,
} from '../../support/workspace.ts';

function columnsOf(store: Store): Columns {
  const growth = growColumns(store, null);
  for (;;) {
    const step = growth.next();
    if (step.done) return step.value;
  }
}

describe('what happened around an event', () => {
  it('is everything on its target, by its actor and from its address, in order of time', async () => {
    const store = openTemporaryStore();
    await importInto(store, fixture('ironflock-export.csv'));
    await importInto(store, fixture('flowtriq-export.ndjson'));
    const columns = columnsOf(store);
    const all = [...eachEvent(store, query(), 'oldest')];
    const targetKey = (event: (typeof all)[number]) =>
      JSON.stringify([event.source, event.targetType, event.targetId ?? event.targetName]);
    const shares = (a: (typeof all)[number], b: (typeof all)[number], key: NeighbourKey): boolean => {
      if (key !== 'target') return a[key] !== null && a[key]?.toLowerCase() === b[key]?.toLowerCase();
      return (a.targetId ?? a.targetName) !== null && targetKey(a) === targetKey(b);
    };
    fc.assert(
      fc.property(
        fc.nat(all.length - 1),
        fc.subarray([...neighbourKeys], { minLength: 1 }),
        fc.constantFrom(15, 60, 1440, 10_080),
        (place, same, minutes) => {
          const event = all[place] as (typeof all)[number];
          const around = readNeighbours(store, columns, { uid: event.uid, same, minutes, limit: 200 });
          const time = Date.parse(event.time);
          const expected = all.filter(
            (one) =>
              one.uid === event.uid ||
              (Date.parse(one.time) >= time - minutes * 60_000 &&
                Date.parse(one.time) < time + minutes * 60_000 &&
                same.some((key) => shares(event, one, key))),
          );
          expect(around.rows.map(({ uid }) => uid)).toEqual(expected.map(({ uid }) => uid));
          for (const row of around.rows) {
            const one = expected.find(({ uid }) => uid === row.uid) as (typeof all)[number];
            expect([...row.same].sort()).toEqual(same.filter((key) => shares(event, one, key)).sort());
          }
          for (const { filter, events } of around.shared) {
            expect(readTotal(store, columns, query({ filter }))).toBe(events);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('lists the nearest ones and says how many more there are', async () => {
    const store = openTemporaryStore();
    const rows = Array.from({ length: 3000 }, (_, at) => {
      const time = new Date(Date.UTC(2026, 0, 1) + at * 1000).toISOString();
      return `${time},ann,device,1,one,p,Name,,a,b${at}`;
    });
    await importInto(store, temporaryFile('busy.csv', ironflockCsv(rows)));
    const uids = [...eachEvent(store, query(), 'oldest')].map(({ uid }) => uid);
    const around = readNeighbours(store, columnsOf(store), {
      uid: uids[2000] as string,
      same: ['actor'],
      minutes: 60,
      limit: 10,
    });
    expect(around.rows.map(({ uid }) => uid)).toEqual(uids.slice(1990, 2011));
    expect(around).toMatchObject({ earlier: 1990, later: 989, shared: [{ key: 'actor', events: 3000 }] });
  });

  it('is a command, too', async () => {
    const store = openTemporaryStore();
    const rows = ['ann', 'bob', 'ann'].map(
      (who, at) => `2026-01-01T00:0${at}:00Z,${who},device,1,one,p,Name,,a,${at}`,
    );
    await importInto(store, temporaryFile('few.csv', ironflockCsv(rows)));
    const [first, , last] = [...eachEvent(store, query(), 'oldest')].map(({ uid }) => uid);
    const around = exhibitJson<{ rows: { uid: string }[] }>(
      'around',
      `${last}`,
      '-w',
      store.folder,
      '--same',
      'actor',
    );
    expect(around.rows.map(({ uid }) => uid)).toEqual([first, last]);
  });
});
