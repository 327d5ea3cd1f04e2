// Inserts rows many at a time, since a statement for many rows costs less than as many statements. What is the same for
// all rows of an import is written into the statement: binding a value costs more than storing it. Values are handed over
// one by one and not in an array, whose elements cost as much again to take out.

import type { Database, Statement } from 'better-sqlite3';

export type RowInserter = {
  /** Takes the values of one row, in their order, and inserts when enough have come. */
  add(values: readonly (string | number | null)[]): void;
  /** Inserts what is left. */
  flush(): void;
  /** Whether nothing is left to insert. */
  isEmpty(): boolean;
};

const rowsAtOnce = [64, 8, 1] as const;
const [most] = rowsAtOnce;

/**
 * An inserter of rows of so many values. `sql` makes the statement from its rows, `(?, ?), (?, ?) …`; `shared` gives its
 * named values where it has some.
 */
export function createRowInserter(
  db: Database,
  width: number,
  row: string,
  sql: (rows: string) => string,
  shared?: () => Record<string, Buffer>,
): RowInserter {
  const statements = new Map<number, Statement>();
  const pending: (string | number | null)[] = new Array(most * width).fill(null);
  let count = 0;

  function run(rows: number, values: readonly (string | number | null)[]): void {
    let statement = statements.get(rows);
    if (!statement) {
      // Most files are small: what they do not need is not prepared.
      statement = db.prepare(sql(Array(rows).fill(row).join(', ')));
      statements.set(rows, statement);
    }
    if (shared) statement.run(...values, shared());
    else statement.run(...values);
  }

  return {
    add(values) {
      const at = count * width;
      for (let column = 0; column < width; column++) pending[at + column] = values[column] ?? null;
      count += 1;
      if (count < most) return;
      count = 0;
      run(most, pending);
    },
    flush() {
      let done = 0;
      for (const rows of rowsAtOnce)
        for (; count - done >= rows; done += rows)
          run(rows, pending.slice(done * width, (done + rows) * width));
      count = 0;
    },
    isEmpty: () => count === 0,
  };
}

/**
 * An inserter for one table. `columns` are given row by row; `fixed` are columns with the same whole number, or null, in
 * each row.
 */
export function createTableInserter(
  db: Database,
  table: string,
  columns: readonly string[],
  fixed: Readonly<Record<string, number | null>>,
): RowInserter {
  const names = [...Object.keys(fixed), ...columns].join(', ');
  const row = `(${[...Object.values(fixed).map((value) => String(value)), ...columns.map(() => '?')].join(', ')})`;
  return createRowInserter(
    db,
    columns.length,
    row,
    (rows) => `INSERT INTO ${table} (${names}) VALUES ${rows}`,
  );
}
