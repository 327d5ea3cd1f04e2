// The columns of an event wherever the pack shows one: CSV, samples and workbook. One list, so that the files agree;
// machine names are the keys of the NDJSON record, titles are for people.

import type { Event } from '#core/model.ts';

/** An event with the two texts that cost something to make, made once for all files. */
export type EventRow = {
  event: Omit<Event, 'raw'>;
  timeLocal: string;
  /** Canonical JSON of the raw record. */
  raw: string;
};

export type EventColumn = {
  key: string;
  title: string;
  /** Width in the workbook, in characters. */
  width: number;
  /** Text of the cell; null is "no value", which CSV shows as an empty unquoted field. */
  text(row: EventRow): string | null;
  /** The same as a number, for the workbook, where it is one. */
  number?(row: EventRow): number;
};

const own = (
  key: Exclude<keyof Event, 'raw' | 'import' | 'row'>,
  title: string,
  width: number,
): EventColumn => ({
  key,
  title,
  width,
  text: ({ event }) => event[key],
});

/** In reading order: when, who, what, to which, from what to what; then how we know; the raw record last. */
export const eventColumns: readonly EventColumn[] = [
  own('time', 'Time (UTC)', 25),
  { key: 'timeLocal', title: 'Time (zone of the pack)', width: 31, text: ({ timeLocal }) => timeLocal },
  own('source', 'Source', 18),
  own('category', 'Category', 18),
  own('action', 'Action', 22),
  own('actor', 'Actor', 28),
  own('actorType', 'Actor type', 11),
  own('targetType', 'Target type', 12),
  own('targetId', 'Target id', 16),
  own('targetName', 'Target name', 22),
  own('scope', 'Scope', 16),
  own('subject', 'Subject', 28),
  own('field', 'Field', 20),
  own('oldValue', 'Old value', 32),
  own('newValue', 'New value', 32),
  own('ip', 'IP address', 18),
  own('outcome', 'Outcome', 10),
  own('timeText', 'Time as in the record', 26),
  own('timeBasis', 'Time basis', 11),
  {
    key: 'import',
    title: 'Import',
    width: 8,
    text: ({ event }) => String(event.import),
    number: ({ event }) => event.import,
  },
  {
    key: 'row',
    title: 'Row in the file',
    width: 14,
    text: ({ event }) => String(event.row),
    number: ({ event }) => event.row,
  },
  own('uid', 'Event id', 20),
  { key: 'raw', title: 'Raw record (JSON)', width: 60, text: ({ raw }) => raw },
];

/** The cells of an event's row in the CSV files. */
export function csvCells(row: EventRow): (string | null)[] {
  return eventColumns.map((column) => column.text(row));
}

/** The cells of an event's row in the workbook. */
export function workbookCells(row: EventRow): (string | number | null)[] {
  return eventColumns.map((column) => column.number?.(row) ?? column.text(row));
}
