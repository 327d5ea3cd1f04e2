// The columns of an exported list: those of `exhibit events --format csv`, in its order. CSV names them as JSON does,
// a sheet in words.

import type { Event } from '#core/model.ts';
import type { Cell, SheetColumn } from '#core/workbook/sheet.ts';

type Key = keyof Event;
type ExportColumn = SheetColumn & { key: Key };

/** `width` is that of the sheet, in characters. */
const columns: readonly ExportColumn[] = [
  { key: 'uid', title: 'Event id', width: 20 },
  { key: 'time', title: 'Time (UTC)', width: 24 },
  { key: 'timeText', title: 'Time as in the record', width: 26 },
  { key: 'timeBasis', title: 'Time basis', width: 12 },
  { key: 'source', title: 'Source', width: 18 },
  { key: 'import', title: 'Import', width: 10, number: true },
  { key: 'row', title: 'Row in the file', width: 11, number: true },
  { key: 'action', title: 'Action', width: 22 },
  { key: 'category', title: 'Category', width: 18 },
  { key: 'actor', title: 'Actor', width: 28 },
  { key: 'actorType', title: 'Actor type', width: 11 },
  { key: 'targetType', title: 'Target type', width: 12 },
  { key: 'targetId', title: 'Target id', width: 16 },
  { key: 'targetName', title: 'Target name', width: 22 },
  { key: 'scope', title: 'Scope', width: 16 },
  { key: 'subject', title: 'Subject', width: 28 },
  { key: 'field', title: 'Field', width: 20 },
  { key: 'oldValue', title: 'Old value', width: 32 },
  { key: 'newValue', title: 'New value', width: 32 },
  { key: 'ip', title: 'IP address', width: 18 },
  { key: 'outcome', title: 'Outcome', width: 10 },
  { key: 'raw', title: 'Raw record (JSON)', width: 60 },
];

/** The first line of a CSV file. */
export const csvHeader: readonly string[] = columns.map(({ key }) => key);

/** The columns of a sheet. */
export const sheetColumns: readonly SheetColumn[] = columns;

/** An event as the cells of a CSV line, its values as they are. */
export function csvCells(event: Event): (string | number | null)[] {
  return columns.map(({ key }) => (key === 'raw' ? JSON.stringify(event.raw) : event[key]));
}

/** An event as the cells of a sheet's row: its time is a typed date, its numbers are numbers, all else is text. */
export function sheetCells(event: Event): Cell[] {
  return columns.map(({ key }) => {
    if (key === 'raw') return JSON.stringify(event.raw);
    return key === 'time' ? new Date(event.time) : event[key];
  });
}
