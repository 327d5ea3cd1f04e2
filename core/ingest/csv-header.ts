// Where the column names of a CSV stand: below titles that reports put above them, beside a cell that has no name, or
// nowhere. A record is never taken for the names, since it would be missing from the log without a word.

import { isAddress } from '#core/mapping/column-values.ts';
import { readTime } from '#core/time.ts';
import { readLocalDate } from '#core/written-dates.ts';
import { type CsvRow, detectDelimiter } from './csv.ts';

/** Excel's `sep=;` in the first line says the delimiter and is no header. */
export function readSeparatorLine(head: string): { delimiter: string; skip: number } {
  const said = /^"?sep=(.)"?\r?\n/i.exec(head);
  if (said) return { delimiter: said[1] as string, skip: 1 };
  const lines = head.split('\n', 10).filter((line) => line.trim() !== '');
  // Lines of words may stand above the header: the line with the most delimiters decides.
  const delimiters = lines.map((line) => ({
    delimiter: detectDelimiter(line),
    cells: line.split(detectDelimiter(line)).length,
  }));
  const best = delimiters.reduce((a, b) => (b.cells > a.cells ? b : a), { delimiter: ',', cells: 0 });
  return { delimiter: best.delimiter, skip: 0 };
}

/**
 * The header among the first rows, behind `skip` of them: the first row that is as wide as most and no title that a
 * spreadsheet filled up with empty cells. Where that is a record, most rows are wider than the names, and the header
 * stands above the first record: as wide as it, or with a name less, as the event viewer of Windows leaves the last
 * column without one. Else there is no header, and null is returned.
 */
export function findHeader(rows: readonly CsvRow[], skip: number): { at: number; cells: string[] } | null {
  const widths = rows.slice(skip, skip + 50).map((row) => row.cells.length);
  const width = mostFrequent(widths.filter((one) => one > 1));
  const candidates = rows.slice(skip, skip + 20).flatMap(({ cells }, index) => {
    return cells.length > 1 && (cells.length === width || widths.length === 1)
      ? [{ at: skip + index, cells }]
      : [];
  });
  const found = candidates.find(({ cells }) => !isTitle(cells)) ?? candidates[0];
  if (!found || !isRecord(found.cells)) return found ?? null;
  const first = rows.findIndex(({ cells }, index) => index >= skip && isRecord(cells));
  const names = first > skip ? (rows[first - 1] as CsvRow).cells : [];
  const missing = (rows[first] as CsvRow).cells.length - names.length;
  if (names.length < 2 || isTitle(names)) return null;
  if (missing === 0) return { at: first - 1, cells: names };
  return missing === 1 && !names.includes('') ? { at: first - 1, cells: [...names, ''] } : null;
}

/** Most of its cells are empty: a title, in a spreadsheet of as many columns as the table below it has. */
const isTitle = (cells: readonly string[]): boolean =>
  cells.length > 2 && cells.filter((cell) => cell.trim() !== '').length <= cells.length / 2;

/** A cell with an instant, an address or a number as long as a Unix time is a value: no column is called so. */
const isRecord = (cells: readonly string[]): boolean =>
  cells.some((cell) => isAddress(cell) || /^\d{10,}$/.test(cell) || (cell.includes(':') && isInstant(cell)));

function isInstant(cell: string): boolean {
  const read = readTime(cell) ?? readLocalDate(cell, 'day-first') ?? readLocalDate(cell, 'month-first');
  return read !== null && read !== 'ambiguous';
}

function mostFrequent(numbers: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const one of numbers) counts.set(one, (counts.get(one) ?? 0) + 1);
  let best = 0;
  let most = 0;
  for (const [number, count] of counts) if (count > most) [best, most] = [number, count];
  return best;
}
