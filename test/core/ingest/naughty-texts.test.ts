// Texts that break programs, in every column of an export: csv-spectrum's files and the Big List of Naughty Strings.
// What was in the file is in the log, byte for byte, and can be searched for.

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Event } from '#core/model.ts';
import { eachEvent } from '#core/query/events.ts';
import { openStore, type Store } from '#core/store/open.ts';
import { exhibit, exhibitJson } from '../../support/command-line.ts';
import { verifyFailures } from '../../support/log-content.ts';
import {
  fixture,
  importInto,
  openTemporaryStore,
  query,
  temporaryFile,
  temporaryFolder,
} from '../../support/workspace.ts';

describe('a file of csv-spectrum', () => {
  const names = readdirSync(fixture('csv-spectrum'))
    .filter((name) => name.endsWith('.csv'))
    .map((name) => name.replace('.csv', ''));
  const coordinates = {
    'Contact Phone Number': '2095257564',
    'Location Coordinates': `37\ufffd36'37.8"N 121\ufffd2'17.9"W`,
    Cities: 'Modesto',
    Counties: 'Stanislaus',
  };

  /** The same file with a time and an event name in front of each record, and nothing else touched. */
  function asExport(text: string): string {
    let isInside = false;
    return text
      .split(/(?<=\n)/)
      .map((line, index) => {
        const front = index === 0 ? 'timestamp,event,' : '2026-01-05T10:00:00Z,valve.open,';
        const whole = isInside ? line : front + line;
        if ((line.match(/"/g)?.length ?? 0) % 2 === 1) isInside = !isInside;
        return whole;
      })
      .join('');
  }

  it.each(names)('comes out of the log cell by cell as it went in: %s', (name) => {
    const text = readFileSync(fixture(`csv-spectrum/${name}.csv`), 'utf8');
    const expected: object[] =
      name === 'location_coordinates'
        ? [coordinates]
        : JSON.parse(readFileSync(fixture(`csv-spectrum/${name}.json`), 'utf8'));
    const folder = temporaryFolder();
    const run = exhibit(['import', temporaryFile(`${name}.csv`, asExport(text)), '-w', folder]);
    expect([run.exit, run.err]).toEqual([0, '']);
    const { events } = exhibitJson<{ events: Event[] }>('events', '-w', folder);
    const inOrder = events.sort((a, b) => a.row - b.row).map(({ raw }) => raw);
    const front = { timestamp: '2026-01-05T10:00:00Z', event: 'valve.open' };
    expect(inOrder).toEqual(expected.map((record) => ({ ...front, ...record })));
  });
});

const naughty = JSON.parse(readFileSync(fixture('naughty-strings/blns.json'), 'utf8')) as string[];
const textColumns = {
  user: 'actor',
  asset_type: 'targetType',
  asset_key: 'targetId',
  asset_name: 'targetName',
  project: 'scope',
  subject: 'subject',
  old_value: 'oldValue',
  new_value: 'newValue',
} as const satisfies Record<string, keyof Event>;
const columns = ['timestamp', 'aspect', ...Object.keys(textColumns)];

type Row = { aspect: string; text: string };
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const cells = ({ aspect, text }: Row) => [
  '2026-01-05T10:00:00Z',
  aspect,
  ...Object.keys(textColumns).map(() => text),
];
const record = ({ aspect, text }: Row) => ({
  timestamp: '2026-01-05T10:00:00Z',
  user: { username: text },
  aspect,
  asset: { type: text, key: text, name: text, project: text },
  subject: text,
  old: text,
  new: text,
});
const escaped = (json: string) =>
  json.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** How each writes a file of these rows, and what the log shows as the raw record of one. */
const formats = {
  'CSV with quotes': {
    name: 'naughty.csv',
    write: (rows: Row[]) =>
      [columns.join(','), ...rows.map((row) => cells(row).map(quoted).join(','))].join('\r\n'),
    raw: (row: Row): object => Object.fromEntries(cells(row).map((cell, at) => [columns[at], cell])),
  },
  'CSV with quotes only where they are needed': {
    name: 'naughty.csv',
    write: (rows: Row[]) => {
      const cell = (text: string) => (/^"|[,\r\n]/.test(text) ? quoted(text) : text);
      return [columns.join(','), ...rows.map((row) => cells(row).map(cell).join(','))].join('\n');
    },
    raw: (row: Row): object => Object.fromEntries(cells(row).map((cell, at) => [columns[at], cell])),
  },
  'a JSON array': {
    name: 'naughty.json',
    write: (rows: Row[]) => JSON.stringify(rows.map(record), null, 1),
    raw: record,
  },
  NDJSON: {
    name: 'naughty.ndjson',
    write: (rows: Row[]) => rows.map((row) => JSON.stringify(record(row))).join('\n'),
    raw: record,
  },
  'NDJSON with escapes': {
    name: 'naughty.ndjson',
    write: (rows: Row[]) => rows.map((row) => escaped(JSON.stringify(record(row)))).join('\n'),
    raw: record,
  },
};

/** The numbers of the events a filter finds. */
const find = (store: Store, filter: string) =>
  [...eachEvent(store, query({ filter }), 'oldest')].map((event) => event.uid);
const inFilter = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;

describe.each(Object.entries(formats))('naughty strings in %s', (_, { name, write, raw }) => {
  const rows = naughty.map((text) => ({ aspect: 'Name', text }));

  it('come out of every column as they went in', async () => {
    const folder = temporaryFolder();
    const run = exhibit(['import', temporaryFile(name, write(rows)), '-w', folder]);
    expect([run.exit, run.err]).toEqual([0, '']);
    const lines = exhibit(['events', '-w', folder, '--format', 'ndjson']).out.trimEnd().split('\n');
    const events = lines.map((line) => JSON.parse(line) as Event).sort((a, b) => a.row - b.row);
    expect(events.map((event) => event.raw)).toEqual(rows.map(raw));
    for (const [index, { text }] of rows.entries()) {
      const event = events[index] as Event;
      // An empty text is no name; the raw record above has it.
      if (text === '') continue;
      for (const column of Object.values(textColumns)) expect(event[column]).toBe(text);
    }
    const store = openStore(folder, { mode: 'read' });
    expect(await verifyFailures(store)).toEqual([]);
    store.close();
  });

  it('are found again, anywhere and in their column', async () => {
    const store = openTemporaryStore();
    await importInto(store, temporaryFile(name, write(rows)));
    const all = [...eachEvent(store, query(), 'oldest')];
    for (const [index, { text }] of rows.entries()) {
      if (text === '') continue;
      const { uid } = all[index] as Event;
      expect(find(store, inFilter(text)), text).toContain(uid);
      for (const key of ['actor', 'type', 'target', 'subject'])
        expect(find(store, `${key}:${inFilter(text)}`), `${key}:${text}`).toContain(uid);
    }
  });

  it('may be the name of the event, unless they are blank', async () => {
    const store = openTemporaryStore();
    const named = naughty.map((text) => ({ aspect: text, text: 'x' }));
    const blank = naughty.filter((text) => text.trim() === '');
    const report = await importInto(store, temporaryFile(name, write(named)));
    expect([report.read, report.rejected]).toEqual([naughty.length, blank.length]);
    const events = [...eachEvent(store, query(), 'oldest')];
    expect(events.map(({ action }) => action)).toEqual(naughty.filter((text) => text.trim() !== ''));
    for (const { action, uid } of events) expect(find(store, `action:${inFilter(action)}`)).toContain(uid);
    expect(await verifyFailures(store)).toEqual([]);
  });
});
