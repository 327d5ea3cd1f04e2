// A small table that a person hands over as CSV (a baseline, a snapshot, a list of leavers): any delimiter and encoding
// that exports may have, columns by any of their names. It is read whole, so its size is bounded.

import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { AppError } from './errors.ts';
import { type CsvRow, columnNames, createCsvReader, detectDelimiter } from './ingest/csv.ts';
import { createDecoder } from './ingest/encoding.ts';

/** A row by the keys asked for; null where it has no such cell or an empty one. `line` is where it stands. */
export type TableRow<K extends string> = { line: number } & Record<K, string | null>;

const mostBytes = 256 * 1024 * 1024;

/**
 * Reads a CSV file whose header has one of the names for each key (compared without case, blanks, `_`, `-` and `.`).
 * Throws AppError('input') when it is no CSV, when a needed column is missing or a needed cell is empty.
 */
export function readTable<K extends string>(path: string, columns: Wanted<K>): TableRow<K>[] {
  return readTableWithColumns(path, columns).rows;
}

type Wanted<K extends string> = Readonly<Record<K, WantedColumn>>;
/** `names` in the order in which they are preferred; `called` is the one that is asked for, where it is not the first. */
type WantedColumn = { names: readonly string[]; needed?: boolean; called?: string };

/** The same, and which column of the file was taken for each key; null for none. */
export function readTableWithColumns<K extends string>(
  path: string,
  columns: Wanted<K>,
): { rows: TableRow<K>[]; columns: Record<K, string | null> } {
  const file = basename(path);
  const { size } = statSync(path);
  if (size > mostBytes) throw new AppError('input', `${file} is larger than 256 MB. Split it.`);
  const bytes = readFileSync(path);
  const decoder = createDecoder(bytes.subarray(0, 1024), file);
  const text = (decoder.decode(bytes) + decoder.end()).replace(/^\ufeff/, '');
  const reader = createCsvReader(detectDelimiter(text.slice(0, text.search(/\r?\n|$/))));
  const [header, ...rows] = [...reader.push(text), ...reader.end()];
  if (!header) throw new AppError('input', `${file} is empty.`);
  const written = columnNames(header.cells);
  const keys = Object.entries(columns) as [K, WantedColumn][];
  const normals = written.map(normal);
  const places = keys.map(([key, { names, needed, called = names[0] }]) => {
    const at = names.map((name) => normals.indexOf(normal(name))).find((place) => place !== -1) ?? -1;
    if (at === -1 && needed)
      throw new AppError(
        'input',
        `${file} has no column “${called}”. It has ${written.map((name) => `“${name}”`).join(', ')}.`,
      );
    return { key, at, name: called as string, needed: needed === true };
  });
  const taken = Object.fromEntries(
    places.map(({ key, at }) => [key, at === -1 ? null : (written[at] as string)]),
  ) as Record<K, string | null>;
  const read = rows.filter(isFilled).map((row) => {
    if (row.fault !== null) throw new AppError('input', `${file}, line ${row.line}: ${row.fault}.`);
    const cells = { line: row.line } as TableRow<K>;
    for (const { key, at, name, needed } of places) {
      const cell = at === -1 ? null : row.cells[at] || null;
      if (cell === null && needed)
        throw new AppError('input', `${file}, line ${row.line}: “${name}” is empty.`);
      (cells as Record<K, string | null>)[key] = cell;
    }
    return cells;
  });
  return { rows: read, columns: taken };
}

/** An empty line is none. */
function isFilled({ cells }: CsvRow): boolean {
  return cells.length > 1 || cells[0] !== '';
}

function normal(name: string): string {
  return name.toLowerCase().replace(/[\s_.-]+/g, '');
}
