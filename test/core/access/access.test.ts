import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type AccessRequest, readAccess } from '#core/access/answers.ts';
import { readLeavers } from '#core/access/leavers.ts';
import { readSnapshot, reconcile } from '#core/access/reconcile.ts';
import { usualPrivileged } from '#core/review-model.ts';
import { parseWorkingHours } from '#core/working-hours.ts';
import {
  fixture,
  importInto,
  ironflockCsv,
  openTemporaryStore,
  temporaryFile,
} from '../../support/workspace.ts';

const everything = { first: 0, limit: 10_000, flag: null };
const ask = (parts: Partial<AccessRequest> = {}): AccessRequest => ({
  scope: { kind: 'ledger' },
  zone: 'UTC',
  filter: '',
  leavers: new Map(),
  hours: null,
  dormantDays: 90,
  privileged: usualPrivileged,
  ...parts,
});
const rights = (time: string, by: string, subject: string, old: string, next: string) =>
  `${time},${by},device,1,press-1,p,Privilege changes,${subject},"${old.replaceAll('"', '""')}","${next.replaceAll('"', '""')}"`;

async function openLog(rows: readonly string[]) {
  const store = openTemporaryStore();
  await importInto(store, temporaryFile('e.csv', ironflockCsv(rows)));
  return store;
}

describe('access', () => {
  it('is in the seeded export what its rules give, in both formats', async () => {
    const expected = JSON.parse(readFileSync(fixture('ironflock-export.expected.json'), 'utf8'))[
      'access --at 2026-02-28'
    ] as string[][];
    for (const file of ['ironflock-export.csv', 'ironflock-export.json']) {
      const store = openTemporaryStore();
      await importInto(store, fixture(file));
      const { rows } = readAccess(store, ask({ scope: { kind: 'at', at: '2026-02-28' } }), everything);
      expect(rows.map((row) => [row.subject, row.targetType, row.targetId, row.right]).toSorted()).toEqual(
        expected.toSorted(),
      );
    }
  });

  it('names grantor, grant, revoker and revocation of each right', async () => {
    const store = await openLog([
      rights('2026-01-05T10:00:00Z', 'ann', 'bob', '[]', '["READ","MAINTAIN"]'),
      rights('2026-01-06T10:00:00Z', 'eve', 'bob', '["READ","MAINTAIN"]', 'READ'),
    ]);
    const { rows } = readAccess(store, ask(), everything);
    expect(rows).toMatchObject([
      {
        right: 'MAINTAIN',
        from: '2026-01-05T10:00:00.000Z',
        to: '2026-01-06T10:00:00.000Z',
        grantedBy: 'ann',
        revokedBy: 'eve',
        startCertainty: 'asserted',
        endCertainty: 'asserted',
      },
      { right: 'READ', to: null, grantedBy: 'ann', revokedBy: null, revokeEvent: null, endCertainty: null },
    ]);
    expect(rows[0]?.grantEvent).toBe(rows[1]?.grantEvent);
    expect(rows[0]?.revokeEvent).toMatch(/^[a-z2-7]{16}$/);
  });

  it('takes nothing from ownership for a list of rights that does not name it', async () => {
    const store = await openLog([
      '2026-01-05T10:00:00Z,ann,app,8,app-8,p,Owner changes,,ann,bob',
      '2026-01-06T10:00:00Z,ann,app,8,app-8,p,Privilege changes,bob,[],READ',
    ]);
    const { rows } = readAccess(store, ask(), everything);
    expect(rows.map((row) => [row.subject, row.right, row.from, row.to !== null])).toEqual([
      ['ann', 'OWNER', null, true],
      ['bob', 'OWNER', '2026-01-05T10:00:00.000Z', false],
      ['bob', 'READ', '2026-01-06T10:00:00.000Z', false],
    ]);
  });

  it('flags with a reason each', async () => {
    const store = await openLog([
      rights('2026-01-05T10:00:00Z', 'bob', 'bob', '["READ"]', '["READ","DELETE"]'),
      '2026-01-07T10:00:00Z,bob,device,1,press-1,p,Name,,a,b',
      rights('2026-01-06T23:00:00Z', 'ann', 'bob', '["READ","DELETE"]', '["DELETE","NETWORK"]'),
    ]);
    const leavers = readLeavers(temporaryFile('l.csv', 'User,Last day\nbob,2026-02-01\n'), 'UTC');
    const hours = parseWorkingHours('08:00-18:00', '1-5');
    const flagsAt = (at: string) =>
      Object.fromEntries(
        readAccess(store, ask({ scope: { kind: 'at', at }, leavers, hours }), everything).rows.map((row) => [
          row.right,
          row.flags,
        ]),
      );
    expect(flagsAt('2026-01-05')).toEqual({
      READ: ['used-after-revocation', 'no-grant-seen'],
      DELETE: ['self-granted', 'privileged'],
    });
    expect(flagsAt('2026-01-31')).toEqual({
      DELETE: ['self-granted', 'privileged'],
      NETWORK: ['outside-hours'],
    });
    expect(flagsAt('2026-05-01')).toEqual({
      DELETE: ['self-granted', 'privileged', 'dormant', 'leaver'],
      NETWORK: ['dormant', 'outside-hours', 'leaver'],
    });
    const { rows, total } = readAccess(store, ask({ scope: { kind: 'at', at: '2026-02-02' }, leavers }), {
      ...everything,
      flag: 'leaver',
    });
    expect(total).toBe(2);
    expect(rows[0]?.reasons.leaver).toBe(
      'bob left on 2026-02-01 23:59:59.999 UTC, and the right did not end by then.',
    );
  });

  it('is filtered by subject, target and words, and refuses filters that mean nothing here', async () => {
    const store = openTemporaryStore();
    await importInto(store, fixture('ironflock-export.csv'));
    const scope = { kind: 'at', at: '2026-02-28' } as const;
    const count = (filter: string) => readAccess(store, ask({ scope, filter }), everything).total;
    const all = readAccess(store, ask({ scope }), everything).rows;
    expect(count('subject:user0*@acme.example type:app')).toBe(
      all.filter((row) => row.subject.startsWith('user0') && row.targetType === 'app').length,
    );
    expect(count('target:press-007')).toBe(all.filter((row) => row.targetName === 'press-007').length);
    expect(count('grant')).toBe(all.filter((row) => /grant/i.test(row.right)).length);
    expect(() => count('ip:10.0.0.1')).toThrow(/does not filter access/);
  });
});

