import { describe, expect, it } from 'vitest';
import { filterOfAbout, parseAbout } from '#core/about.ts';
import type { Event } from '#core/model.ts';
import { countEvents, eachEvent } from '#core/query/events.ts';
import { readFailures } from '#core/sessions/answers.ts';
import { exhibit, exhibitJson } from '../support/command-line.ts';
import { fixture, importInto, openTemporaryStore, query, temporaryFile } from '../support/workspace.ts';

type Shown = {
  all: number;
  events: number;
  first: { time: string; event: string } | null;
  last: { time: string; event: string } | null;
  facets: { key: string; values: { value: string | null; count: number }[] }[];
  timeline: { buckets: { count: number }[] };
  changes: { total: number; rows: { actors: string[]; targetId: string | null }[] };
  rights: { total: number; rows: { subject: string; targetId: string | null }[] } | null;
  sessions: { total: number; rows: { actor: string | null }[] };
};

async function openBoth() {
  const store = openTemporaryStore();
  await importInto(store, fixture('ironflock-export.csv'));
  await importInto(store, fixture('flowtriq-export.csv'));
  const show = (...args: string[]) => exhibitJson<Shown>('show', ...args, '-w', store.folder);
  return { store, show, all: [...eachEvent(store, query(), 'oldest')] };
}

function expectFigures(shown: Shown, own: Event[]): void {
  expect(shown.all).toBe(own.length);
  expect(shown.first).toEqual({ time: own[0]?.time, event: own[0]?.uid });
  expect(shown.last).toEqual({ time: own.at(-1)?.time, event: own.at(-1)?.uid });
}

describe('everything about one', () => {
  it('actor: what they did, changed, hold and when they were there', async () => {
    const { show, all } = await openBoth();
    const name = 'user05@acme.example';
    const own = all.filter(({ actor }) => actor === name);
    const shown = show('actor', name, '--from', '2026-02-01', '--to', '2026-02-28');
    expectFigures(shown, own);
    const inFebruary = own.filter(({ time }) => time.startsWith('2026-02'));
    expect(shown.events).toBe(inFebruary.length);
    expect(shown.timeline.buckets.reduce((sum, { count }) => sum + count, 0)).toBe(inFebruary.length);
    const categories = shown.facets.find(({ key }) => key === 'category')?.values ?? [];
    expect(categories.reduce((sum, { count }) => sum + count, 0)).toBe(inFebruary.length);
    expect(shown.changes.rows.every(({ actors }) => actors.includes(name))).toBe(true);
    expect(shown.changes.total).toBeGreaterThan(0);
    expect(shown.rights?.rows.every(({ subject }) => subject === name)).toBe(true);
    expect(shown.sessions.rows.every(({ actor }) => actor === name)).toBe(true);
  });

  it('target: what happened to it, and who holds rights on it', async () => {
    const { show, all } = await openBoth();
    const shown = show('target', '4019', '--type', 'device', '--source', 'IronFlock');
    expectFigures(
      shown,
      all.filter(({ targetId, targetType }) => targetId === '4019' && targetType === 'device'),
    );
    expect(shown.events).toBe(shown.all);
    expect(shown.changes.rows.every(({ targetId }) => targetId === '4019')).toBe(true);
    expect(shown.rights?.rows.every(({ targetId }) => targetId === '4019')).toBe(true);
    expect(shown.rights?.total).toBeGreaterThan(0);
  });

  it('address: who came from it, without rights', async () => {
    const { show, all } = await openBoth();
    const ip = all.find((event) => event.ip !== null)?.ip as string;
    const shown = show('ip', ip);
    const own = all.filter((event) => event.ip === ip);
    expectFigures(shown, own);
    const actors = shown.facets.find(({ key }) => key === 'actor')?.values ?? [];
    expect(actors[0]?.count).toBe(own.filter(({ actor }) => actor === actors[0]?.value).length);
    expect(shown.rights).toBeNull();
  });

  it('says of what was never seen that it was not, and what it cannot show', async () => {
    const { show, store } = await openBoth();
    expect(show('actor', 'nobody')).toMatchObject({ all: 0, first: null, last: null });
    expect(exhibit(['show', 'planet', 'x', '-w', store.folder]).exit).toBe(2);
    expect(exhibit(['show', 'actor', 'x', '--type', 'y', '-w', store.folder]).exit).toBe(2);
  });
});

describe('the name of a page', () => {
  it.each([
    { kind: 'actor', name: 'alice@acme', source: null, type: null },
    { kind: 'actor', name: 'a "b" * c', source: null, type: null },
    { kind: 'target', name: '4019', source: 'Iron Flock', type: 'device' },
    { kind: 'target', name: 'press', source: null, type: null },
    { kind: 'ip', name: '2001:db8::1', source: null, type: null },
  ] as const)('is the filter of its events: $kind $name', (about) => {
    expect(parseAbout(filterOfAbout(about))).toEqual(about);
  });
  it('is no other filter', () => {
    for (const text of [
      '',
      'alice',
      'actor:a actor:b',
      'actor:a ip:b',
      'actor:a type:b',
      'category:access',
      '"x',
    ])
      expect(parseAbout(text)).toBeNull();
  });
});

it('a group of failures is found again by its filter', async () => {
  const store = openTemporaryStore();
  await importInto(store, fixture('flowtriq-export.csv'));
  await importInto(
    store,
    temporaryFile(
      'trail.csv',
      [
        'Timestamp (UTC),Event,Actor,Node / Resource,IP',
        '2026-01-05 08:00:00,Login Failed,,,',
        '2026-01-05 08:01:00,User Login,ann,,10.9.9.9',
        '2026-01-05 08:02:00,Invalid API Key,ann,,10.9.9.9',
      ].join('\n'),
    ),
  );
  const { rows } = readFailures(store, query(), { first: 0, limit: 1000, by: null });
  expect(rows.length).toBeGreaterThan(3);
  for (const { filter, count } of rows) expect(countEvents(store, query({ filter }))).toBe(count);
});
