import { describe, expect, it } from 'vitest';
import { verifyLog } from '#core/integrity/verify-log.ts';
import type { Store } from '#core/store/open.ts';
import {
  fixture,
  importInto,
  ironflockCsv,
  openTemporaryStore,
  temporaryFile,
} from '../../support/workspace.ts';

const options = { signal: new AbortController().signal, progress: () => {} };

async function openFilledStore(): Promise<Store> {
  const store = openTemporaryStore();
  await importInto(store, fixture('ironflock-export.csv'));
  await importInto(store, fixture('flowtriq-export.ndjson'));
  await importInto(store, fixture('flowtriq-export.ndjson'));
  await importInto(
    store,
    temporaryFile('odd.csv', ironflockCsv(['too,few', '2026-04-01T00:00:00Z,a,device,1,n,p,Name,,x,y'])),
  );
  return store;
}

/** Does what somebody with the file and time could do: takes the triggers off and changes the log. */
function tamper(store: Store, sql: string): void {
  const triggers = store.db
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`)
    .pluck()
    .all() as string[];
  for (const trigger of triggers) store.db.exec(`DROP TRIGGER ${trigger}`);
  store.db.pragma('foreign_keys = off');
  store.db.exec(sql);
}

describe('verification', () => {
  it('passes for a log as it was imported, and never calls a skipped check passed', async () => {
    const store = await openFilledStore();
    const report = await verifyLog(store, null, options);
    expect(report.failures).toEqual([]);
    expect(report.ok).toBe(true);
    expect(Object.fromEntries(report.checks.map((check) => [check.name, check.status]))).toEqual({
      database: 'passed',
      records: 'passed',
      events: 'passed',
      balance: 'passed',
      imports: 'passed',
      log: 'passed',
      activity: 'skipped',
      signature: 'skipped',
      freezes: 'skipped',
    });
  });

  it.each([
    [
      'a changed raw record',
      `UPDATE stored_record SET raw = replace(raw, 'user', 'fool') WHERE event_id = 700`,
      'records',
      'ironflock-export.csv, row 704 (import 1, event 700)',
    ],
    [
      'a raw record that cannot be read',
      `UPDATE stored_record SET raw = '[' WHERE event_id = 700`,
      'records',
      'event 700',
    ],
    [
      'a changed time',
      'UPDATE stored_event SET time = time + 1 WHERE id = 5',
      'events',
      'row 6 (import 1, event 5)',
    ],
    [
      'a changed actor',
      'UPDATE stored_event SET actor_id = actor_id % 3 + 1 WHERE id = 2000',
      'events',
      'event 2000',
    ],
    [
      'another kind of event',
      'UPDATE stored_event SET kind_id = (SELECT k.id FROM kind k JOIN kind mine ON mine.id = stored_event.kind_id WHERE k.id <> mine.id LIMIT 1) WHERE id = 5',
      'events',
      'event 5',
    ],
    [
      'a changed old value',
      `UPDATE stored_record SET old_value = 'x' WHERE event_id = 9`,
      'events',
      'event 9',
    ],
    [
      'a changed vendor id',
      `UPDATE stored_record SET vendor_id = 'x' WHERE event_id = 2000`,
      'events',
      'event 2000',
    ],
    [
      'a changed line',
      'UPDATE stored_event SET row = 99999 WHERE id = 5',
      'imports',
      'import 1 (ironflock-export.csv)',
    ],
    [
      'a renamed actor in the dictionary',
      `UPDATE actor SET name = 'mallory' WHERE name = 'system'`,
      'events',
      'import 1',
    ],
    ['a removed event', 'DELETE FROM stored_event WHERE id = 1500', 'balance', 'import 1'],
    ['a removed record', 'DELETE FROM stored_record WHERE event_id = 1500', 'balance', 'import 1'],
    [
      'an added event',
      'INSERT INTO stored_event SELECT id + 9000, import_id, source_id, row, part, 2, version, uid_key, uid_tail, vendor_key, time, kind_id, actor_id, target_id, subject_id, ip_id FROM event WHERE id = 5',
      'balance',
      'events.db',
    ],
    [
      'a view that leaves an event out',
      'DROP VIEW event; CREATE VIEW event AS SELECT * FROM stored_event WHERE id <> 5',
      'database',
      'events.db',
    ],
    ['a changed file name', `UPDATE stored_import SET file = 'other.csv' WHERE id = 2`, 'log', 'import 2'],
    ['a changed file hash', `UPDATE stored_import SET sha256 = 'ff' WHERE id = 2`, 'log', 'import 2'],
    ['a removed import', 'DELETE FROM stored_import WHERE id = 3', 'log', 'import 4'],
    ['a removed rejected row', 'DELETE FROM rejection', 'balance', 'import 4'],
    ['a changed reason', `UPDATE rejection SET reason = 'none'`, 'log', 'import 4'],
    [
      'a changed preset',
      `UPDATE mapping SET json = replace(json, '"incident"', '"other"')`,
      'events',
      'flowtriq-export.ndjson',
    ],
    ['a renamed source', `UPDATE source SET name = 'Other' WHERE id = 1`, 'records', 'event 1'],
  ])('finds %s', async (_what, sql, check, where) => {
    const store = await openFilledStore();
    tamper(store, sql);
    const report = await verifyLog(store, null, options);
    expect(report.ok).toBe(false);
    expect(report.checks.find((one) => one.name === check)?.status).toBe('failed');
    expect(
      report.failures
        .filter((failure) => failure.check === check)
        .map((failure) => failure.where)
        .join('\n'),
    ).toContain(where);
  });

  it('can be cancelled', async () => {
    const store = await openFilledStore();
    const stop = new AbortController();
    const run = verifyLog(store, null, { signal: stop.signal, progress: () => stop.abort() });
    await expect(run).rejects.toThrow();
  });
});
