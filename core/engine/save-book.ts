// Writes a review as a workbook, or as CSV with its card beside it, for window and command line: under a hidden name until
// it is whole, never over another file, and noted in the activity log.

import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { readApplication } from '#core/assets.ts';
import { asText, csvLine } from '#core/csv-text.ts';
import type { CallContext } from '#core/engine.ts';
import { AppError } from '#core/errors.ts';
import { cardText } from '#core/export/card.ts';
import { fileStem, isTaken, nameFiles, syncFile, syncFolder, writeNewFile } from '#core/new-file.ts';
import { createPace, type Pace } from '#core/pace.ts';
import { personOfMachine, recordActivity } from '#core/store/activity.ts';
import { readInventory } from '#core/store/inventory.ts';
import { closing, type Store } from '#core/store/open.ts';
import { inSnapshot } from '#core/store/snapshot.ts';
import type { BookTable, CardPart, WrittenBook } from '#core/workbook/book.ts';
import { type ReviewBook, reviewCard } from '#core/workbook/ipe.ts';
import type { Cell } from '#core/workbook/sheet.ts';

type Make = (store: Store) => ReviewBook;

export type BookFormat = 'csv' | 'xlsx';

/** Writes it into a folder under the first name that is free. */
export function saveBookInto(
  folder: string,
  words: string,
  make: Make,
  context: CallContext,
  format: BookFormat = 'xlsx',
) {
  const stem = fileStem(words);
  for (let n = 1; ; n++) {
    const path = join(folder, `${stem}${n === 1 ? '' : ` (${n})`}.${format}`);
    if (!existsSync(path)) return saveBook(path, make, context, format);
  }
}

/**
 * Writes this file; as CSV its first table, further ones beside it (`FILE-name.csv`), and the card as `FILE.ipe.txt`.
 * Throws AppError: `input` where it is there already or its folder is not, `cancelled`.
 */
export async function saveBook(
  path: string,
  make: Make,
  context: CallContext,
  format: BookFormat = 'xlsx',
): Promise<{ file: string }> {
  const folder = dirname(path);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new AppError('input', `${folder} is not a folder. Choose an existing folder for the workbook.`);
  if (existsSync(path)) throw isTaken(path);
  const pace = createPace(context.signal, context.progress);
  pace.report('Looking for the rows', 0, null, 'rows');
  const building = mkdtempSync(join(folder, '.exhibit-unfinished-'));
  try {
    const { written, book } = await inSnapshot(context.reader(), async () => {
      const store = context.reader();
      const made = {
        file: basename(path),
        person: personOfMachine(),
        at: Date.now(),
        application: readApplication(),
      };
      const book = make(store);
      const card = reviewCard(book, readInventory(store), made);
      if (format === 'csv') return { written: writeTables(building, path, book, card, pace), book };
      // The writer of workbooks takes a third of a second to load: only a workbook waits for it.
      const { writeBook, sheetRows } = await import('#core/workbook/book.ts');
      const one = await writeBook(join(building, 'book'), {
        card,
        tables: book.tables,
        pace,
        unit: 'rows',
        whole: 'the log',
        hashNote: 'in the activity log: no file can hold its own',
        application: made.application,
        at: made.at,
        rowLimit: sheetRows,
      });
      return { written: { ...one, files: [{ unfinished: join(building, 'book'), path }] }, book };
    });
    pace.check();
    nameFiles(written.files);
    syncFolder(folder);
    const { rows, bytes, sha256 } = written;
    closing(context.review(), (review) =>
      recordActivity(review, 'export', { file: basename(path), holds: book.holds, rows, bytes, sha256 }),
    );
    return { file: basename(path) };
  } finally {
    rmSync(building, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** The tables as CSV files and the card beside them; the hash is that of the first. */
function writeTables(
  building: string,
  path: string,
  { tables }: ReviewBook,
  card: readonly CardPart[],
  pace: Pace,
): Omit<WrittenBook, 'changed'> & { files: { unfinished: string; path: string }[] } {
  const total = tables.reduce((sum, table) => sum + table.total, 0);
  let guarded = 0;
  let done = 0;
  const cellOf = (cell: Cell) => {
    if (cell instanceof Date) return cell.toISOString();
    if (typeof cell !== 'string') return cell;
    const text = asText(cell);
    if (text !== cell) guarded += 1;
    return text;
  };
  function* linesOf({ columns, rows }: BookTable): Generator<string> {
    yield csvLine(columns.map(({ title }) => asText(title)));
    for (const row of rows) {
      yield csvLine(row.map(cellOf));
      done += 1;
      if (done % 256 === 0) pace.report('Writing the file', done, total, 'rows');
    }
  }
  const files = tables.map((table, at) => {
    const name = writeNewFile(building, `${at}.csv`, linesOf(table));
    return { unfinished: join(building, name), path: at === 0 ? path : besidePath(path, table.name) };
  });
  const bytes = readFileSync((files[0] as { unfinished: string }).unfinished);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const text = cardText(card, [
    ['Bytes', bytes.length],
    ['SHA-256', sha256],
    ...files.slice(1).map((one): [string, string] => ['Beside it', basename(one.path)]),
    ['Texts that a spreadsheet would calculate, with an apostrophe in front', guarded],
  ]);
  const own = writeNewFile(building, 'card.txt', [text]);
  for (const { unfinished } of files) syncFile(unfinished);
  files.push({ unfinished: join(building, own), path: `${path}.ipe.txt` });
  return { rows: done, bytes: bytes.length, sha256, files };
}

/** `sessions.csv` and a further table: `sessions-failures.csv`. */
function besidePath(path: string, table: string): string {
  const ending = extname(path);
  return `${path.slice(0, path.length - ending.length)}-${fileStem(table.toLowerCase())}${ending}`;
}
