// The form of the tables of answers. A column says both what it is called and what stands in it, so that no cell can
// come under another heading.

export type ReviewCell = string | number | null;
export type ReviewColumn = { key: string; title: string; width: number; number?: true };

/** A table before it is written. */
export type ReviewDraft = {
  id: string;
  /** File name without extension, below data/15_reviews/. */
  file: string;
  title: string;
  /** Name of its sheet. */
  sheet: string;
  /** What a row is, and of what the table is made. */
  about: string;
  /** Whether the pack's filter narrows it. */
  isFiltered: boolean;
  columns: readonly ReviewColumn[];
  /** Its rows, a cell for each column; read as they are taken, and once. */
  rows: Iterable<ReviewCell[]>;
  /** A column whose values are counted, for a chart. */
  countedBy?: string;
};

/** A column of a table made of `Row`s. */
export type ColumnOf<Row> = ReviewColumn & { cell(row: Row): ReviewCell };

/** The draft of a table from what its rows are made of. */
export function tableOf<Row>(
  rows: Iterable<Row>,
  { columns, ...head }: Omit<ReviewDraft, 'columns' | 'rows'> & { columns: readonly ColumnOf<Row>[] },
): ReviewDraft {
  return {
    ...head,
    columns: columns.map(({ cell, ...column }) => column),
    rows: map(rows, (row) => columns.map(({ cell }) => cell(row))),
  };
}

/** A column of words; `width` in characters. */
export const text = <Row>(
  key: string,
  title: string,
  width: number,
  cell: ColumnOf<Row>['cell'],
): ColumnOf<Row> => ({ key, title, width, cell });

/** A column of numbers. */
export const figure = <Row>(
  key: string,
  title: string,
  width: number,
  cell: ColumnOf<Row>['cell'],
): ColumnOf<Row> => ({ key, title, width, number: true, cell });

export type Target = {
  source: string | null;
  targetType: string | null;
  targetId: string | null;
  targetName: string | null;
};

/** The columns of what something was done to. */
export const target: readonly ColumnOf<Target>[] = [
  text('source', 'Source', 20, (one) => one.source),
  text('targetType', 'Target type', 14, (one) => one.targetType),
  text('targetId', 'Target id', 18, (one) => one.targetId),
  text('targetName', 'Target', 24, (one) => one.targetName),
];

function* map<T>(rows: Iterable<T>, of: (row: T) => ReviewCell[]): Generator<ReviewCell[]> {
  for (const row of rows) yield of(row);
}
