import { describe, expect, it } from 'vitest';
import { readLeavers } from '#core/access/leavers.ts';
import { testLeavers } from '#core/access/leavers-test.ts';
import { readReconciled, readSnapshot, reconcile } from '#core/access/reconcile.ts';
import type { ReconciledPart } from '#core/review-model.ts';
import { exhibit } from '../../support/command-line.ts';
import {
  importInto,
  ironflockCsv,
  openTemporaryStore,
  temporaryFile,
  temporaryFolder,
} from '../../support/workspace.ts';

const rights = (time: string, target: string, subject: string, old: string, next: string) =>
  `${time},ann,device,${target},press-${target},p,Privilege changes,${subject},${old},${next}`;
const log = [
  rights('2026-01-05T10:00:00Z', '1', 'bob', '', 'READ'),
  rights('2026-02-03T10:00:00Z', '1', 'bob', 'READ', '[]'),
  rights('2026-01-05T10:00:00Z', '2', 'bob', '', 'READ'),
  rights('2026-02-20T10:00:00Z', '2', 'bob', 'READ', '[]'),
  rights('2026-01-05T10:00:00Z', '3', 'bob', '', 'READ'),
  rights('2026-01-05T10:00:00Z', '4', 'bob', '', 'READ'),
  rights('2026-01-06T10:00:00Z', '4', 'bob', 'READ', '[]'),
  rights('2026-02-05T10:00:00Z', '5', 'bob', '', 'READ'),
  rights('2026-01-05T10:00:00Z', '1', 'cid', '', 'READ'),
];
const list = () => temporaryFile('l.csv', 'user,date\nBob,2026-01-31\ncid,2026-03-20\nzoe,2026-01-31\n');
const page = { first: 0, limit: 100 };

async function openLog(folder = temporaryFolder()) {
  const store = openTemporaryStore(folder);
  await importInto(store, temporaryFile('e.csv', ironflockCsv(log)));
  return store;
}

describe('the test of leavers', () => {
  it('says of each right whether it was gone in time, late, is held, or was given afterwards', async () => {
    const store = await openLog();
    const leavers = readLeavers(list(), 'UTC');
    const test = (at: string, slaDays: number) =>
      testLeavers(store, { leavers, at, zone: 'UTC', slaDays }, null, page);
    const march = test('2026-03-10', 7);
    expect(march.rows.map(({ targetId, state }) => [targetId, state])).toEqual([
      ['5', 'given-after'],
      ['3', 'held'],
      ['2', 'late'],
      ['1', 'in-time'],
    ]);
    expect(march).toMatchObject({ leavers: 2, later: 1, unknown: ['zoe'], total: 4 });
    expect(march.counts).toEqual({ 'given-after': 1, held: 1, late: 1, due: 0, 'in-time': 1 });
    expect(test('2026-03-10', 30).counts).toMatchObject({ late: 0, 'in-time': 2, held: 1 });
    expect(test('2026-02-04', 7).rows.map(({ targetId, state }) => [targetId, state])).toEqual([
      ['2', 'due'],
      ['3', 'due'],
      ['1', 'in-time'],
    ]);
    expect(test('2026-03-25', 7).rows.filter(({ subject }) => subject === 'cid')).toMatchObject([
      { state: 'due' },
    ]);
    const held = testLeavers(store, { leavers, at: '2026-03-10', zone: 'UTC', slaDays: 7 }, 'held', page);
    expect([held.total, held.rows[0]?.reason]).toEqual([
      1,
      expect.stringContaining('2026-02-07 23:59:59.999'),
    ]);
  });

  it('fails on the command line where a right outlived its time', async () => {
    const folder = temporaryFolder();
    await openLog(folder);
    expect(exhibit(['leavers', list(), '-w', folder, '--at', '2026-03-10']).exit).toBe(1);
    const nobody = temporaryFile('n.csv', 'user,date\nzoe,2026-01-31\n');
    expect(exhibit(['leavers', nobody, '-w', folder, '--at', '2026-03-10']).exit).toBe(0);
  });
});

describe('a reconciliation by pages', () => {
  it('says what the whole one says, part by part', async () => {
    const store = await openLog();
    const path = temporaryFile(
      's.csv',
      'user,target,right\nbob,press-3,READ\ncid,press-1,READ\neve,press-1,admin\n',
    );
    const asked = { at: '2026-03-10', zone: 'UTC' };
    const whole = reconcile(store, readSnapshot(path), asked);
    const read = (part: ReconciledPart | null, first = 0, limit = 100) =>
      readReconciled(store, path, () => readSnapshot(path), asked, { part, first, limit });
    expect(read(null).counts).toEqual({ 'snapshot-only': 1, 'log-only': 1, matched: 2 });
    expect(read(null).rows.map(({ part }) => part)).toEqual([
      'snapshot-only',
      'log-only',
      'matched',
      'matched',
    ]);
    expect(read('log-only').rows.map(({ interval }) => interval)).toEqual(whole.inLogOnly);
    expect(read('matched', 1, 1).rows).toEqual([{ part: 'matched', ...whole.matched[1] }]);
  });
});
