// Writes an exported view as a workbook: the card first, then the events, in as many sheets as they need.

import type { Event } from '#core/model.ts';
import type { Pace } from '#core/pace.ts';
import { type CardPart, sheetRows, writeBook } from '#core/workbook/book.ts';
import { sheetCells, sheetColumns } from './columns.ts';
import type { Written } from './write-lines.ts';

export { sheetRows };

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
  const { rows, ...written } = await writeBook(path, {
    ...options,
    tables: [{ name: 'Events', total: options.total, columns: sheetColumns, rows: cellsOf(events) }],
    unit: 'events',
    whole: 'an export as NDJSON',
    hashNote: 'in the text file beside it, and in the activity log: no file can hold its own',
  });
  return { events: rows, ...written };
}

function* cellsOf(events: Iterable<Event>) {
  for (const event of events) yield sheetCells(event);
}