describe('reconciliation', () => {
  it('says what matches, what has no grant in the log, and what the snapshot does not have', async () => {
    const store = await openLog([
      rights('2026-01-05T10:00:00Z', 'ann', 'bob', '[]', '["READ","MAINTAIN"]'),
      rights('2026-01-05T11:00:00Z', 'ann', 'cid', '[]', 'READ'),
    ]);
    const file = temporaryFile(
      's.csv',
      'user,target,rights\nbob,press-1,"READ; NETWORK"\nbob,1,MAINTAIN\ndan,press-1,READ\n',
    );
    const result = reconcile(store, readSnapshot(file), { at: '2026-01-31', zone: 'UTC' });
    expect(result.matched.map(({ snapshot }) => [snapshot.line, snapshot.right])).toEqual([
      [2, 'READ'],
      [3, 'MAINTAIN'],
    ]);
    expect(result.inSnapshotOnly).toEqual([
      { line: 2, subject: 'bob', target: 'press-1', right: 'NETWORK' },
      { line: 4, subject: 'dan', target: 'press-1', right: 'READ' },
    ]);
    expect(result.inLogOnly.map((row) => [row.subject, row.right])).toEqual([['cid', 'READ']]);
    expect(result.blindSpots[0]?.blindSpots.join()).toContain('default privileges');
  });
});

describe('flags of many intervals', () => {
  it('are the same as page by page', async () => {
    const rows = Array.from({ length: 2200 }, (_, n) => [
      `2026-01-05T10:00:00.${String(n % 1000).padStart(3, '0')}Z,ann,device,${n % 40},d,p,Privilege changes,user${n},[],READ`,
      ...(n % 3 === 0
        ? [`2026-01-${n % 2 === 0 ? 12 : 24}T10:00:00Z,user${n},device,${n % 40},d,p,Name,,a,b`]
        : []),
      ...(n % 5 === 0
        ? [`2026-01-20T10:00:00Z,ann,device,${n % 40},d,p,Privilege changes,user${n},READ,[]`]
        : []),
    ]);
    const store = await openLog(rows.flat());
    const asked = ask({ dormantDays: 10 });
    const all = readAccess(store, asked, everything).rows;
    expect(all.length).toBe(2200);
    expect(new Set(all.flatMap((row) => row.flags))).toEqual(new Set(['dormant', 'used-after-revocation']));
    const pages = Array.from({ length: 22 }, (_, n) =>
      readAccess(store, asked, { first: n * 100, limit: 100, flag: null }),
    );
    expect(pages.flatMap((page) => page.rows)).toEqual(all);
    const dormant = all.filter((row) => row.flags.includes('dormant'));
    expect(readAccess(store, asked, { first: 0, limit: 50, flag: 'dormant' })).toEqual({
      total: dormant.length,
      rows: dormant.slice(0, 50),
      people: [],
    });
  });
});
