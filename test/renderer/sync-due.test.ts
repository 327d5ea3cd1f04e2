// When sources are synced by themselves, also where the computer's clock was set meanwhile, and what is said of it.
import { expect, it } from 'vitest';
import type { ConnectionSummary } from '#core/sync-calls.ts';
import { emptyReport, type SyncReport } from '#core/sync-model.ts';
import { dueNow, isDue, newsOf } from '../../renderer/sources/sync-due.ts';

const noon = Date.UTC(2026, 10, 22, 12);
const hour = 3_600_000;
const hoursAgo = (hours: number) => noon - hours * hour;
const now = { day: noon, running: 100 * hour };

const connection = (name: string, last: number | null, kind: ConnectionSummary['kind'] = 'api') => ({
  name,
  source: name,
  kind,
  address: '',
  secret: null,
  assumed: [],
  lastSync: last === null ? null : new Date(last).toISOString(),
  settledUntil: null,
});

it('a source is due once its hours have gone by, and when it was never synced', () => {
  expect(isDue(null, 6, noon)).toBe(true);
  expect(isDue('2026-11-22T06:00:00.000Z', 6, noon)).toBe(true);
  expect(isDue('2026-11-22T06:00:01.000Z', 6, noon)).toBe(false);
});

it('a last sync that lies ahead does not keep a source waiting until then', () => {
  expect(isDue('2027-01-01T00:00:00.000Z', 6, noon)).toBe(true);
});

it('each connection is due by itself: when it was neither synced nor tried for so long', () => {
  const connections = [
    connection('never', null),
    connection('old', hoursAgo(7)),
    connection('young', hoursAgo(5)),
    connection('failing', hoursAgo(30)),
    connection('failed long ago', hoursAgo(30)),
  ];
  const tried = new Map([
    ['failing', now.running - 2 * hour],
    ['failed long ago', now.running - 6 * hour],
  ]);
  const all = { isForbidden: false, connections };
  expect(dueNow(all, 6, tried, now)).toEqual(['never', 'old', 'failed long ago']);
  expect(dueNow(all, 0, tried, now)).toEqual([]);
});

it('where the network is forbidden, watched folders alone are due', () => {
  const connections = [
    connection('api', null),
    connection('b', null, 'bucket'),
    connection('f', null, 'folder'),
  ];
  expect(dueNow({ isForbidden: true, connections }, 1, new Map(), now)).toEqual(['f']);
});

const report = (name: string, more: Partial<SyncReport>): SyncReport => ({
  ...emptyReport({ connection: name, source: name, kind: 'api' }, null),
  ...more,
});
const error = { code: 'environment', message: 'It cannot be reached.' } as const;

it('a failure is said once, until the source was synced again; what came in is said when nothing newly fails', () => {
  const first = newsOf([report('A', { error }), report('B', { imported: 2 })], new Set());
  expect(first.say).toEqual({ title: 'A was not synced', body: 'It cannot be reached.' });
  const second = newsOf([report('A', { error })], first.failing);
  expect(second.say).toBeNull();
  const third = newsOf([report('A', { imported: 1 })], second.failing);
  expect(third.say).toEqual({ title: 'Sources synced', body: '1 new event.' });
  expect(newsOf([report('A', { error })], third.failing).say?.title).toBe('A was not synced');
  expect(newsOf([report('A', {})], new Set()).say).toBeNull();
  expect(newsOf([report('A', { error: { code: 'cancelled', message: '' } })], new Set())).toEqual({
    say: null,
    failing: new Set(),
  });
  const two = newsOf([report('A', { error }), report('B', { error })], new Set());
  expect(two.say?.body).toBe('It cannot be reached. Not synced either: B.');
});
