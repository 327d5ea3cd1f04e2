import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { createReviewReader } from '#core/engine/pack-reviews.ts';
import { loadControlMap } from '#core/evidence/control-map.ts';
import { gatherFacts } from '#core/evidence/gather.ts';
import { createPayload } from '#core/evidence/payload.ts';
import { writeWorkbook } from '#core/evidence/workbook/workbook.ts';
import type { Event } from '#core/model.ts';
import { createPace } from '#core/pace.ts';
import { usualSettings } from '#core/review-model.ts';
import type { Store } from '#core/store/open.ts';
import { ironflockCsv, temporaryFile, temporaryFolder } from '../../support/workspace.ts';
import { create, fixedTime, openSeeds, openWorkspace, parseNdjson, readPackText, request } from './create.ts';
import { hostileTexts } from './hostile.ts';
import { readZip } from './zip-entries.ts';

const workbookOf = (folder: string) => join(folder, 'data/02_Workbook.xlsx');

/** Only the workbook, with sheets of `rowLimit` rows. */
async function writeSmallSheets(store: Store, rowLimit: number) {
  const folder = join(temporaryFolder(), 'pack');
  mkdirSync(folder);
  const payload = createPayload(folder);
  const pace = createPace(new AbortController().signal, () => {});
  const { facts } = await gatherFacts(store, request(), payload, {
    map: loadControlMap('iso27001'),
    application: { name: 'Exhibit', version: 'test' },
    generatedAt: fixedTime.getTime(),
    activity: null,
    freeze: null,
    signing: null,
    redactionSecret: new Uint8Array(32),
    reviews: createReviewReader(request(), {
      settings: usualSettings,
      explanations: [],
      campaigns: [],
      exceptions: [],
      leavers: null,
    }),
    pace,
    beforeRows: () => {},
  });
  return { folder, facts, report: await writeWorkbook(payload, facts, { pace, rowLimit }) };
}

/** A workspace of JSON records: unlike a CSV file, they can hold every UTF-16 unit. */
function openHostile(): Promise<Store> {
  const records = hostileTexts.map((text, index) => ({
    timestamp: `2026-02-01T10:00:${String(index).padStart(2, '0')}Z`,
    user: { username: text },
    asset: { type: 'device', key: 4007, name: text, project: 'plant' },
    aspect: 'Name',
    old: text,
    new: 'after',
  }));
  return openWorkspace(temporaryFile('hostile.json', JSON.stringify(records)));
}

