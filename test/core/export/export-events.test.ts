// An exported view has exactly the rows of the view, in its order, whatever the filter; its values come back as they
// were; its card says how it was made; and what is not finished is not there.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sheetColumns } from '#core/export/columns.ts';
import { type ExportRequest, exportEvents } from '#core/export/export-events.ts';
import type { Event, EventQuery, Progress } from '#core/model.ts';
import { eachEvent } from '#core/query/events.ts';
import { printFilter } from '#core/query/filter.ts';
import { readLogState } from '#core/store/imports.ts';
import { openStore, type Store } from '#core/store/open.ts';
import { parseBoundary } from '#core/time.ts';
import { splitCsv } from '../../support/csv.ts';
import { addEvents } from '../../support/filled-log.ts';
import {
  fixture,
  importInto,
  openTemporaryStore,
  query,
  temporaryFile,
  temporaryFolder,
} from '../../support/workspace.ts';
import { log, type Question } from '../browse/arbitrary.ts';
import { type Known, matches, sorted } from '../browse/oracle.ts';
import { hostileTexts } from '../evidence/hostile.ts';

const newest = { by: 'time', direction: 'desc' } as const;

/** Exports to a new folder and gives the report, the path and the card. */
async function exportView(
  store: Store,
  request: Partial<ExportRequest>,
  options: { rowLimit?: number; folder?: string; signal?: AbortSignal; progress?(p: Progress): void } = {},
) {
  const { folder = temporaryFolder(), rowLimit } = options;
  const whole = { query: query(), sort: newest, format: 'csv' as const, ...request };
  const path = join(folder, `view.${whole.format}`);
  const report = await exportEvents(store, whole, {
    path,
    person: 'auditor',
    signal: options.signal ?? new AbortController().signal,
    progress: options.progress ?? (() => {}),
    ...(rowLimit === undefined ? {} : { rowLimit }),
  });
  return { report, path, card: readFileSync(`${path}.ipe.txt`, 'utf8') };
}

const readNdjson = (path: string): Event[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Event);

/** The sheets of events in a workbook, as a program that is not ours to write reads them. */
async function readSheets(
  path: string,
): Promise<{ name: string; rows: ExcelJS.CellValue[][]; sheet: ExcelJS.Worksheet }[]> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(path);
  return book.worksheets.map((sheet) => {
    const rows: ExcelJS.CellValue[][] = [];
    sheet.eachRow((row) => rows.push((row.values as ExcelJS.CellValue[]).slice(1)));
    return { name: sheet.name, rows, sheet };
  });
}

/** Records in JSON can hold every text. */
async function openHostile(): Promise<Store> {
  const store = openTemporaryStore();
  const records = hostileTexts.map((text, index) => ({
    timestamp: `2026-02-01T10:00:${String(index).padStart(2, '0')}.120Z`,
    user: { username: text },
    asset: { type: 'device', key: 4007, name: text, project: 'plant' },
    aspect: 'Name',
    old: text,
    new: 'after',
  }));
  await importInto(store, temporaryFile('hostile.json', JSON.stringify(records)));
  return store;
}

async function openSeeds(): Promise<Store> {
  const store = openTemporaryStore();
  await importInto(store, fixture('ironflock-export.csv'));
  await importInto(store, fixture('flowtriq-export.csv'));
  return store;
}

it('exports exactly the rows of the view, in its order, for filters, periods and sorts of every shape', async () => {
  const folder = temporaryFolder();
  let number = 0;
  await fc.assert(
    fc.asyncProperty(log, async (imports) => {
      number += 1;
      const store = openStore(join(folder, String(number)), { mode: 'write' });
      // The disk has nothing to prove here.
      store.db.pragma('synchronous = OFF');
      try {
        const everything: Known[] = [];
        for (const { events, questions } of imports) {
          const uids = addEvents(store, events);
          everything.push(...events.map((one, at) => ({ ...one, uid: uids[at] as string })));
          for (const asked of questions.slice(0, 3)) await compare(store, everything, asked);
        }
      } finally {
        store.close();
      }
    }),
    { numRuns: 80 },
  );
}, 240_000);

async function compare(
  store: Store,
  everything: readonly Known[],
  { terms, from, to, zone, sort }: Question,
) {
  const asked: EventQuery = { filter: printFilter(terms), from, to, zone };
  const begin = from === null ? Number.NEGATIVE_INFINITY : parseBoundary(from, zone, 'from');
  const end = to === null ? Number.POSITIVE_INFINITY : parseBoundary(to, zone, 'to');
  if (begin >= end) return;
  const inPeriod = everything.filter(({ time }) => time >= begin && time < end);
  const expected = sorted(
    inPeriod.filter((one) => matches(one, terms)),
    sort,
  );
  const { report, path, card } = await exportView(store, { query: asked, sort, format: 'ndjson' });
  expect(readNdjson(path).map(({ uid }) => uid)).toEqual(expected.map(({ uid }) => uid));
  expect(report.events).toBe(expected.length);
  expect(figure(card, 'In the period')).toBe(inPeriod.length);
  expect(figure(card, 'Matching the filter')).toBe(expected.length);
}

