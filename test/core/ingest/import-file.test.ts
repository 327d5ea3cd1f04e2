import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Event } from '#core/model.ts';
import { countEvents, eachEvent, groupEvents } from '#core/query/events.ts';
import { listImports } from '#core/store/imports.ts';
import {
  fixture,
  importInto,
  ironflockCsv,
  openTemporaryStore,
  query,
  temporaryFile,
} from '../../support/workspace.ts';
import { csvFile, row } from './ironflock-rows.ts';

describe('the seeded exports', () => {
  it('import whole, by recognition alone', async () => {
    const store = openTemporaryStore();
    const ironflock = await importInto(store, fixture('ironflock-export.csv'));
    const flowtriq = await importInto(store, fixture('flowtriq-export.csv'));
    expect([ironflock.preset, ironflock.read, ironflock.imported, ironflock.rejected]).toEqual([
      'ironflock',
      1500,
      1500,
      0,
    ]);
    expect([flowtriq.preset, flowtriq.read, flowtriq.imported, flowtriq.rejected]).toEqual([
      'flowtriq',
      900,
      900,
      0,
    ]);
    expect(ironflock.warnings).toEqual([]);
    expect(flowtriq.warnings).toEqual([]);
  });

  it('have the expected counts by category and system actors', async () => {
    const expected = JSON.parse(readFileSync(fixture('flowtriq-export.expected.json'), 'utf8'));
    for (const file of ['flowtriq-export.csv', 'flowtriq-export.ndjson']) {
      const store = openTemporaryStore();
      await importInto(store, fixture(file));
      const { groups } = groupEvents(store, query(), 'category');
      expect(Object.fromEntries(groups.map((group) => [group.key, group.count]))).toEqual(
        expected['by category'],
      );
      const events = [...eachEvent(store, query(), 'oldest')];
      expect(events.filter((event) => event.actorType === 'system').length).toBe(expected['system actors']);
    }
  });

  it('are all duplicates when they are imported again', async () => {
    const store = openTemporaryStore();
    for (const file of [
      'ironflock-export.csv',
      'flowtriq-export.csv',
      'ironflock-export.json',
      'flowtriq-export.ndjson',
    ]) {
      await importInto(openTemporaryStore(), fixture(file));
      const first = await importInto(store, fixture(file));
      const again = await importInto(store, fixture(file));
      expect([again.imported, again.duplicates, again.conflicts]).toEqual([0, first.read, 0]);
    }
  });

  it('warn of the overlap when their twin in another format comes', async () => {
    const store = openTemporaryStore();
    await importInto(store, fixture('ironflock-export.csv'));
    await importInto(store, fixture('flowtriq-export.csv'));
    for (const [file, count] of [
      ['ironflock-export.json', 1500],
      ['flowtriq-export.ndjson', 900],
    ] as const) {
      const twin = await importInto(store, fixture(file));
      expect(twin.imported + twin.duplicates).toBe(count);
      expect(twin.warnings.map((warning) => warning.code)).toEqual(['overlap']);
      expect(twin.warnings[0]?.message).toContain(`${count} of the ${count} stored events`);
    }
  });

  it('mean the same in both formats', async () => {
    const normalised = async (file: string) => {
      const store = openTemporaryStore();
      await importInto(store, fixture(file));
      return [...eachEvent(store, query(), 'oldest')].map(
        ({
          uid: _uid,
          raw: _raw,
          row: _row,
          import: _import,
          timeText: _text,
          timeBasis: _basis,
          action: _action,
          ...rest
        }: Event) => rest,
      );
    };
    expect(await normalised('ironflock-export.json')).toEqual(await normalised('ironflock-export.csv'));
    expect(await normalised('flowtriq-export.ndjson')).toEqual(await normalised('flowtriq-export.csv'));
  });
});

