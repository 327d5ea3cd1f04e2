// The workbook: the pack's tables for a person who filters and tests. Rows come from the frozen population file, one
// sheet after the other; a table longer than a sheet goes on in numbered sheets. Same facts and time, same bytes.

import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import type { Pace } from '#core/pace.ts';
import { attributeHeadings, type SampleRequest } from '#core/sampling-model.ts';
import { type Cell, createStyles, openSheet, type Sheet, type SheetColumn } from '#core/workbook/sheet.ts';
import { areaIndexOf } from '../areas.ts';
import { eventColumns, workbookCells } from '../event-columns.ts';
import { categoryOfLine, readEventLine } from '../event-line.ts';
import type { PackFacts } from '../facts.ts';
import { readLines } from '../frozen-rows.ts';
import { createLocalClock, type LocalClock } from '../local-clock.ts';
import type { Payload } from '../payload.ts';
import { wholeNdjson } from '../populations.ts';
import { readFrozen } from '../review-tables.ts';
import type { Sample } from '../sample.ts';
import { readSampleLine, sampleSheet, tickColumns } from '../sample-files.ts';
import { factSheets } from './fact-sheets.ts';
import { setZipTimes } from './zip-times.ts';

export const workbookPath = 'data/02_Workbook.xlsx';
/** Rows of a sheet, the heading included (the format's limit). */
const sheetRows = 1_048_576;

export type WorkbookReport = { sheets: { name: string; rows: number }[]; cutCells: number };

/** Writes data/02_Workbook.xlsx. `rowLimit` is for tests: rows of a sheet, heading included. */
export async function writeWorkbook(
  payload: Payload,
  facts: PackFacts,
  options: { pace: Pace; rowLimit?: number },
): Promise<WorkbookReport> {
  const { pace, rowLimit = sheetRows } = options;
  const path = join(payload.folder, workbookPath);
  const file = createWriteStream(path, { flags: 'wx' });
  const broken = new Promise<never>((_resolve, reject) => file.once('error', reject));
  broken.catch(() => undefined);
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({
    stream: file,
    useStyles: true,
    useSharedStrings: false,
    // Twice as fast as the default level for a quarter more bytes.
    zip: { zlib: { level: 1 } },
  });
  workbook.creator = workbook.lastModifiedBy = `${facts.application.name} ${facts.application.version}`;
  workbook.created = workbook.modified = new Date(facts.generatedAt);
  const styles = createStyles(workbook);
  const report: WorkbookReport = { sheets: [], cutCells: 0 };
  const onCut = () => {
    report.cutCells += 1;
  };
  const start = (name: string, columns: readonly SheetColumn[], table: boolean): Sheet =>
    openSheet(workbook, styles, { name, columns, table, onCut });
  const finish = async (sheet: Sheet) => {
    await Promise.race([sheet.drain(), broken]);
    sheet.finish();
    report.sheets.push({ name: sheet.name, rows: sheet.rows });
  };

  const wholeFits = facts.whole.rows < rowLimit;
  const tables = dataTables(payload, facts, wholeFits);
  const total = tables.reduce((sum, { rows }) => sum + rows, 0);
  let done = 0;
  pace.report('Writing the workbook', 0, total, 'rows');
  try {
    for (const { name, columns, rows, table } of factSheets(facts, { wholeFits })) {
      const sheet = start(name, columns, table);
      for (const { cells, style } of rows) sheet.add(cells, style);
      await finish(sheet);
    }
    for (const { name, rows, columns, read } of tables) {
      const names = sheetNames(name, rows, rowLimit - 1);
      let sheet: Sheet | null = null;
      for (const cells of read()) {
        if (sheet?.rows === rowLimit - 1) {
          await finish(sheet);
          sheet = null;
        }
        sheet ??= start(names.shift() as string, columns, true);
        sheet.add(cells);
        done += 1;
        if (done % 128 === 0) {
          pace.report('Writing the workbook', done, total, 'rows');
          await Promise.race([sheet.drain(), broken]);
          await pace.turn();
        }
      }
      if (sheet) await finish(sheet);
    }
    await Promise.race([workbook.commit(), broken]);
  } catch (error) {
    file.destroy();
    throw error;
  }
  setZipTimes(path);
  payload.adopt(workbookPath);
  return report;
}

type DataTable = {
  name: string;
  rows: number;
  columns: readonly SheetColumn[];
  read(): Iterable<readonly Cell[]>;
};

/** The answers first, then the samples, the whole where it fits a sheet, and each area: those that have rows. */
function dataTables(payload: Payload, facts: PackFacts, wholeFits: boolean): DataTable[] {
  const clock = createLocalClock(facts.period.zone);
  const tables = [...(wholeFits && facts.whole.rows > 0 ? [facts.whole] : []), ...facts.parts].map(
    (population): DataTable => ({
      name: population.area.sheet,
      rows: population.rows,
      columns: eventColumns,
      read: () => readPopulation(join(payload.folder, wholeNdjson), facts.parts.indexOf(population), clock),
    }),
  );
  const samples = facts.samples.map(
    (sample): DataTable => ({
      name: sampleSheet(sample),
      rows: sample.drawn,
      columns: [...sampleColumns(sample.request), ...eventColumns],
      read: () => readSample(join(payload.folder, sample.paths.ndjson), sample, clock),
    }),
  );
  const answers = facts.reviews.tables.map(
    (table): DataTable => ({
      name: table.sheet,
      rows: table.rows,
      columns: table.columns,
      read: () => readFrozen(payload, table),
    }),
  );
  return [...answers, ...samples, ...tables].filter(({ rows }) => rows > 0);
}

/** The first columns are the test's: blank, for the person who tests. */
function sampleColumns(request: SampleRequest): SheetColumn[] {
  return [
    { title: 'Stratum', width: 18 },
    { title: 'Rank', width: 8, number: true },
    { title: 'State', width: 12 },
    { title: 'Reason', width: 24 },
    ...attributeHeadings(request).map((title) => ({
      title,
      width: Math.min(24, Math.max(12, title.length + 1)),
    })),
    ...tickColumns.map((title) => ({ title, width: title === 'Exception' ? 30 : 16 })),
    { title: 'Score', width: 24 },
  ];
}

/** Rows of the area with that index, or of the whole for -1. */
function* readPopulation(path: string, areaIndex: number, clock: LocalClock): Generator<Cell[]> {
  for (const { text } of readLines(path)) {
    if (areaIndex !== -1 && areaIndexOf(categoryOfLine(text)) !== areaIndex) continue;
    yield toCells(text, clock);
  }
}

function* readSample(path: string, { request }: Sample, clock: LocalClock): Generator<Cell[]> {
  const blank = [...attributeHeadings(request), ...tickColumns].map(() => null);
  for (const { text } of readLines(path)) {
    const { stratum, rank, score, state, reason, line } = readSampleLine(text);
    yield [stratum, rank, state, reason, ...blank, score, ...toCells(line, clock)];
  }
}

function toCells(line: string, clock: LocalClock): Cell[] {
  const { event, raw } = readEventLine(line);
  return workbookCells({ event, raw, timeLocal: clock.format(Date.parse(event.time)) });
}

/** `P-04 Changes`, or `P-04 Changes 1 of 3` when it needs more than one sheet. */
function sheetNames(name: string, rows: number, rowsPerSheet: number): string[] {
  const sheets = Math.max(1, Math.ceil(rows / rowsPerSheet));
  if (sheets === 1) return [name];
  return Array.from({ length: sheets }, (_, index) => `${name} ${index + 1} of ${sheets}`);
}
