import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFailures, readSessions } from '#core/sessions/answers.ts';
import { sessionRole } from '#core/sessions/roles.ts';
import { fixture, importInto, openTemporaryStore, query, temporaryFile } from '../../support/workspace.ts';

const everything = { first: 0, limit: 10_000, kind: null, state: null };
const all = { first: 0, limit: 10_000, by: null };

async function openFlowtriq(rows: readonly string[]) {
  const store = openTemporaryStore();
  const header = 'Timestamp (UTC),Event,Actor,Node / Resource,IP';
  await importInto(store, temporaryFile('f.csv', `${[header, ...rows].join('\n')}\n`));
  return store;
}

describe('sessions', () => {
  it('pair login and logout by actor, and say what has no other half', async () => {
    const store = await openFlowtriq([
      '2026-01-05 07:00:00,User Logout,ann,,10.0.0.1',
      '2026-01-05 08:00:00,User Login,ann,,10.0.0.1',
      '2026-01-05 08:30:00,User Login,bob,,10.0.0.2',
      '2026-01-05 09:00:00,User Logout,ann,,10.0.0.1',
      '2026-01-05 10:00:00,Login Failed,ann,,10.0.0.1',
    ]);
    const { rows } = readSessions(store, query(), everything);
    expect(rows.map((one) => [one.actor, one.state, one.start, one.durationMs])).toEqual([
      ['ann', 'no-start', null, null],
      ['ann', 'closed', '2026-01-05T08:00:00.000Z', 3_600_000],
      ['bob', 'no-end', '2026-01-05T08:30:00.000Z', null],
    ]);
    const open = readSessions(store, query(), { ...everything, state: 'no-end' });
    expect(open.rows).toEqual([rows[2]]);
  });

  it('pair by session id where the records have one', async () => {
    const store = openTemporaryStore();
    const row = (time: string, aspect: string, session: string) =>
      `2026-01-05T${time}:00Z,ann,project,1,n,p,${aspect},${session}`;
    const header = 'timestamp,user,asset_type,asset_key,asset_name,project,aspect,session';
    const rows = [
      row('08:00', 'Login', 's1'),
      row('08:10', 'Login', 's2'),
      row('09:00', 'Logout', 's1'),
      row('10:00', 'Logout', 's2'),
    ];
    await importInto(store, temporaryFile('i.csv', `${[header, ...rows].join('\n')}\n`));
    expect(readSessions(store, query(), everything).rows.map((one) => [one.session, one.durationMs])).toEqual(
      [
        ['s1', 60 * 60_000],
        ['s2', 110 * 60_000],
      ],
    );
  });

  it('of remote access carry user, device, port and target app', async () => {
    const store = openTemporaryStore();
    await importInto(store, fixture('ironflock-export.csv'));
    const { rows, total } = readSessions(store, query(), { ...everything, kind: 'remote-access' });
    expect(total).toBe(103);
    expect(rows[1]).toMatchObject({
      actor: 'user09@acme.example',
      targetType: 'device',
      targetId: '4029',
      port: '22',
      app: 'app-01',
      state: 'started',
    });
  });

  it('are not cut apart by the period that is asked for', async () => {
    const store = await openFlowtriq([
      '2026-01-05 23:00:00,User Login,ann,,10.0.0.1',
      '2026-01-06 01:00:00,User Logout,ann,,10.0.0.1',
      '2026-01-07 08:00:00,User Login,ann,,10.0.0.1',
    ]);
    for (const day of ['2026-01-05', '2026-01-06'])
      expect(readSessions(store, query({ from: day, to: day }), everything).rows).toMatchObject([
        { state: 'closed', durationMs: 7_200_000 },
      ]);
    expect(readSessions(store, query({ from: '2026-01-08', to: '2026-01-09' }), everything).total).toBe(0);
  });

  it('agree with a plain reading of any order of logins and logouts', async () => {
    const event = fc.record({
      minute: fc.nat(59),
      actor: fc.constantFrom('ann', 'bob'),
      isLogin: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(event, { minLength: 1, maxLength: 14, selector: (one) => one.minute }),
        async (events) => {
          const ordered = events.toSorted((a, b) => a.minute - b.minute);
          const two = (n: number) => String(n).padStart(2, '0');
          // The file's own order does not matter: times decide.
          const store = await openFlowtriq(
            events.map(
              (one) =>
                `2026-01-05 10:${two(one.minute)}:00,${one.isLogin ? 'User Login' : 'User Logout'},${one.actor},,`,
            ),
          );
          const expected: [string, number | null, number | null][] = [];
          for (const actor of ['ann', 'bob']) {
            const open: number[] = [];
            for (const one of ordered.filter((each) => each.actor === actor)) {
              if (one.isLogin) open.push(one.minute);
              else expected.push([actor, open.pop() ?? null, one.minute]);
            }
            for (const minute of open) expected.push([actor, minute, null]);
          }
          const minute = (time: string | null) => time && new Date(time).getUTCMinutes();
          const { rows } = readSessions(store, query(), everything);
          const found = rows.map((one) => [one.actor, minute(one.start), minute(one.end)]);
          expect(found.map(String).sort()).toEqual(expected.map(String).sort());
          store.close();
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);
});

describe('failures', () => {
  it('group by actor and by address, the largest first, and count every one in both', async () => {
    const store = openTemporaryStore();
    await importInto(store, fixture('flowtriq-export.csv'));
    const { rows } = readFailures(store, query(), all);
    const sum = (by: string) =>
      rows.filter((one) => one.by === by).reduce((total, one) => total + one.count, 0);
    // 34 failed logins and 43 invalid keys.
    expect([sum('actor'), sum('ip')]).toEqual([77, 77]);
    const counts = rows.filter((one) => one.by === 'ip').map((one) => one.count);
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    expect(readFailures(store, query(), { ...all, by: 'actor', limit: 1 }).rows).toEqual([rows[0]]);
  });

  it('name the other side', async () => {
    const store = await openFlowtriq([
      '2026-01-05 10:00:00,Login Failed,ann,,10.0.0.9',
      '2026-01-05 10:01:00,Login Failed,bob,,10.0.0.9',
      '2026-01-05 10:02:00,Invalid API Key,,,10.0.0.9',
    ]);
    const { rows } = readFailures(store, query(), { ...all, by: 'ip' });
    expect(rows).toMatchObject([
      {
        key: '10.0.0.9',
        count: 3,
        otherKeys: ['ann', 'bob'],
        actions: [
          { action: 'Login Failed', count: 2 },
          { action: 'Invalid API Key', count: 1 },
        ],
      },
    ]);
  });
});

describe('the role of an event', () => {
  it.each([
    ['user.login', 'auth.success', 'login start'],
    ['user.session.start', 'auth.success', 'login start'],
    ['user.session.end', 'auth.success', 'login end'],
    ['UserLoggedIn', 'auth.success', 'login start'],
    ['SignOut', 'auth.success', 'login end'],
    ['Signed out', 'auth.success', 'login end'],
    ['mfa_auth_challenge.validate', 'auth.success', 'none'],
    ['Remote access', 'remote_access', 'remote-access only'],
    ['Remote access started', 'remote_access', 'remote-access start'],
    ['Remote access ended', 'remote_access', 'remote-access end'],
    ['session.start', 'remote_access', 'remote-access start'],
    ['windows.desktop.session.end', 'remote_access', 'remote-access end'],
    ['open_terminal', 'remote_access', 'remote-access start'],
    ['close_portforward', 'remote_access', 'remote-access end'],
    ['StartSession', 'remote_access', 'remote-access start'],
    ['TerminateSession', 'remote_access', 'remote-access end'],
    ['session.data', 'remote_access', 'none'],
    ['Login', 'config.changed', 'none'],
  ] as const)('%s (%s) is %s', (action, category, expected) => {
    const role = sessionRole(action, category, 'unknown');
    expect(role ? `${role.kind} ${role.role}` : 'none').toBe(expected);
    expect(sessionRole(action, category, 'failure')).toBeNull();
  });

  it('do not begin with a step of signing in', () => {
    for (const action of ['login_challenge', 'login_verification', 'GetSigninToken'])
      expect(sessionRole(action, 'auth.success', 'unknown')).toBeNull();
    expect(sessionRole('with two-factor', 'auth.success', 'success')).toEqual({
      kind: 'login',
      role: 'start',
    });
  });

  it('begin with an attempt that succeeded, and with whatever somebody signed in with', () => {
    const start = { kind: 'login', role: 'start' };
    expect(sessionRole('Login attempt', 'auth.success', 'success')).toEqual(start);
    expect(sessionRole('Login attempt', 'auth.success', 'unknown')).toBeNull();
    for (const action of [
      'Signed in with token',
      'Logged in with a hardware token',
      'User signed in with access policy',
    ])
      expect(sessionRole(action, 'auth.success', 'success')).toEqual(start);
  });
});
