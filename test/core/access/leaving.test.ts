// Who is taken out of a group, a repository or an organisation holds nothing there any more, whatever the right was
// called when it was given: vendors' events of leaving do not name it.

import { describe, expect, it } from 'vitest';
import { type AccessRequest, readAccess } from '#core/access/answers.ts';
import { usualPrivileged } from '#core/review-model.ts';
import { importInto, openTemporaryStore, temporaryFile } from '../../support/workspace.ts';

const ask: AccessRequest = {
  scope: { kind: 'ledger' },
  zone: 'UTC',
  filter: '',
  leavers: new Map(),
  hours: null,
  dormantDays: 90,
  privileged: usualPrivileged,
};

/** The ledger of records: subject, target, right, start and end (days of January 2026), and how sure each is. */
async function ledgerOf(records: readonly object[]) {
  const store = openTemporaryStore();
  const report = await importInto(
    store,
    temporaryFile('log.ndjson', records.map((one) => JSON.stringify(one)).join('\n')),
  );
  expect(report.rejected).toBe(0);
  const { rows } = readAccess(store, ask, { first: 0, limit: 100, flag: null });
  const day = (time: string | null) => (time === null ? null : Number(time.slice(8, 10)));
  return rows.map((row) => [
    row.subject,
    row.targetName ?? row.targetId,
    row.right,
    day(row.from),
    day(row.to),
    row.startCertainty,
    row.endCertainty,
  ]);
}

const github = (day: number, action: string, more: object) => ({
  '@timestamp': Date.UTC(2026, 0, day),
  _document_id: `${day}`,
  action,
  actor: 'ann',
  org: 'acme',
  ...more,
});
const gitlab = (day: number, details: object) => ({
  id: day,
  author_id: 1,
  entity_id: 60,
  entity_type: 'Group',
  created_at: new Date(Date.UTC(2026, 0, day)).toISOString(),
  details: {
    author_name: 'Ann',
    target_id: 7,
    target_type: 'User',
    target_details: 'Bob',
    entity_path: 'acme',
    ...details,
  },
});

describe('leaving', () => {
  it('ends the right that was given to a member, and one that a change made of it', async () => {
    expect(
      await ledgerOf([
        github(1, 'org.add_member', { user: 'bob', permission: 'read' }),
        github(2, 'org.update_member', { user: 'bob', old_permission: 'read', permission: 'admin' }),
        github(3, 'org.remove_member', { user: 'bob' }),
      ]),
    ).toEqual([
      ['bob', 'acme', 'admin', 2, 3, 'asserted', 'asserted'],
      ['bob', 'acme', 'read', 1, 2, 'asserted', 'asserted'],
    ]);
    expect(
      await ledgerOf([
        gitlab(1, { add: 'user_access', as: 'Owner' }),
        gitlab(2, { remove: 'user_access' }),
        gitlab(3, { add: 'user_access', as: 'Guest' }),
      ]),
    ).toEqual([
      ['Bob', 'acme', 'Guest', 3, null, 'asserted', null],
      ['Bob', 'acme', 'Owner', 1, 2, 'asserted', 'asserted'],
    ]);
  });

  it('ends every right that was held at once', async () => {
    expect(
      await ledgerOf([
        github(1, 'team.add_member', { user: 'bob', team: 'acme/core' }),
        github(2, 'team.promote_maintainer', { user: 'bob', team: 'acme/core' }),
        github(3, 'team.remove_member', { user: 'bob', team: 'acme/core' }),
      ]),
    ).toEqual([
      ['bob', 'acme/core', 'maintainer', 2, 3, 'asserted', 'asserted'],
      ['bob', 'acme/core', 'member', 1, 3, 'asserted', 'asserted'],
    ]);
  });

  it('shows a membership from before the log where no event tells what was held', async () => {
    expect(
      await ledgerOf([
        github(1, 'repo.remove_member', { user: 'bob', repo: 'acme/app' }),
        github(2, 'repo.add_member', { user: 'bob', repo: 'acme/app', permission: 'write' }),
      ]),
    ).toEqual([
      ['bob', 'acme/app', 'member', null, 1, 'inferred', 'asserted'],
      ['bob', 'acme/app', 'write', 2, null, 'asserted', null],
    ]);
  });

  it('leaves alone what others hold there and what is held elsewhere', async () => {
    expect(
      await ledgerOf([
        github(1, 'team.add_repository', { team: 'acme/core', repo: 'acme/app', permission: 'push' }),
        github(2, 'repo.add_member', { user: 'bob', repo: 'acme/app', permission: 'write' }),
        github(3, 'team.remove_repository', { team: 'acme/core', repo: 'acme/app' }),
      ]),
    ).toEqual([
      ['acme/core', 'acme/app', 'push', 1, 3, 'asserted', 'asserted'],
      ['bob', 'acme/app', 'write', 2, null, 'asserted', null],
    ]);
  });

  it('is not the taking away of one role', async () => {
    expect(
      await ledgerOf([
        github(1, 'org.add_member', { user: 'bob' }),
        github(2, 'org.add_billing_manager', { user: 'bob' }),
        github(3, 'org.remove_billing_manager', { user: 'bob' }),
        github(4, 'team.promote_maintainer', { user: 'bob', team: 'acme/core' }),
        github(5, 'team.demote_maintainer', { user: 'bob', team: 'acme/core' }),
      ]),
    ).toEqual([
      ['bob', 'acme', 'billing manager', 2, 3, 'asserted', 'asserted'],
      ['bob', 'acme', 'member', 1, null, 'asserted', null],
      ['bob', 'acme/core', 'maintainer', 4, 5, 'asserted', 'asserted'],
    ]);
  });

  it('is what becomes of the roles of a user who is deleted', async () => {
    const teleport = (day: number, event: string, more: object) => ({
      uid: `${day}`,
      ei: 0,
      code: 'T1002I',
      time: new Date(Date.UTC(2026, 0, day)).toISOString(),
      event,
      user: 'ann',
      name: 'carl',
      ...more,
    });
    expect(
      await ledgerOf([
        teleport(1, 'user.create', { roles: ['access', 'editor'] }),
        teleport(2, 'user.update', { roles: ['access'] }),
        teleport(3, 'user.delete', {}),
      ]),
    ).toEqual([
      ['carl', 'carl', 'access', 1, 3, 'asserted', 'asserted'],
      ['carl', 'carl', 'editor', 1, 2, 'asserted', 'asserted'],
    ]);
  });
});
