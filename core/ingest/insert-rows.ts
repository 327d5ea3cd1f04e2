// Inserts rows many at a time, since a statement for sixteen rows costs less than sixteen statements. Columns that are
// the same for all rows of an import are written into the statement: binding a value costs more than storing it.

import type { Database, Statement } from 'better-sqlite3';

export type RowInserter = {
  /** Takes the values of one row, in the order of `columns`, and inserts when enough have come. */
  add(values: readonly (string | number | null)[]): void;
  /** Inserts what is left. */
  flush(): void;
};

const rowsAtOnce = 16;

/**
 * An inserter for one table. `columns` are given row by row; `fixed` are columns with the same whole number, or null, in
 * each row.
 */
export function createRowInserter(
  db: Database,
  table: string,
  columns: readonly string[],
  fixed: Readonly<Record<string, number | null>>,
): RowInserter {
  const names = [...Object.keys(fixed), ...columns].join(', ');
  const row = `(${[...Object.values(fixed).map((value) => String(value)), ...columns.map(() => '?')].join(', ')})`;
  const prepare = (count: number): Statement =>
    db.prepare(`INSERT INTO ${table} (${names}) VALUES ${Array(count).fill(row).join(', ')}`);
  const many = prepare(rowsAtOnce);
  const width = columns.length;
  const pending: (string | number | null)[] = new Array(rowsAtOnce * width).fill(null);
  let one: Statement | undefined;
  let count = 0;
  return {
    add(values) {
      const at = count * width;
      for (let column = 0; column < width; column++) pending[at + column] = values[column] ?? null;
      count += 1;
      if (count < rowsAtOnce) return;
      many.run(pending);
      count = 0;
    },
    flush() {
      if (count === 0) return;
      one ??= prepare(1);
      for (let row = 0; row < count; row++) one.run(pending.slice(row * width, (row + 1) * width));
      count = 0;
    },
  };
}
