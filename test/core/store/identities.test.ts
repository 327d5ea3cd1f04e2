import { describe, expect, it, onTestFinished } from 'vitest';
import { type AccessRequest, readAccess } from '#core/access/answers.ts';
import { testLeavers } from '#core/access/leavers-test.ts';
import { reconcile } from '#core/access/reconcile.ts';
import { readAccessSummary } from '#core/access/summary.ts';
import { growColumns } from '#core/browse/grow-columns.ts';
import { readTotal } from '#core/browse/windows.ts';
import { countEvents } from '#core/query/events.ts';
import { createNamesLookup, createPersonLookup, proposeIdentities } from '#core/query/persons.ts';
import { usualSettings } from '#core/review-model.ts';
import { findBrokenActivity, listActivity } from '#core/store/activity.ts';
import { listIdentities, saveIdentity } from '#core/store/identities.ts';
import { openReview, type Store } from '#core/store/open.ts';
import { exhibit, exhibitJson } from '../../support/command-line.ts';
import {
  importInto,
  ironflockCsv,
  openTemporaryStore,
  query,
  temporaryFile,
} from '../../support/workspace.ts';

const actors = [
  'alice@acme.example',
  'alice',
  'Alice@acme.example',
  'bob',
  'bob@other.example',
  'carol',
  'system',
];

async function openPeople(): Promise<{ store: Store; review: Store }> {
  const store = openTemporaryStore();
  const rows = actors.flatMap((who, at) => [
    `2026-01-01T00:0${at}:00Z,${who},device,1,one,p,Name,,a${at},b${at}`,
    `2026-01-02T00:0${at}:00Z,system,device,${at},d${at},p,Privilege changes,${who},[],"[""READ""]"`,
  ]);
  await importInto(store, temporaryFile('people.csv', ironflockCsv(rows)));
  const review = openReview(store.folder, { mode: 'write' });
  onTestFinished(() => review.close());
  return { store, review };
}

const maria = { person: 'Maria Fernandez' };
const alice = { name: 'Alice', members: ['alice', 'alice@acme.example'], ...maria };

