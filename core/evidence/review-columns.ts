// The form of the tables of answers: columns, cells, and what several of them share.

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
  /** A column whose values are counted, for a chart. */
  countedBy?: string;
};

export const text = (key: string, title: string, width: number): ReviewColumn => ({ key, title, width });
export const figure = (key: string, title: string, width: number): ReviewColumn => ({
  key,
  title,
  width,
  number: true,
});
export const target = [
  text('source', 'Source', 20),
  text('targetType', 'Target type', 14),
  text('targetId', 'Target id', 18),
  text('targetName', 'Target', 24),
];
export const targetOf = (row: {
  source: string;
  targetType: string | null;
  targetId: string | null;
  targetName: string | null;
}): ReviewCell[] => [row.source, row.targetType, row.targetId, row.targetName];

export function* map<T>(rows: Iterable<T>, of: (row: T) => ReviewCell[]): Generator<ReviewCell[]> {
  for (const row of rows) yield of(row);
}

export function* flatMap<T>(rows: Iterable<T>, of: (row: T) => ReviewCell[][]): Generator<ReviewCell[]> {
  for (const row of rows) yield* of(row);
}
