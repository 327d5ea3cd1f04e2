import { describe, expect, it } from 'vitest';
import { verifyLog } from '#core/integrity/verify-log.ts';
import type { Event } from '#core/model.ts';
import { eachEvent } from '#core/query/events.ts';
import type { Store } from '#core/store/open.ts';
import { fixture, importInto, openTemporaryStore, query, temporaryFile } from '../../support/workspace.ts';
import { columnsOf, readSamples, type Sample } from '../mapping/samples.ts';

const samples = readSamples();
const sampleOf = (preset: string, variant: string) =>
  samples.find((one) => one.preset === preset && one.variant === variant) as Sample;

const csv = (rows: readonly (readonly string[])[]) =>
  `${rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n')}\r\n`;

/** A sample as a file of its format. */
function fileOf(sample: Sample, options: { bom?: boolean } = {}): string {
  const records = sample.pairs.map(({ record }) => record);
  if (sample.format === 'json')
    return temporaryFile('export.ndjson', records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  const columns = columnsOf(sample);
  const rows = records.map((record) => columns.map((column) => String(record[column] ?? '')));
  return temporaryFile('export.csv', `${options.bom ? '\ufeff' : ''}${csv([columns, ...rows])}`);
}

const ndjson = (...records: object[]) =>
  temporaryFile('records.ndjson', records.map((record) => `${JSON.stringify(record)}\n`).join(''));

const eventsOf = (store: Store): Event[] => [...eachEvent(store, query(), 'oldest')];
const codesOf = (report: { warnings: { code: string }[] }) => report.warnings.map(({ code }) => code);
const messageOf = (report: { warnings: { code: string; message: string }[] }, code: string) =>
  report.warnings.find((warning) => warning.code === code)?.message;

async function verify(store: Store): Promise<unknown[]> {
  const options = { signal: new AbortController().signal, progress: () => {} };
  return (await verifyLog(store, null, options)).failures;
}

const activity = (qualifier: string, ...names: string[]) => ({
  kind: 'admin#reports#activity',
  id: {
    time: '2026-01-05T10:00:00Z',
    uniqueQualifier: qualifier,
    applicationName: 'admin',
    customerId: 'C1',
  },
  actor: { email: 'admin@acme.example' },
  events: names.map((name) => ({
    type: 'x',
    name,
    parameters: [{ name: 'USER_EMAIL', value: 'bob@acme.example' }],
  })),
});

describe('an export of each vendor', () => {
  it.each(samples.map((one) => [`${one.preset}, ${one.variant}`, one] as const))(
    'imports whole by recognition alone, is a duplicate the second time, and verifies: %s',
    async (_, sample) => {
      const store = openTemporaryStore();
      const preset = sample.preset === 'memfault' ? 'memfault' : null;
      const events = sample.pairs.flatMap((pair) => pair.events).length;
      const first = await importInto(store, fileOf(sample, { bom: true }), { preset });
      expect([first.preset, first.read, first.imported, first.rejected]).toEqual([
        sample.preset,
        events,
        events,
        0,
      ]);
      const again = await importInto(store, fileOf(sample), { preset });
      expect([again.imported, again.duplicates, again.conflicts]).toEqual([0, events, 0]);
      expect(await verify(store)).toEqual([]);
    },
  );

  it('is the same log as JSON and as CSV where records have ids', async () => {
    const store = openTemporaryStore();
    const json = sampleOf('okta', 'json');
    await importInto(store, fileOf({ ...json, pairs: json.pairs.slice(0, 8) }));
    const twin = await importInto(store, fileOf(sampleOf('okta', 'csv')));
    expect([twin.read, twin.imported, twin.duplicates, twin.conflicts]).toEqual([8, 0, 8, 0]);
  });
});

describe('real CloudTrail logs', () => {
  it('have the categories an auditor looks for', async () => {
    const store = openTemporaryStore();
    for (const name of [
      'aws.persistence.iam-create-admin-user',
      'aws.initial-access.console-login-without-mfa',
      'aws.exfiltration.ec2-security-group-open-port-22-ingress',
    ]) {
      const report = await importInto(store, fixture(`cloudtrail/${name}.json`));
      expect([report.preset, report.rejected, codesOf(report)]).toEqual(['cloudtrail', 0, []]);
    }
    const found = eventsOf(store).map((event) => [
      event.action,
      event.category,
      event.outcome,
      event.subject,
    ]);
    expect(found.sort()).toEqual([
      ['AttachUserPolicy', 'access.granted', 'success', 'malicious-iam-user'],
      ['AuthorizeSecurityGroupIngress', 'network.exposure', 'success', null],
      ['ConsoleLogin', 'auth.success', 'success', null],
      ['CreateAccessKey', 'credential', 'success', null],
      ['CreateUser', 'account.created', 'success', null],
    ]);
    expect(await verify(store)).toEqual([]);
  });
});

describe('a record of several events', () => {
  it('is stored as so many events, numbered in their uids and vendor ids, and counted each', async () => {
    const store = openTemporaryStore();
    const report = await importInto(
      store,
      ndjson(activity('q1', 'CREATE_USER', 'ASSIGN_ROLE'), activity('q2', 'DELETE_USER')),
    );
    expect([report.read, report.imported, report.rejected]).toEqual([3, 3, 0]);
    expect(messageOf(report, 'several-events')).toBe(
      '1 of the 2 records hold several events each: every event is counted for itself, so 3 were read.',
    );
    const events = eventsOf(store);
    const [first = ''] = events.map(({ uid }) => uid.slice(0, 16));
    expect(events.map(({ uid, action, row }) => [uid, action, row])).toEqual([
      [`${first}.1`, 'CREATE_USER', 1],
      [`${first}.2`, 'ASSIGN_ROLE', 1],
      [expect.stringMatching(/^[a-z2-7]{16}$/), 'DELETE_USER', 2],
    ]);
    expect(store.db.prepare('SELECT vendor_id FROM record ORDER BY event_id').pluck().all()).toEqual([
      'q1#1',
      'q1#2',
      'q2',
    ]);
    expect(await verify(store)).toEqual([]);
  });

  it('keeps its multiplicity: as often as in the file that has it most', async () => {
    const twice = () =>
      ndjson(activity('q1', 'CREATE_USER', 'ASSIGN_ROLE'), activity('q1', 'CREATE_USER', 'ASSIGN_ROLE'));
    const once = () => ndjson(activity('q1', 'CREATE_USER', 'ASSIGN_ROLE'));
    for (const files of [
      [once(), twice(), twice()],
      [twice(), once()],
    ]) {
      const store = openTemporaryStore();
      for (const file of files) {
        const report = await importInto(store, file);
        expect(report.read).toBe(report.imported + report.duplicates + report.rejected);
      }
      const uids = eventsOf(store).map(({ uid }) => uid.slice(16));
      expect(uids.sort()).toEqual(['.1', '.1-2', '.2', '.2-2']);
      expect(await verify(store)).toEqual([]);
    }
  });

  it('rejects the one that is no event, and says which', async () => {
    const store = openTemporaryStore();
    const report = await importInto(store, ndjson(activity('q1', 'CREATE_USER', '', 'DELETE_USER')));
    expect([report.read, report.imported, report.rejected]).toEqual([3, 2, 1]);
    expect(report.rejections).toEqual([{ row: 1, reason: 'event 2 of 3 in it: it has no event name' }]);
    const again = await importInto(store, ndjson(activity('q1', 'CREATE_USER', '', 'DELETE_USER')));
    expect([again.imported, again.duplicates, again.rejected]).toEqual([0, 2, 1]);
    expect(await verify(store)).toEqual([]);
  });

  it('is in conflict event by event when it comes with other content', async () => {
    const store = openTemporaryStore();
    await importInto(store, ndjson(activity('q1', 'CREATE_USER', 'ASSIGN_ROLE')));
    const report = await importInto(store, ndjson(activity('q1', 'CREATE_USER', 'UNASSIGN_ROLE')));
    expect([report.imported, report.duplicates, report.conflicts]).toEqual([1, 1, 1]);
    expect(await verify(store)).toEqual([]);
  });

  it('is found out when its stored number does not follow from it', async () => {
    const store = openTemporaryStore();
    await importInto(store, ndjson(activity('q1', 'CREATE_USER', 'ASSIGN_ROLE')));
    store.db.exec('DROP TRIGGER stored_event_no_update; UPDATE stored_event SET part = 3 WHERE part = 2');
    expect(await verify(store)).toContainEqual(
      expect.objectContaining({ check: 'events', detail: 'its record is no event: it has no event 3' }),
    );
  });
});

describe('a record whose id came before with the same meaning', () => {
  it('does not make its own record a second occurrence', async () => {
    const record = (note: string) => ({ ...activity('q1', 'DELETE_USER'), etag: note });
    const store = openTemporaryStore();
    await importInto(store, ndjson(record('a')));
    const report = await importInto(store, ndjson(record('b'), record('a')));
    expect([report.imported, report.duplicates]).toEqual([0, 2]);
    const more = await importInto(store, ndjson(record('b'), record('a'), record('a')));
    expect([more.imported, more.duplicates]).toEqual([1, 2]);
    expect(await verify(store)).toEqual([]);
  });
});

describe('an export that does not say all', () => {
  const gitlab = (rows: number) => {
    const header =
      'ID,Author ID,Author Name,Entity ID,Entity Type,Entity Path,Target ID,Target Type,Target Details,Action,IP Address,Created At (UTC)';
    const row = (id: number) =>
      `${id},1,Ann,6,Project,acme/plant,6,Project,plant,project_archived,,2026-01-05 10:00:00`;
    return temporaryFile(
      'gitlab.csv',
      `${[header, ...Array.from({ length: rows }, (_, id) => row(id))].join('\n')}\n`,
    );
  };

  it.each([
    [99_998, []],
    [99_999, ['cap']],
    [100_000, ['cap']],
  ] as const)(
    'is flagged when it has as many rows as the vendor exports at most, within one: %s',
    async (rows, codes) => {
      const report = await importInto(openTemporaryStore(), gitlab(rows));
      expect(codesOf(report)).toEqual(codes);
      if (codes.length > 0)
        expect(messageOf(report, 'cap')).toContain('What is missing is at the newest end');
    },
  );

  it('is flagged when its oldest record is clearly younger than what the vendor still keeps', async () => {
    const day = 86_400_000;
    const record = (age: number) => ({
      action: 'repo.create',
      actor: 'mona',
      org: 'acme',
      repo: 'acme/plant',
      created_at: Date.now() - age * day,
    });
    const young = await importInto(openTemporaryStore(), ndjson(record(30), record(1)));
    expect(messageOf(young, 'retention')).toContain('30 days before this import');
    expect(codesOf(await importInto(openTemporaryStore(), ndjson(record(175), record(1))))).toEqual([]);
    const store = openTemporaryStore();
    await importInto(store, ndjson(record(200), record(100)));
    expect(codesOf(await importInto(store, ndjson(record(50), record(1))))).toEqual([]);
  });

  it('is flagged when a CSV’s places for targets or properties are all filled', async () => {
    const okta = sampleOf('okta', 'csv');
    const full = okta.pairs.map(({ record }) => ({
      record: { ...record, 'target3.type': 'User' },
      events: [],
    }));
    const report = await importInto(openTemporaryStore(), fileOf({ ...okta, pairs: full.slice(0, 2) }));
    expect(messageOf(report, 'lost-slots')).toMatch(/^2 records fill all four places a CSV has for targets/);

    const entra = sampleOf('entra', 'csv');
    const record = { ...entra.pairs[0]?.record, Target3DisplayName: 'x', Target2ModifiedProperty5Name: 'y' };
    const both = await importInto(
      openTemporaryStore(),
      fileOf({ ...entra, pairs: [{ record, events: [] }] }),
    );
    expect(codesOf(both)).toEqual(['lost-slots', 'lost-slots']);
  });
});

describe('an export no preset knows', () => {
  it('is read by the names of its columns, which the report tells, into a source of the file’s name', async () => {
    const store = openTemporaryStore();
    const rows = [
      ['When', 'What', 'Operation', 'User', 'E-Mail', 'Host'],
      ['2026-01-05 10:00:00', 'x', 'valve.open', '', '', 'h1'],
      ['2026-01-05 10:00:01', 'x', 'valve.close', 'bob', '', 'h1'],
    ];
    const report = await importInto(store, temporaryFile('scada-audit_2026-01.csv', csv(rows)));
    expect([report.preset, report.source, report.imported]).toEqual(['generic', 'scada-audit', 2]);
    expect(codesOf(report)).toEqual(['generic-mapping', 'unknown-events', 'unknown-columns', 'time-assumed']);
    expect(messageOf(report, 'generic-mapping')).toContain(
      'time from When, action from Operation, actor from User',
    );
    expect(messageOf(report, 'unknown-columns')).toContain('What, E-Mail, Host');
    expect(
      eventsOf(store).map((event) => [event.action, event.actor, event.timeBasis, event.category]),
    ).toEqual([
      ['valve.open', null, 'assumed', 'other'],
      ['valve.close', 'bob', 'assumed', 'other'],
    ]);
  });
});
