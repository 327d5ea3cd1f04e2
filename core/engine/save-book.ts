// Writes a review as a workbook, for window and command line: under a hidden name until it is whole, never over another
// file, and noted in the activity log.

import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readApplication } from '#core/assets.ts';
import type { CallContext } from '#core/engine.ts';
import { AppError } from '#core/errors.ts';
import { fileStem, isTaken, nameFiles, syncFolder } from '#core/new-file.ts';
import { createPace } from '#core/pace.ts';
import { personOfMachine, recordActivity } from '#core/store/activity.ts';
import { readInventory } from '#core/store/inventory.ts';
import { closing, type Store } from '#core/store/open.ts';
import { inSnapshot } from '#core/store/snapshot.ts';
import { type ReviewBook, reviewCard } from '#core/workbook/ipe.ts';

type Make = (store: Store) => ReviewBook;

/** Writes it into a folder under the first name that is free. */
export function saveBookInto(folder: string, words: string, make: Make, context: CallContext) {
  const stem = fileStem(words);
  for (let n = 1; ; n++) {
    const path = join(folder, `${stem}${n === 1 ? '' : ` (${n})`}.xlsx`);
    if (!existsSync(path)) return saveBook(path, make, context);
  }
}

/** Writes this file. Throws AppError: `input` where it is there already or its folder is not, `cancelled`. */
export async function saveBook(path: string, make: Make, context: CallContext): Promise<{ file: string }> {
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
      // The writer of workbooks takes a third of a second to load: only a workbook waits for it.
      const { writeBook, sheetRows } = await import('#core/workbook/book.ts');
      const written = await writeBook(join(building, 'book'), {
        card: reviewCard(book, readInventory(store), made),
        tables: book.tables,
        pace,
        unit: 'rows',
        whole: 'the log',
        hashNote: 'in the activity log: no file can hold its own',
        application: made.application,
        at: made.at,
        rowLimit: sheetRows,
      });
      return { written, book };
    });
    pace.check();
    nameFiles([{ unfinished: join(building, 'book'), path }]);
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
