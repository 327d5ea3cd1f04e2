// Writes an exported view as a workbook: the card first, then the events, in as many sheets as they need. Rows go
// straight to the file, so a million of them take no more memory than a thousand.

import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import ExcelJS from 'exceljs';
import type { Event } from '#core/model.ts';
import { syncFile } from '#core/new-file.ts';
import type { Pace } from '#core/pace.ts';
import { createStyles, openSheet, type Sheet, type SheetColumn } from '#core/workbook/sheet.ts';
import type { CardPart } from './card.ts';
import { sheetCells, sheetColumns } from './columns.ts';
import type { Written } from './write-lines.ts';

/** Rows of a sheet, the heading included (the format's limit). */
export const sheetRows = 1_048_576;

/** Writes the events to a new file and puts it on the disk. `rowLimit`: rows of a sheet, heading included. */
export async function writeWorkbook(
  path: string,
  events: Iterable<Event>,
  options: {
    pace: Pace;
    total: number;
    card: readonly CardPart[];
    application: { name: string; version: string };
    at: number;
    rowLimit: number;
  },
): Promise<Written> {
  const { pace, total, application, rowLimit } = options;
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
      whole: 'an export as NDJSON',
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
    await close(addCard(open('IPE card', cardColumns, false), options.card));
    const names = sheetNames(total, rowLimit - 1);
    let sheet = open(names.shift() as string, sheetColumns, true);
    for (const event of events) {
      if (sheet.rows === rowLimit - 1) {
        await close(sheet);
        sheet = open(names.shift() as string, sheetColumns, true);
      }
      sheet.add(sheetCells(event));
      done += 1;
      if (done % 64 === 0) {
        pace.report('Writing the file', done, total, 'events');
        await Promise.race([sheet.drain(), broken]);
        await pace.turn();
      }
    }
    await close(sheet);
    await Promise.race([workbook.commit(), broken]);
  } catch (error) {
    await destroyed(file);
    throw error;
  }
  syncFile(path);
  return { events: done, changed, ...(await hashFile(path, pace)) };
}

const cardColumns: SheetColumn[] = [
  { title: '', width: 36 },
  { title: '', width: 110 },
];

function addCard(sheet: Sheet, parts: readonly CardPart[]): Sheet {
  sheet.add(['IPE card: information produced by the entity'], 'title');
  for (const { title, lines } of parts) {
    sheet.add([]);
    sheet.add([title, ''], 'head');
    for (const line of lines) sheet.add(line, 'pair');
  }
  sheet.add([]);
  sheet.add([
    'SHA-256 of this file',
    'in the text file beside it, and in the activity log: no file can hold its own',
  ]);
  return sheet;
}

/** `Events`, or `Events 1 of 3` when they need more than one sheet. */
function sheetNames(rows: number, rowsPerSheet: number): string[] {
  const sheets = Math.max(1, Math.ceil(rows / rowsPerSheet));
  if (sheets === 1) return ['Events'];
  return Array.from({ length: sheets }, (_, index) => `Events ${index + 1} of ${sheets}`);
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
