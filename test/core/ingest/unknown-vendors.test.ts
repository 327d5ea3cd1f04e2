// Exports of systems that no preset knows, as an officer brings them in: by what the mapping screen proposes, and by the
// names of the columns alone. What they cannot say is asked or said; nobody gets a right that no event gives.

import { describe, expect, it } from 'vitest';
import { readAccess } from '#core/access/answers.ts';
import { eventNamesOfPath, probePath } from '#core/ingest/probe.ts';
import { nameDraft } from '#core/mapping/draft-preset.ts';
import { withEventRules } from '#core/mapping/event-rules.ts';
import type { Event } from '#core/model.ts';
import { eachEvent } from '#core/query/events.ts';
import { usualPrivileged } from '#core/review-model.ts';
import type { Store } from '#core/store/open.ts';
import { importInto, openTemporaryStore, query, temporaryFile } from '../../support/workspace.ts';

const { signal } = new AbortController();

/** What is proposed for a file, with nothing changed by hand. */
async function proposed(path: string) {
  const { shapes, failed } = await probePath(path, [], signal);
  if (!shapes[0]) throw new Error(failed[0]?.message);
  return shapes[0].proposal;
}

/** Imports a file with what is proposed for it. */
async function importAsProposed(path: string): Promise<{ store: Store; events: Event[] }> {
  const draft = nameDraft((await proposed(path)).preset, 'Some system');
  const { names } = await eventNamesOfPath(path, null, draft, signal);
  const store = openTemporaryStore();
  await importInto(store, path, { preset: JSON.stringify(withEventRules(draft, names, new Map())) });
  return { store, events: [...eachEvent(store, query(), 'oldest')] };
}

function ledgerOf(store: Store) {
  const request = {
    scope: { kind: 'ledger' },
    zone: 'UTC',
    filter: '',
    leavers: new Map(),
    hours: null,
  } as const;
  const { rows } = readAccess(
    store,
    { ...request, dormantDays: 90, privileged: usualPrivileged },
    { first: 0, limit: 100, flag: null },
  );
  return rows.map(({ subject, right, from, to }) => [subject, right, from?.slice(0, 10), to?.slice(0, 10)]);
}

describe('rights in a log that no preset knows', () => {
  it('are taken away where the only value names what is revoked', async () => {
    const path = temporaryFile(
      'rights.csv',
      [
        'time,user,event,member,object,new value,status',
        '2026-02-01T10:00:00Z,ann,Role assigned,bob,Vault,editor,success',
        '2026-02-03T10:00:00Z,ann,Role removed,bob,Vault,editor,success',
        '2026-02-04T10:00:00Z,ann,Role removed,eve,Vault,admin,success',
        '2026-02-05T10:00:00Z,ann,Role assigned,dan,Vault,admin,failure',
      ].join('\n'),
    );
    const { store } = await importAsProposed(path);
    expect(ledgerOf(store)).toEqual([
      ['bob', 'editor', '2026-02-01', '2026-02-03'],
      ['eve', 'admin', undefined, '2026-02-04'],
    ]);
  });

  it('are none on nothing: without a target nobody is said to hold any, and the report says why', async () => {
    const path = temporaryFile(
      'r.csv',
      'time,user,event,member,new value\n2026-02-01T10:00:00Z,ann,Role assigned,bob,x\n',
    );
    const { store, events } = await importAsProposed(path);
    expect(events.map(({ category, subject }) => [category, subject])).toEqual([['access.granted', 'bob']]);
    expect(ledgerOf(store)).toEqual([]);
    const report = await importInto(openTemporaryStore(), path);
    expect(report.warnings.map(({ code }) => code)).toContain('no-target');
  });

  it('come of no name that only sounds like a grant', async () => {
    const names = [
      'Request to grant role',
      'Grant rejected',
      'Failed to assign role',
      'Role assignment denied',
    ];
    const rows = names.map((name, at) => `2026-02-0${at + 1}T10:00:00Z,ann,${name},m${at},Vault,admin`);
    const path = temporaryFile('r.csv', ['time,user,event,member,object,new value', ...rows].join('\n'));
    const { store, events } = await importAsProposed(path);
    expect(events.map(({ subject }) => subject)).toEqual(['m0', 'm1', 'm2', 'm3']);
    expect(ledgerOf(store)).toEqual([]);
  });
});