describe('the workbook', () => {
  it('has no formula, no link and no cell that is not typed text or a number', async () => {
    const { folder } = await create(await openHostile(), { organisation: '=1+1', preparedBy: '@SUM(A1)' });
    const parts = await readZip(workbookOf(folder));
    const sheets = [...parts].filter(([name]) => name.startsWith('xl/worksheets/'));
    expect(sheets.length).toBeGreaterThan(8);
    for (const [, content] of sheets) {
      const xml = content.toString('utf8');
      expect(xml).not.toMatch(/<f[ >/]|<hyperlink|<dde|<oleObject/);
      for (const [, attributes] of xml.matchAll(/<c ([^>]*)>/g)) {
        expect(attributes).toMatch(/^r="[A-Z]+\d+" s="\d+"( t="inlineStr")?$/);
      }
      for (const [, number] of xml.matchAll(/<v>([^<]*)<\/v>/g)) expect(number).toMatch(/^\d+$/);
    }
    expect([...parts.keys()].filter((name) => /external|vba|connections|queryTable/i.test(name))).toEqual([]);
  });

  it('reads back in another reader with every text as it was', async () => {
    const { folder } = await create(await openHostile());
    const events = parseNdjson<Event>(readPackText(folder, 'data/10_populations/00_all-events.ndjson'));
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(workbookOf(folder));
    const sheet = book.getWorksheet('P-00 All events') as ExcelJS.Worksheet;
    const header = (sheet.getRow(1).values as string[]).slice(1);
    const actor = header.indexOf('Actor') + 1;
    const old = header.indexOf('Old value') + 1;
    expect(sheet.actualRowCount).toBe(events.length + 1);
    for (const [index, event] of events.entries()) {
      for (const [column, expected] of [
        [actor, event.actor],
        [old, event.oldValue],
      ] as const) {
        const cell = sheet.getRow(index + 2).getCell(column);
        expect(cell.type === ExcelJS.ValueType.Formula).toBe(false);
        const text = cell.value === null ? '' : plainText(cell.value);
        // exceljs itself does not turn a reader's `_xHHHH_` back; every other program does.
        const decoded = text.replace(/_x([0-9A-Fa-f]{4})_/g, (_all, code) =>
          String.fromCharCode(Number.parseInt(code, 16)),
        );
        expect(decoded).toBe(expected ?? '');
      }
    }
  });

  it('freezes the heading, filters it, and gives each column a width', async () => {
    const { folder } = await create(await openSeeds());
    const parts = await readZip(workbookOf(folder));
    const names = [
      ...(parts.get('xl/workbook.xml')?.toString() ?? '').matchAll(/<sheet [^>]*name="([^"]*)"/g),
    ].map(([, name]) => name);
    expect(names).toEqual([
      'Summary',
      'Scope &amp; sources',
      'Import balance',
      'Rejected rows',
      'Categories &amp; controls',
      'Controls',
      'Populations',
      'R-01 Access',
      'R-02 People',
      'R-03 Then and now',
      'R-04 Sessions',
      'R-05 Failures',
      'R-06 Breaks',
      'R-07 Coverage',
      'R-12 Movers',
      'P-00 All events',
      'P-01 Access rights',
      'P-02 Privileged, remote',
      'P-03 Authentication',
      'P-04 Changes',
      'P-05 Assets',
      'P-06 Data',
      'P-07 Monitoring',
    ]);
    const number = names.indexOf('P-00 All events') + 1;
    const xml = parts.get(`xl/worksheets/sheet${number}.xml`)?.toString() ?? '';
    expect(xml).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
    expect(xml).toContain('<autoFilter ref="A1:W2401"/>');
    const columns = [...xml.matchAll(/<col min="(\d+)" max="(\d+)" width="[\d.]+"/g)];
    expect(columns.reduce((sum, [, min, max]) => sum + Number(max) - Number(min) + 1, 0)).toBe(23);
  });

  it('goes on in numbered sheets when a table is longer than one, and leaves out what is only a repetition', async () => {
    const { folder, facts, report } = await writeSmallSheets(await openSeeds(), 401);
    const changes = report.sheets.filter(({ name }) => name.startsWith('P-04'));
    expect(changes.map(({ name }) => name)).toEqual([
      'P-04 Changes 1 of 3',
      'P-04 Changes 2 of 3',
      'P-04 Changes 3 of 3',
    ]);
    const rows = facts.parts.find(({ area }) => area.id === 'P-04')?.rows ?? 0;
    expect(changes.map((sheet) => sheet.rows)).toEqual([400, 400, rows - 800]);
    expect(report.sheets.some(({ name }) => name.startsWith('P-00'))).toBe(false);
    const summary = (await readZip(workbookOf(folder))).get('xl/worksheets/sheet1.xml')?.toString();
    expect(summary).toContain('P-00 is longer than a sheet and is in the CSV');
  });

  it('cuts a value that is longer than a cell, visibly, and says how often', async () => {
    const file = temporaryFile(
      'long.csv',
      ironflockCsv([`2026-01-05T10:00:00Z,a,device,1,press,p,Name,,x,${'y'.repeat(40_000)}`]),
    );
    const { folder, warnings } = await create(await openWorkspace(file));
    // The new value and the raw record, each on the sheet of all events and on that of its area; the value now.
    expect(warnings).toContainEqual(expect.stringMatching(/^5 values were cut in the workbook/));
    const sheets = await readZip(workbookOf(folder));
    const all = [...sheets].flatMap(([name, part]) =>
      name.includes('/sheet') ? [part.toString('utf8')] : [],
    );
    expect(all.join('')).toContain('yyy …⟨cut here: the value has 40,000 characters, the CSV has all⟩');
  });
});

/** The text of a cell as exceljs gives inline strings: plain, or as runs. */
function plainText(value: ExcelJS.CellValue | undefined): string {
  if (typeof value === 'object' && value !== null && 'richText' in value)
    return value.richText.map(({ text }) => text).join('');
  return String(value);
}
