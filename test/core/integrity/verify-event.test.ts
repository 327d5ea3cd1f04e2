import { describe, expect, it } from 'vitest';
import { verifyEvent } from '#core/integrity/verify-event.ts';
import { selectUid, toUid, type UidParts } from '#core/store/events.ts';
import { readLogState } from '#core/store/imports.ts';
import type { Store } from '#core/store/open.ts';
import { exhibit, exhibitJson } from '../../support/command-line.ts';
import { fixture, importInto, openTemporaryStore } from '../../support/workspace.ts';

const options = { signal: new AbortController().signal, progress: () => {} };

async function openFilledStore(): Promise<Store> {
  const store = openTemporaryStore();
  await importInto(store, fixture('ironflock-export.csv'));
  await importInto(store, fixture('flowtriq-export.ndjson'));
  await importInto(store, fixture('flowtriq-export.ndjson'));
  return store;
}

function uidAt(store: Store, id: number): string {
  return toUid(store.db.prepare(`SELECT ${selectUid} FROM event e WHERE e.id = ?`).get(id) as UidParts);
}

/** Does what somebody with the file and time could do: takes the triggers off and changes the log. */
function tamper(store: Store, sql: string): void {
  const triggers = store.db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`).pluck().all();
  for (const trigger of triggers) store.db.exec(`DROP TRIGGER ${trigger}`);
  store.db.exec(sql);
}

const statuses = async (store: Store, uid: string) =>
  Object.fromEntries(
    (await verifyEvent(store, uid, options)).checks.map(({ name, status }) => [name, status]),
  );

describe('verifying one event', () => {
  it('follows it from its record to the root of the log, in whichever import it is', async () => {
    const store = await openFilledStore();
    const events = store.db.prepare('SELECT count(*) FROM event').pluck().get() as number;
    const { size, root } = readLogState(store);
    for (const id of [1, 2, 700, 1513, 1514, events]) {
      const report = await verifyEvent(store, uidAt(store, id), options);
      expect(report.checks.map(({ status }) => status)).toEqual(['passed', 'passed', 'passed']);
      expect(report.ok).toBe(true);
      expect(report.checks[2]?.detail).toContain(`${root}`);
      expect(report.checks[2]?.detail).toContain(`of ${size},`);
    }
  });

  it.each([
    [
      'its record was changed',
      `UPDATE stored_record SET raw = replace(raw, 'user', 'fool') WHERE event_id = 700`,
      { records: 'failed', events: 'failed', log: 'failed' },
    ],
    [
      'its old value was changed where it is shown',
      `UPDATE stored_record SET new_value = 'another' WHERE event_id = 700`,
      { records: 'passed', events: 'failed', log: 'passed' },
    ],
    [
      'another event was changed',
      `UPDATE stored_event SET time = time + 1 WHERE id = 12`,
      { records: 'passed', events: 'passed', log: 'failed' },
    ],
    [
      'the root of the log was changed',
      `UPDATE stored_import SET log_root = '00' WHERE id = 3`,
      { records: 'passed', events: 'passed', log: 'failed' },
    ],
  ])('fails when %s', async (_what, sql, expected) => {
    const store = await openFilledStore();
    const uid = uidAt(store, 700);
    tamper(store, sql);
    expect(await statuses(store, uid)).toEqual(expected);
  });

  it('says of a later import’s event nothing that depends on the ones before it', async () => {
    const store = await openFilledStore();
    const uid = uidAt(store, 1600);
    tamper(store, `UPDATE stored_event SET time = time + 1 WHERE id = 12`);
    expect(await statuses(store, uid)).toEqual({ records: 'passed', events: 'passed', log: 'passed' });
  });

  it('knows no event that is not there, and stops when it is told to', async () => {
    const store = await openFilledStore();
    await expect(verifyEvent(store, 'aaaaaaaaaaaaaaaa', options)).rejects.toThrow('There is no event');
    const stopped = { signal: AbortSignal.abort(), progress: () => {} };
    await expect(verifyEvent(store, uidAt(store, 1), stopped)).rejects.toThrow('abort');
  });

  it('is a command, too, whose exit code says whether it passed', async () => {
    const store = await openFilledStore();
    const uid = uidAt(store, 700);
    expect(exhibitJson('verify', '-w', store.folder, '--event', uid)).toMatchObject({ uid, ok: true });
    tamper(store, `UPDATE stored_record SET raw = replace(raw, 'user', 'fool') WHERE event_id = 700`);
    expect(exhibit(['verify', '-w', store.folder, '--event', uid]).exit).toBe(1);
    expect(exhibit(['verify', '-w', store.folder, '--event', 'nothing']).exit).toBe(3);
  });
});