const table = (...lines: string[]) => temporaryFile('export.csv', lines.join('\n'));
const chosenFor = async (path: string) =>
  Object.fromEntries(
    (await proposed(path)).fields.flatMap(({ field, name }) => (name ? [[field, name]] : [])),
  );
const codesOf = ({ warnings }: { warnings: { code: string }[] }) => warnings.map(({ code }) => code);

describe('a day and a time of day in two columns', () => {
  const rows = ['2026-02-03,06:12:09,op1,Setpoint changed', '2026-02-03,18:30:00,op2,Setpoint changed'];
  const path = () => table('Date,Time,User,Event', ...rows);
  const times = ['2026-02-03T06:12:09.000Z', '2026-02-03T18:30:00.000Z'];

  it('are one time, by their names and as proposed', async () => {
    const { store, events } = await importAsProposed(path());
    expect(events.map(({ time }) => time)).toEqual(times);
    expect([...eachEvent(store, query(), 'oldest')].map(({ ip }) => ip)).toEqual([null, null]);
    const byNames = openTemporaryStore();
    const report = await importInto(byNames, path());
    expect([report.firstTime, report.lastTime]).toEqual(times);
    expect(codesOf(report)).not.toContain('time-of-day');
  });

  it('have the order of their dates proven or asked for, once', async () => {
    const day = (date: string) => table('Datum;Uhrzeit;Benutzer;Ereignis', `${date};06:12;Süd;Start`);
    const open = await importInto(openTemporaryStore(), day('03.02.2026'));
    expect([open.rejected, codesOf(open).filter((code) => code === 'date-order').length]).toEqual([1, 1]);
    const proven = await importInto(openTemporaryStore(), day('23.02.2026'));
    expect(proven.firstTime).toBe('2026-02-23T06:12:00.000Z');
  });

  it('are missed where there is no time of day, which the report says', async () => {
    const report = await importInto(
      openTemporaryStore(),
      table('Date,User,Action', '2026-02-03,ann,Door opened'),
    );
    expect(report.firstTime).toBe('2026-02-03T00:00:00.000Z');
    expect(codesOf(report)).toContain('time-of-day');
  });
});

describe('who did it', () => {
  it('is never whom it was done to: where the actor is empty, nobody is named', async () => {
    const path = table(
      'Date,Event,Actor,IP address,User email',
      '2026-02-03T10:00:00Z,Role assigned,ann@acme.example,10.0.0.1,bob@acme.example',
      '2026-02-04T10:00:00Z,Licence removed,,,eve@acme.example',
    );
    expect(await chosenFor(path)).toMatchObject({ actor: 'Actor', ip: 'IP address' });
    const store = openTemporaryStore();
    await importInto(store, path);
    expect([...eachEvent(store, query(), 'oldest')].map(({ actor }) => actor)).toEqual([
      'ann@acme.example',
      null,
    ]);
  });

  it('may go by several names of one person', async () => {
    const path = temporaryFile(
      'log.ndjson',
      [
        {
          when: '2026-02-03T10:00:00Z',
          event: 'x',
          actor: { name: 'Ann', email: 'ann@acme.example' },
          user: 'bob',
        },
        { when: '2026-02-04T10:00:00Z', event: 'x', actor: { name: 'Robot' }, user: 'bob' },
      ]
        .map((record) => JSON.stringify(record))
        .join('\n'),
    );
    const store = openTemporaryStore();
    await importInto(store, path);
    expect([...eachEvent(store, query(), 'oldest')].map(({ actor }) => actor)).toEqual([
      'ann@acme.example',
      'Robot',
    ]);
  });
});