describe('one person under several names', () => {
  it('is proposed where the address or what stands before its @ is the same, and merged by nobody', async () => {
    const { store, review } = await openPeople();
    expect(proposeIdentities(store, listIdentities(review))).toEqual([
      { reason: 'same-name', members: ['Alice@acme.example', 'alice', 'alice@acme.example'] },
      { reason: 'same-name', members: ['bob', 'bob@other.example'] },
    ]);
    expect(countEvents(store, query({ filter: 'person:alice' }))).toBe(1);
    saveIdentity(review, alice);
    expect(proposeIdentities(store, listIdentities(review))).toEqual([
      { reason: 'same-name', members: ['bob', 'bob@other.example'] },
    ]);
  });

  it('is proposed for the ARNs that AWS writes of a user, and of who took on a role', async () => {
    const store = openTemporaryStore();
    const arns = [
      'arn:aws:iam::111122223333:user/staff/dora',
      'arn:aws-us-gov:sts::111122223333:assumed-role/Admin/dora@acme.example',
      'arn:aws:iam::111122223333:role/dora',
      'dora',
    ];
    const rows = arns.map((who, at) => `2026-01-01T00:0${at}:00Z,${who},device,1,one,p,Name,,a${at},b${at}`);
    await importInto(store, temporaryFile('people.csv', ironflockCsv(rows)));
    expect(proposeIdentities(store, [])).toEqual([
      { reason: 'same-name', members: [arns[0], arns[1], 'dora'].sort() },
    ]);
  });

  it('is merged and taken apart, each in the activity log, whose hashes cover it', async () => {
    const { review } = await openPeople();
    saveIdentity(review, alice);
    saveIdentity(review, { ...alice, members: [...alice.members, 'Alice@acme.example'] });
    expect(listIdentities(review)).toMatchObject([{ name: 'Alice', members: { length: 3 }, ...maria }]);
    saveIdentity(review, { ...alice, members: [] });
    expect(listIdentities(review)).toEqual([]);
    expect(listActivity(review).map(({ action }) => action)).toEqual(['identity', 'identity', 'identity']);
    expect(findBrokenActivity(review)).toBeNull();
  });

  it('has two names at least, and none of another person', async () => {
    const { review } = await openPeople();
    expect(() => saveIdentity(review, { ...alice, members: ['alice', 'alice'] })).toThrow(
      'two names at least',
    );
    saveIdentity(review, alice);
    expect(() => saveIdentity(review, { ...alice, name: 'Other', members: ['bob', 'alice'] })).toThrow(
      '“alice” belongs to “Alice” already',
    );
  });

  it('is found by the filter under every name, the same by SQL and by columns, while actor: stays literal', async () => {
    const { store, review } = await openPeople();
    const growth = growColumns(store, null);
    let step = growth.next();
    while (!step.done) step = growth.next();
    const columns = step.value;
    const count = (filter: string) => {
      const found = countEvents(store, query({ filter }));
      expect(readTotal(store, columns, query({ filter }))).toBe(found);
      return found;
    };
    expect(count('person:Alice@ACME.example')).toBe(2);
    saveIdentity(review, { ...alice, members: [...alice.members, 'Alice@acme.example'] });
    expect(count('person:alice')).toBe(3);
    expect(count('person:"alice@acme.example"')).toBe(3);
    expect(count('actor:alice')).toBe(1);
    expect(count('person:carol')).toBe(1);
    expect(count('person:alice person:bob*')).toBe(5);
    expect(count('person:alice actor:alice')).toBe(1);
    expect(count('person:nobody')).toBe(0);
    saveIdentity(review, { ...alice, members: [] });
    expect(count('person:alice')).toBe(1);
    expect(() => count('person:""')).toThrow('needs a name');
  });

  it('is one person for joiners, movers and leavers, a snapshot, the test of leavers and what is self-granted', async () => {
    const store = openTemporaryStore();
    const right = (day: number, by: string, target: string, who: string, old: string, next: string) =>
      `2026-01-0${day}T00:00:00Z,${by},device,${target},d${target},p,Privilege changes,${who},${old},${next}`;
    const rows = [
      right(1, 'alice@acme.example', '1', 'alice', '', 'READ'),
      right(5, 'carol', '1', 'alice', 'READ', ''),
      right(5, 'carol', '1', 'alice@acme.example', '', 'READ'),
      right(6, 'carol', '2', 'bob', '', 'READ'),
    ];
    await importInto(store, temporaryFile('rights.csv', ironflockCsv(rows)));
    const review = openReview(store.folder, { mode: 'write' });
    onTestFinished(() => review.close());
    const everything = { first: 0, limit: 100, flag: null };
    const ask = () => {
      const scope = { kind: 'between', from: '2026-01-03', to: '2026-01-10' } as const;
      const personOf = createPersonLookup(store);
      const asked = { ...usualSettings, scope, zone: 'UTC', filter: '', leavers: new Map(), personOf };
      const { rows: found, people } = readAccess(store, asked, everything);
      const snapshot = [['Alice', '1'] as const, ['alice', '2'] as const].map(([subject, target], at) => ({
        line: at + 2,
        subject,
        target,
        right: 'READ',
        type: null,
        source: null,
      }));
      const compared = reconcile(store, snapshot, { at: '2026-01-10', zone: 'UTC', personOf });
      const leavers = new Map([
        ['ALICE', Date.UTC(2026, 0, 2)],
        ['nobody', Date.UTC(2026, 0, 2)],
      ]);
      const left = testLeavers(
        store,
        { leavers, at: '2026-01-10', zone: 'UTC', slaDays: 1, namesOf: createNamesLookup(store) },
        null,
        everything,
      );
      return {
        people: people.map(({ subject, kind, names }) => [subject, kind, names]),
        selfGranted: found.filter(({ flags }) => flags.includes('self-granted')).length,
        matched: compared.matched.map(({ interval }) => interval.subject),
        left: left.rows.map(({ subject, state, listed }) => [subject, state, listed]),
        unknown: left.unknown,
      };
    };
    expect(ask()).toEqual({
      people: [
        ['alice', 'leaver', undefined],
        ['alice@acme.example', 'joiner', undefined],
        ['bob', 'joiner', undefined],
      ],
      selfGranted: 0,
      matched: [],
      left: [['alice', 'late', 'ALICE']],
      unknown: ['nobody'],
    });
    saveIdentity(review, alice);
    expect(ask()).toEqual({
      people: [['bob', 'joiner', undefined]],
      selfGranted: 1,
      matched: ['alice@acme.example'],
      left: [
        ['alice@acme.example', 'given-after', 'ALICE'],
        ['alice', 'late', 'ALICE'],
      ],
      unknown: ['nobody'],
    });
  });

  it('holds the rights of all its names', async () => {
    const { store, review } = await openPeople();
    const asked = (filter: string): AccessRequest => ({
      ...usualSettings,
      scope: { kind: 'ledger' },
      zone: 'UTC',
      filter,
      leavers: new Map(),
      personOf: createPersonLookup(store),
    });
    const held = (filter: string) =>
      readAccess(store, asked(filter), { first: 0, limit: 100, flag: null }).rows.map(
        ({ subject }) => subject,
      );
    expect(held('person:alice')).toEqual(['alice']);
    saveIdentity(review, alice);
    expect(held('person:alice').sort()).toEqual(['alice', 'alice@acme.example']);
    expect(held('subject:alice')).toEqual(['alice']);
    expect(readAccessSummary(store, asked(''), { hasLeavers: false })).toMatchObject({
      intervals: 7,
      people: 6,
    });
    const { personOf: _without, ...literal } = asked('');
    expect(readAccessSummary(store, literal, { hasLeavers: false }).people, 'from the log alone').toBe(7);
    const inOrder = readAccess(store, asked(''), { first: 0, limit: 100, flag: null, order: 'subject' });
    expect(inOrder.rows.map(({ subject }) => subject).slice(0, 3)).toEqual([
      'alice',
      'alice@acme.example',
      'Alice@acme.example',
    ]);
  });

  it('is merged, listed, shown and taken apart by commands', async () => {
    const { store } = await openPeople();
    const on = ['-w', store.folder];
    expect(exhibitJson('identities', ...on)).toMatchObject({ identities: [], proposals: { length: 2 } });
    const members = ['--members', 'alice, alice@acme.example', '--person', 'Maria Fernandez'];
    expect(exhibitJson('identities', 'merge', 'Alice', ...on, ...members)).toMatchObject({
      identities: [{ name: 'Alice', members: ['alice', 'alice@acme.example'], ...maria }],
    });
    expect(exhibitJson('show', 'person', 'Alice', ...on)).toMatchObject({ all: 2, rights: { total: 2 } });
    expect(exhibit(['identities', 'split', 'Nobody', ...on]).exit).toBe(3);
    expect(exhibit(['identities', 'merge', 'Alice', ...on]).exit).toBe(2);
    expect(exhibitJson('identities', 'split', 'Alice', ...on)).toMatchObject({ identities: [] });
  });
});