/** A figure of the card by its label. */
const figure = (card: string, label: string): number =>
  Number(new RegExp(`^ {2}${label} {2,}([\\d,]+)$`, 'm').exec(card)?.[1]?.replaceAll(',', ''));

describe('an exported view', () => {
  it('has the same events in all three formats, with every value', async () => {
    const store = await openSeeds();
    const request = { query: query({ filter: 'category:access', to: '2026-02-28' }) };
    const expected = [...eachEvent(store, request.query, 'newest')];
    expect(expected.length).toBeGreaterThan(50);

    const ndjson = await exportView(store, { ...request, format: 'ndjson' });
    expect(readNdjson(ndjson.path)).toEqual(expected);

    const csv = await exportView(store, { ...request, format: 'csv' });
    const [header = [], ...lines] = splitCsv(readFileSync(csv.path, 'utf8'));
    expect(csv.report.notes).toEqual([]);
    expect(lines).toEqual(
      expected.map((event) =>
        header.map((key) =>
          key === 'raw' ? JSON.stringify(event.raw) : String(event[key as keyof Event] ?? ''),
        ),
      ),
    );

    const xlsx = await exportView(store, { ...request, format: 'xlsx' });
    const [card, events] = await readSheets(xlsx.path);
    expect([card?.name, events?.name]).toEqual(['IPE card', 'Events']);
    const [titles, ...rows] = events?.rows ?? [];
    expect(titles).toEqual(sheetColumns.map(({ title }) => title));
    expect(rows.map((row) => row[0])).toEqual(expected.map(({ uid }) => uid));
    expect(rows.map((row) => (row[1] as Date).toISOString())).toEqual(expected.map(({ time }) => time));
    expect(rows.map((row) => [row[5], row[6]])).toEqual(expected.map((event) => [event.import, event.row]));
    expect(rows.map((row) => row[21])).toEqual(expected.map(({ raw }) => JSON.stringify(raw)));
    expect(events?.sheet.getCell('B2').numFmt).toBe('yyyy-mm-dd hh:mm:ss.000');
    expect(events?.sheet.views).toMatchObject([{ state: 'frozen', ySplit: 1 }]);
    expect(events?.sheet.autoFilter).toBe(`A1:V${expected.length + 1}`);
    expect(events?.sheet.getColumn(2).width).toBe(24);
  });

  it('never becomes a formula, and keeps every text that was typed', async () => {
    const store = await openHostile();
    const expected = [...eachEvent(store, query(), 'newest')];
    const ndjson = await exportView(store, { format: 'ndjson' });
    expect(readNdjson(ndjson.path)).toEqual(expected);

    const csv = await exportView(store, { format: 'csv' });
    const [header = [], ...lines] = splitCsv(readFileSync(csv.path, 'utf8'));
    for (const [at, event] of expected.entries()) {
      const cell = lines[at]?.[header.indexOf('actor')] ?? '';
      expect(cell).not.toMatch(/^\s*[=+\-@]/);
      expect(cell === event.actor || cell === `'${event.actor}`).toBe(true);
    }
    expect(csv.report.notes[0]).toMatch(/got an apostrophe in front/);
    expect(csv.card).toContain(csv.report.notes[0]);

    const xlsx = await exportView(store, { format: 'xlsx' });
    const [, events] = await readSheets(xlsx.path);
    const decode = (value: ExcelJS.CellValue) =>
      String(value).replace(/_x([0-9A-F]{4})_/g, (_all, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      );
    for (const [at, event] of expected.entries()) {
      const cell = events?.sheet.getRow(at + 2).getCell(10) as ExcelJS.Cell;
      expect(cell.type).toBe(ExcelJS.ValueType.String);
      expect(decode(cell.value)).toBe(event.actor);
    }
  });

  it('goes on in further sheets where one is full', async () => {
    const store = await openSeeds();
    const { path, report } = await exportView(store, { format: 'xlsx' }, { rowLimit: 1001 });
    const sheets = await readSheets(path);
    expect(sheets.map(({ name, rows }) => [name, rows.length])).toEqual([
      ['IPE card', expect.any(Number)],
      ['Events 1 of 3', 1001],
      ['Events 2 of 3', 1001],
      ['Events 3 of 3', 401],
    ]);
    const uids = sheets.slice(1).flatMap(({ rows }) => rows.slice(1).map((row) => row[0]));
    expect(uids).toEqual([...eachEvent(store, query(), 'newest')].map(({ uid }) => uid));
    expect(report.events).toBe(2400);
  });

  it('has a card that says what was asked, of which log, how many, and the hash of the file', async () => {
    const store = await openSeeds();
    const asked = query({
      filter: 'actor:user14* category:access',
      from: '2026-01-01',
      to: '2026-01-31',
      zone: 'Europe/Berlin',
    });
    const { card, path, report } = await exportView(store, {
      query: asked,
      sort: { by: 'actor', direction: 'asc' },
    });
    const { root, size } = readLogState(store);
    for (const line of [
      'actor:user14* category:access',
      'events where actor is “user14*”, and category is “access”',
      '2026-01-01 to 2026-01-31',
      'from 2025-12-31T23:00:00.000Z to before 2026-01-31T23:00:00.000Z',
      'by actor, A to Z without case; events without one last, equal ones newest first',
      'auditor (account of this computer)',
      'WHERE e.time >= ? AND e.time < ? AND e.actor_id IN',
      root as string,
      size.toLocaleString('en-US'),
      'Source: IronFlock',
      createHash('sha256').update(readFileSync(path)).digest('hex'),
    ]) {
      expect(card).toContain(line);
    }
    expect(report.sha256).toBe(createHash('sha256').update(readFileSync(path)).digest('hex'));
    expect(report.bytes).toBe(statSync(path).size);
    expect(['Read from the files', 'Stored', 'Exported'].map((label) => figure(card, label))).toEqual([
      2400,
      2400,
      report.events,
    ]);
  });

  it('has a card that no filter can add a line to', async () => {
    const store = await openSeeds();
    const filter = '"SELECT x\n  SHA-256  0000\u202e"';
    const { card } = await exportView(store, { query: query({ filter }) });
    expect(card).not.toMatch(/^\s*SHA-256 {2}0000/m);
    expect(card).toContain('SELECT x\\n  SHA-256  0000\\u{202e}');
  });

  it('says of an empty view that it is empty', async () => {
    const store = await openSeeds();
    for (const format of ['csv', 'ndjson', 'xlsx'] as const) {
      const { report, card } = await exportView(store, { format, query: query({ filter: 'actor:nobody' }) });
      expect([report.events, figure(card, 'Exported')]).toEqual([0, 0]);
    }
  });
});

describe('an export', () => {
  it('leaves nothing behind when it is cancelled, at whatever stage', async () => {
    const store = await openSeeds();
    for (const format of ['csv', 'ndjson', 'xlsx'] as const) {
      for (const stage of ['Looking for the events', 'Writing the file']) {
        const folder = temporaryFolder();
        const stop = new AbortController();
        const run = exportView(
          store,
          { format },
          {
            folder,
            signal: stop.signal,
            progress: (progress) => progress.stage === stage && stop.abort(),
          },
        );
        await expect(run).rejects.toMatchObject({ code: 'cancelled' });
        expect(readdirSync(folder)).toEqual([]);
      }
    }
    expect(store.db.inTransaction).toBe(false);
  });

  it('touches no file that is there, neither its own name nor its card’s', async () => {
    const store = await openSeeds();
    for (const name of ['view.csv', 'view.csv.ipe.txt']) {
      const folder = temporaryFolder();
      writeFileSync(join(folder, name), 'mine');
      await expect(exportView(store, {}, { folder })).rejects.toMatchObject({ code: 'input' });
      expect(readFileSync(join(folder, name), 'utf8')).toBe('mine');
      expect(readdirSync(folder)).toEqual([name]);
    }
  });

  it('touches no file that came while it wrote', async () => {
    const store = await openSeeds();
    const folder = temporaryFolder();
    const late = join(folder, 'view.csv');
    const run = exportView(
      store,
      {},
      { folder, progress: () => existsSync(late) || writeFileSync(late, 'mine') },
    );
    await expect(run).rejects.toMatchObject({ code: 'input' });
    expect(readFileSync(late, 'utf8')).toBe('mine');
    expect(readdirSync(folder)).toEqual(['view.csv']);
  });

  it('says so when the folder is not there, or the filter makes no sense', async () => {
    const store = await openSeeds();
    const folder = join(temporaryFolder(), 'gone');
    await expect(exportView(store, {}, { folder })).rejects.toMatchObject({ code: 'input' });
    await expect(exportView(store, { query: query({ filter: 'who:me' }) })).rejects.toMatchObject({
      code: 'usage',
    });
  });
});
