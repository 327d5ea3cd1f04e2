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