describe('an event', () => {
  it('keeps every column of its record, and its line', async () => {
    const store = openTemporaryStore();
    await importInto(
      store,
      csvFile(row({}), row({ key: '4008', new: '"two\nlines"' }), row({ key: '4009' })),
    );
    const events = [...eachEvent(store, query(), 'oldest')];
    expect(events.map((event) => event.row)).toEqual([2, 3, 5]);
    expect(events[0]).toMatchObject({
      time: '2026-01-05T10:00:00.000Z',
      timeBasis: 'explicit',
      action: 'Name',
      category: 'config.changed',
      actor: 'alice@acme',
      actorType: 'human',
      targetType: 'device',
      targetId: '4007',
      targetName: 'press-07',
      scope: 'plant',
      field: 'Name',
      oldValue: 'a',
      newValue: 'b',
      raw: {
        timestamp: '2026-01-05T10:00:00.000Z',
        user: 'alice@acme',
        asset_type: 'device',
        asset_key: '4007',
        asset_name: 'press-07',
        project: 'plant',
        aspect: 'Name',
        subject: '',
        old_value: 'a',
        new_value: 'b',
      },
    });
  });

  it('has no value for an empty cell, and keeps white space inside one', async () => {
    const store = openTemporaryStore();
    await importInto(store, csvFile(row({ old: '', new: ' b\t' })));
    const [event] = eachEvent(store, query(), 'oldest');
    expect([event?.oldValue, event?.newValue]).toEqual([null, ' b\t']);
  });

  it('has rights as canonical JSON, and is a grant only when rights are added and none taken', async () => {
    const store = openTemporaryStore();
    const rights = (old: string, next: string, key: string) =>
      row({
        aspect: 'Privilege changes',
        subject: 'bob@acme',
        key,
        old: `"${old.replaceAll('"', '""')}"`,
        new: `"${next.replaceAll('"', '""')}"`,
      });
    await importInto(
      store,
      csvFile(
        rights('[]', '["READ", "NETWORK"]', '1'),
        rights('["READ"]', '["NETWORK"]', '2'),
        rights('["READ"]', '[]', '3'),
        rights('READ', 'READ;DEVELOP', '4'),
      ),
    );
    const events = [...eachEvent(store, query(), 'oldest')];
    expect(events.map((event) => event.category)).toEqual([
      'access.granted',
      'access.changed',
      'access.changed',
      'access.granted',
    ]);
    expect(events[0]?.newValue).toBe('["READ","NETWORK"]');
    expect(events[0]?.subject).toBe('bob@acme');
  });

  it('of an unknown name is kept as it is, under the category other, and named in the report', async () => {
    const store = openTemporaryStore();
    const report = await importInto(
      store,
      csvFile(row({ aspect: 'Firmware hue' }), row({ aspect: 'Firmware hue', key: '1' })),
    );
    const [event] = eachEvent(store, query(), 'oldest');
    expect([event?.action, event?.category, event?.field]).toEqual(['Firmware hue', 'other', 'Firmware hue']);
    expect(report.warnings).toMatchObject([
      { code: 'unknown-events', message: expect.stringContaining('Firmware hue (2)') },
    ]);
  });
});