describe('a proposal for records of many keys', () => {
  const records = [1, 2].map((n) => ({
    id: `r${n}`,
    timestamp: `2026-02-0${n}T10:00:00Z`,
    isMobile: false,
    data: { PermissionModifiedFrom: 'Allow', next_page: 'x' },
    resource: { type: 'project', is_team: true },
    protoPayload: {
      methodName: 'SetIamPolicy',
      authenticationInfo: { principalEmail: `p${n}@acme.example`, entity_id: 'e' },
      bindingDeltas: [
        { action: 'ADD', member: 'user:eve', granted: true },
        { action: 'REMOVE', member: 'user:bob' },
      ],
    },
  }));
  const path = () => temporaryFile('log.json', JSON.stringify(records));

  it('takes no flag for an outcome, and nothing of a list for what was done to whom', async () => {
    expect(await chosenFor(path())).toEqual({
      time: 'timestamp',
      action: 'protoPayload/methodName',
      actor: 'protoPayload/authenticationInfo/principalEmail',
      targetType: 'resource/type',
      vendorId: 'id',
    });
  });

  it('takes two columns for a change that differ in old and new alone', async () => {
    const row = '2026-02-03T06:12:09Z,ann,Role changed,viewer,editor';
    const pair = table('time,user,event,Old role,New role', row);
    expect(await chosenFor(pair)).toMatchObject({ oldValue: 'Old role', newValue: 'New role' });
    const alone = await chosenFor(table('time,user,event,from address,next page', row));
    expect(Object.keys(alone)).toEqual(['time', 'action', 'actor']);
  });

  it('takes a tag in brackets for a name, not for a list', async () => {
    const path = table(
      'EVENT_TIMESTAMP,ACTOR,ACTION,ACTION_TARGET',
      '2026-02-03 06:12:09,op1,tag write,[default]Line 1/Speed',
    );
    expect(await chosenFor(path)).toMatchObject({ targetName: 'ACTION_TARGET' });
  });

  it('prefers what says success or failure to a code that only failures have, and a zero is none', async () => {
    const head = 'timestamp,event,user,error_code';
    const path = table(
      head,
      '2026-02-01T10:00:00Z,a,ann,0',
      '2026-02-02T10:00:00Z,b,ann,5',
      '2026-02-03T10:00:00Z,c,ann,',
    );
    const store = openTemporaryStore();
    await importInto(store, path);
    expect([...eachEvent(store, query(), 'oldest')].map(({ outcome }) => outcome)).toEqual([
      'success',
      'failure',
      'unknown',
    ]);
    const both = table(
      `${head},status`,
      '2026-02-01T10:00:00Z,a,ann,,failed',
      '2026-02-02T10:00:00Z,b,ann,,success',
    );
    expect(await chosenFor(both)).toMatchObject({ outcome: 'status' });
  });
});

describe('a table without names for all its columns', () => {
  const rows = [
    '2026-02-03 06:12:09 UTC,app0,GRANT,203.0.113.7',
    '2026-02-03 07:12:09 UTC,app1,REVOKE,203.0.113.8',
    '2026-02-03 08:12:09 UTC,app1,GRANT,203.0.113.8',
  ];

  it('is refused where its first line is a record, which would be lost', async () => {
    const { failed } = await probePath(table(...rows), [], signal);
    expect(failed[0]?.message).toContain('has no header line with column names');
  });

  it('may lack the name of its last column, as the event viewer of Windows leaves it out', async () => {
    const path = table(
      'Level,Date and Time,Source,Event ID,Task Category',
      'Information,2/23/2026 6:12:09 AM,Security,4624,Logon,"An account was logged on.\nUser: ann"',
      'Information,2/24/2026 6:12:09 PM,Security,4634,Logoff,An account was logged off.',
      '',
    );
    const { shapes } = await probePath(path, [], signal);
    expect(shapes[0]?.names.at(-1)).toBe('column 6');
    expect(shapes[0]?.samples.map((sample) => sample['Event ID'])).toEqual(['4624', '4634']);
    expect(shapes[0]?.proposal.times['Date and Time']).toMatchObject({ times: 2, order: 'month-first' });
  });

  it('is read by the names above its first record where most rows have a cell too many', async () => {
    const rows = [0, 1, 2, 3].map((one) => `2026-02-03T06:12:0${one}Z,ann,GRANT${one ? ',x' : ''}`);
    const report = await importInto(openTemporaryStore(), table('Time,User,Action', ...rows));
    expect([report.imported, report.rejections.map(({ row }) => row)]).toEqual([1, [3, 4, 5]]);
    const numbers = [0, 1, 2].map((one) => `177009912900${one},ann,GRANT,x`);
    const { failed } = await probePath(table('Time,User', 'Time,User,Action', ...numbers), [], signal);
    expect(failed).toEqual([]);
    const lost = await probePath(table('Audit trail of a plant, of 2026', ...numbers), [], signal);
    expect(lost.failed[0]?.message).toContain('has no header line with column names');
  });

  it('may stand below titles that a spreadsheet filled up with empty cells', async () => {
    const titles = ['Audit trail,,,', 'made on 2026-03-01 10:00:00,,,', ',,,'];
    const report = await importInto(openTemporaryStore(), table(...titles, 'Time,User,Action,IP', ...rows));
    expect([report.imported, report.rejections.map(({ row }) => row)]).toEqual([3, []]);
  });
});
