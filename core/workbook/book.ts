// Writes a workbook: the IPE card first, then one or more tables, each in as many sheets as it needs. Rows go straight to
// the file, so a million of them take no more memory than a thousand.

import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import ExcelJS from 'exceljs';
import { syncFile } from '#core/new-file.ts';
import type { Pace } from '#core/pace.ts';
import { type Cell, createStyles, openSheet, type Sheet, type SheetColumn } from './sheet.ts';

/** Rows of a sheet, the heading included (the format's limit). */
export const sheetRows = 1_048_576;

/** A part of an IPE card. */
export type CardPart = { title: string; lines: [label: string, value: string | number][] };

/** A table of a workbook. `total` rows will come; the name is that of its sheets. */
export type BookTable = {
  name: string;
  total: number;
  columns: readonly SheetColumn[];
  rows: Iterable<readonly Cell[]>;
};

/** `changed`: cells that had to be cut to what a cell can hold. */
export type WrittenBook = { rows: number; changed: number; bytes: number; sha256: string };

/**
 * Writes a new file and puts it on the disk. `whole` says which file has all of a text that was cut; `hashNote` where the
 * file's own hash is kept; `rowLimit`: rows of a sheet, heading included.
 */
export async function writeBook(
  path: string,
  options: {
    card: readonly CardPart[];
    tables: readonly BookTable[];
    pace: Pace;
    unit: string;
    whole: string;
    hashNote: string;
    application: { name: string; version: string };
    at: number;
    rowLimit: number;
  },
): Promise<WrittenBook> {
  const { pace, tables, application, rowLimit } = options;
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
  workbook.creator = workbook.lastModifiedBy = `${application.name} ${application.version}`;
  workbook.created = workbook.modified = new Date(options.at);
  const styles = createStyles(workbook);
  let changed = 0;
  const open = (name: string, columns: readonly SheetColumn[], table: boolean): Sheet =>
    openSheet(workbook, styles, {
      name,
      columns,
      table,
      whole: options.whole,
      onCut: () => {
        changed += 1;
      },
    });
  const close = async (sheet: Sheet) => {
    await Promise.race([sheet.drain(), broken]);
    sheet.finish();
  };
  let done = 0;
  try {
    await close(addCard(open('IPE card', cardColumns, false), options.card, options.hashNote));
    const total = tables.reduce((sum, table) => sum + table.total, 0);
    for (const table of tables) {
      const names = sheetNames(table.name, table.total, rowLimit - 1);
      let sheet = open(names.shift() as string, table.columns, true);
      for (const cells of table.rows) {
        if (sheet.rows === rowLimit - 1) {
          await close(sheet);
          sheet = open(names.shift() as string, table.columns, true);
        }
        sheet.add(cells);
        done += 1;
        if (done % 64 === 0) {
          pace.report('Writing the file', done, total, options.unit);
          await Promise.race([sheet.drain(), broken]);
          await pace.turn();
        }
      }
      await close(sheet);
    }
    await Promise.race([workbook.commit(), broken]);
  } catch (error) {
    await destroyed(file);
    throw error;
  }
  syncFile(path);
  return { rows: done, changed, ...(await hashFile(path, pace)) };
}

const cardColumns: SheetColumn[] = [
  { title: '', width: 36 },
  { title: '', width: 110 },
];

function addCard(sheet: Sheet, parts: readonly CardPart[], hashNote: string): Sheet {
  sheet.add(['IPE card: information produced by the entity'], 'title');
  for (const { title, lines } of parts) {
    sheet.add([]);
    sheet.add([title, ''], 'head');
    for (const line of lines) sheet.add(line, 'pair');
  }
  sheet.add([]);
  sheet.add(['SHA-256 of this file', hashNote]);
  return sheet;
}

/** The name, or `Events 1 of 3` where the rows need more than one sheet. */
function sheetNames(name: string, rows: number, rowsPerSheet: number): string[] {
  const sheets = Math.max(1, Math.ceil(rows / rowsPerSheet));
  if (sheets === 1) return [name];
  return Array.from({ length: sheets }, (_, index) => `${name} ${index + 1} of ${sheets}`);
}

/** Settles when the file is closed, so that it can be removed everywhere. */
function destroyed(file: ReturnType<typeof createWriteStream>): Promise<void> {
  return new Promise((resolve) => {
    if (file.closed) resolve();
    else file.once('close', () => resolve()).destroy();
  });
}

async function hashFile(path: string, pace: Pace): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
    pace.check();
  }
  return { bytes, sha256: hash.digest('hex') };
}