describe('bad input', () => {
  it('rejects what is no event with its line and reason, and imports the rest', async () => {
    const store = openTemporaryStore();
    const report = await importInto(
      store,
      csvFile(
        row({}),
        'too,few',
        row({ time: 'yesterday' }),
        row({ time: '' }),
        row({ aspect: '' }),
        '"a"b,c,d,e,f,g,h,i,j,k',
        row({ key: '1' }),
      ),
    );
    expect([report.read, report.imported, report.rejected]).toEqual([7, 2, 5]);
    expect(report.rejections).toEqual([
      { row: 3, reason: 'it has 2 cells where the header has 10' },
      { row: 4, reason: 'its time “yesterday” is not a date and time that can be read' },
      { row: 5, reason: 'it has no time' },
      { row: 6, reason: 'it has no event name' },
      { row: 7, reason: 'text follows a closing quote' },
    ]);
  });

  it('names file, line and remedy, and stores nothing, when the file cannot be read', async () => {
    const store = openTemporaryStore();
    const good = `${ironflockCsv([row({})])}`;
    const cases: [string, string | Uint8Array, string][] = [
      ['quote.csv', `${good}"2026,`, 'line 3 opens a quote that is never closed'],
      [
        'mixed.csv',
        Buffer.concat([Buffer.from(`${good}é\n`), Buffer.from([0xe9, 0x0a])]),
        'mixed.csv is not UTF-8 text: line 4',
      ],
      ['empty.csv', '', 'empty.csv is empty'],
      ['blank.csv', ' \n ', 'blank.csv holds nothing but blanks'],
      ['other.csv', 'a,b\n1,2\n', 'other.csv is not recognised'],
      ['object.json', '{\n"a": 1\n}', 'object.json is one JSON object without a list of records'],
      ['packed.gz', Buffer.from([0x1f, 0x8b, 9, 0, 0, 0, 0, 0, 0, 0, 1, 2]), 'packed.gz is damaged'],
    ];
    for (const [name, content, message] of cases) {
      await expect(importInto(store, temporaryFile(name, content))).rejects.toThrow(message);
    }
    await expect(importInto(store, '/nowhere/at-all.csv')).rejects.toThrow('is not there');
    expect(listImports(store)).toEqual([]);
    expect(countEvents(store, query())).toBe(0);
  });

  it('says that an export is cut off, and keeps what came before the cut', async () => {
    const store = openTemporaryStore();
    const whole = readFileSync(fixture('ironflock-export.json'), 'utf8');
    const report = await importInto(store, temporaryFile('cut.json', whole.slice(0, whole.length / 2)));
    expect(report.warnings.map((warning) => warning.code)).toContain('cut-off');
    expect(report.imported).toBeGreaterThan(700);
    expect(report.rejected).toBe(1);
    expect(report.read).toBe(report.imported + report.duplicates + report.rejected);
  });

  it('keeps hostile names, controls and numbers beyond 2^53 as they were', async () => {
    const store = openTemporaryStore();
    const record =
      '{"timestamp":"2026-01-05T10:00:00Z","user":"=cmd|\' /C calc\'!A0","aspect":"Name","asset":{"key":12345678901234567890,"type":"__proto__","name":"a\\u0000b\\ud800"},"old":null,"new":"\\u202e"}';
    const report = await importInto(store, temporaryFile('hostile.ndjson', `${record}\n`));
    expect(report.imported).toBe(1);
    const [event] = eachEvent(store, query(), 'oldest');
    expect(event).toMatchObject({
      actor: "=cmd|' /C calc'!A0",
      targetId: '12345678901234567890',
      targetType: '__proto__',
      targetName: 'a\0b\ufffd',
      newValue: '\u202e',
    });
  });

  it('reads UTF-8 with a byte order mark and UTF-16 as the same records', async () => {
    const text = ironflockCsv([row({ new: 'Grüße 日本' })]);
    const store = openTemporaryStore();
    await importInto(store, temporaryFile('plain.csv', text));
    const bom = await importInto(store, temporaryFile('bom.csv', `\ufeff${text}`));
    const utf16 = await importInto(
      store,
      temporaryFile('utf16.csv', Buffer.from(`\ufeff${text}`, 'utf16le')),
    );
    expect([bom.duplicates, utf16.duplicates]).toEqual([1, 1]);
  });
});

describe('a cancelled import', () => {
  it('leaves nothing behind', async () => {
    const store = openTemporaryStore();
    const stop = new AbortController();
    const many = temporaryFile(
      'many.csv',
      ironflockCsv(Array.from({ length: 60_000 }, (_, index) => row({ key: String(index) }))),
    );
    const run = importInto(store, many, { signal: stop.signal, progress: () => stop.abort() });
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
    expect(countEvents(store, query())).toBe(0);
    expect((await importInto(store, csvFile(row({})))).imported).toBe(1);
  });
});
