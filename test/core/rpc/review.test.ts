// Calls about changes, access and sessions over the real boundary, on real worker threads.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Input } from '#core/contract.ts';
import { fixture } from '../../support/workspace.ts';
import { connect, makeFolder, startHost } from './connect.ts';

const worker = new URL('../../../core/rpc/worker.ts', import.meta.url);

/** A host with the seeded IronFlock export in it, and CSV files granted by name. */
async function openFixture(tables: Record<string, string> = {}) {
  const host = startHost({ workspace: makeFolder(), worker });
  const { client } = connect(host);
  host.grant('export', { path: fixture('ironflock-export.csv'), kind: 'file' });
  for (const [name, text] of Object.entries(tables)) {
    const path = join(makeFolder(), `${name}.csv`);
    writeFileSync(path, text);
    host.grant(name, { path, kind: 'file' });
  }
  await client.run('imports.run', {
    grants: ['export'],
    source: null,
    preset: null,
    zone: null,
  });
  return client;
}

const page = { first: 0, limit: 500 };
const query = { filter: '', from: null, to: null, zone: 'UTC' };

test('changes of a period are asked for as a summary and by pages, with a baseline that was granted', async () => {
  const client = await openFixture({
    baseline: 'target,field,value,date\n4011,Claimable,held,2026-01-31\n',
  });
  const review = {
    ...query,
    from: '2026-02-01',
    to: '2026-02-28',
    hours: { days: [1, 2, 3, 4, 5], from: 480, to: 1080, zone: null },
    baseline: null,
    tickets: null,
  };
  const summary = await client.query('changes.summary', review);
  expect([summary.tracks, summary.results]).toEqual([234, { changed: 211, reverted: 5, unknown: 18 }]);
  const { balance } = summary;
  expect(balance.inTracks + balance.activity + balance.access + balance.withoutValue + balance.failed).toBe(
    balance.events,
  );
  const unknown = { ...review, ...page, result: 'unknown', exception: null } as const;
  expect((await client.query('changes.tracks', unknown)).total).toBe(18);
  const withBaseline = { ...unknown, baseline: 'baseline' };
  expect((await client.query('changes.tracks', withBaseline)).total).toBe(17);
  const state = await client.query('changes.state', {
    at: '2026-01-31',
    zone: 'UTC',
    filter: 'target:4011 field:Claimable',
    baseline: 'baseline',
    ...page,
  });
  expect(state.rows).toMatchObject([{ value: 'held', certainty: 'baseline', event: null }]);
});

test('access, its reconciliation and sessions are asked for by pages', async () => {
  const client = await openFixture({
    leavers: 'user,date\nuser00@acme.example,2026-02-01\n',
    snapshot: 'user,target,rights\nuser00@acme.example,4007,MAINTAIN\nnobody@acme.example,4007,READ\n',
  });
  const access: Input<'access.intervals'> = {
    scope: { kind: 'at', at: '2026-02-28' },
    zone: 'UTC',
    filter: '',
    hours: null,
    dormantDays: 90,
    privileged: ['owner', '*delete*'],
    leavers: 'leavers',
    flag: null,
    ...page,
  };
  const all = await client.query('access.intervals', access);
  expect(all.total).toBe(279);
  const leavers = await client.query('access.intervals', { ...access, flag: 'leaver' });
  expect(new Set(leavers.rows.map((row) => row.subject))).toEqual(new Set(['user00@acme.example']));
  const result = await client.query('access.reconcile', {
    snapshot: 'snapshot',
    at: '2026-02-28',
    zone: 'UTC',
  });
  expect([result.matched.length, result.inSnapshotOnly.length, result.inLogOnly.length]).toEqual([1, 1, 278]);
  const sessions = await client.query('sessions.list', { ...query, ...page, kind: null, state: null });
  expect(sessions.total).toBe(103);
  expect(await client.query('sessions.failures', { ...query, ...page, by: null })).toEqual({
    total: 0,
    rows: [],
  });
  await expect(client.query('access.intervals', { ...access, leavers: 'never granted' })).rejects.toThrow(
    /Choose it again/,
  );
});

test('a review sees what a later import brought, as soon as that is done', async () => {
  const right = (target: string) =>
    `2026-01-05T10:00:00Z,ann,device,${target},press-${target},p,Privilege changes,bob,,READ\n`;
  const header =
    'timestamp,user,asset_type,asset_key,asset_name,project,aspect,subject,old_value,new_value\n';
  const client = await openFixture({ later: `${header}${right('1')}${right('2')}` });
  const held = {
    scope: { kind: 'ledger' as const },
    zone: 'UTC',
    filter: 'subject:bob',
    hours: null,
    dormantDays: 90,
    privileged: [],
    leavers: null,
    flag: null,
    ...page,
  };
  expect((await client.query('access.intervals', held)).total).toBe(0);
  await client.run('imports.run', { grants: ['later'], source: null, preset: null, zone: null });
  expect((await client.query('access.intervals', held)).total).toBe(2);
});
