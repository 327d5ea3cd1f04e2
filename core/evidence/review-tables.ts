// The tables of answers, R-01 to R-13: rights, people, values, sessions, failures, breaks, days, findings. They are frozen
// with the populations, from the same snapshot of the log; workbook and report are made from what was frozen.

import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { createCsvReader } from '#core/ingest/csv.ts';
import type { Explanation } from '#core/model.ts';
import { csvRecord } from './csv.ts';
import type { Payload } from './payload.ts';
import type { ReviewCell, ReviewDraft } from './review-columns.ts';
import { reviewDrafts } from './review-drafts.ts';
import type { PackReviews } from './reviews.ts';

export type ReviewTable = Omit<ReviewDraft, 'file' | 'rows'> & {
  /** Path of its CSV file in the pack. */
  csv: string;
  rows: number;
  /** The first rows, for the report. */
  head: ReviewCell[][];
  /** Rows by the values of the counted column, most first; empty without one. */
  counts: { label: string; value: number }[];
};

const folder = 'data/15_reviews';

/** Writes every wanted table into the payload; `headRows` of each are kept. `show` says how a text is shown where not as it is. */
export async function freezeReviews(
  reviews: PackReviews,
  explanations: readonly Explanation[],
  payload: Payload,
  {
    leftOut,
    headRows,
    turn,
    show,
  }: {
    /** Ids of tables that are not wanted. */
    leftOut: ReadonlySet<string>;
    headRows: number;
    turn(): Promise<void> | undefined;
    show: ((text: string, key: string) => string) | null;
  },
): Promise<ReviewTable[]> {
  const tables: ReviewTable[] = [];
  for (const { file, rows, ...draft } of reviewDrafts(reviews, explanations)) {
    if (leftOut.has(draft.id)) continue;
    const csv = `${folder}/${file}.csv`;
    const output = payload.open(csv);
    output.write(csvRecord(draft.columns.map(({ key }) => key)));
    const table: ReviewTable = { ...draft, csv, rows: 0, head: [], counts: [] };
    const counted = draft.columns.findIndex(({ key }) => key === draft.countedBy);
    const counts = new Map<string, number>();
    for (const read of rows) {
      const row = show
        ? read.map((cell, at) => (typeof cell === 'string' ? show(cell, draft.columns[at]?.key ?? '') : cell))
        : read;
      output.write(csvRecord(row));
      table.rows += 1;
      if (counted !== -1) {
        const label = String(row[counted] ?? '(none)');
        counts.set(label, (counts.get(label) ?? 0) + 1);
      }
      if (table.head.length < headRows) table.head.push(row.map(brief));
      if (table.rows % 500 === 0) await turn();
    }
    output.close();
    table.counts = [...counts]
      .map(([label, value]) => ({ label, value }))
      .sort((a, b) => b.value - a.value || (a.label < b.label ? -1 : 1));
    tables.push(table);
  }
  return tables;
}

/** Longer texts than a table of the report can show need not stay in memory. */
function brief(cell: ReviewCell): ReviewCell {
  return typeof cell === 'string' ? cell.slice(0, 2000) : cell;
}

/** The rows of a table as they were frozen. An empty text reads as none. */
export function* readFrozen(payload: Payload, { csv, columns }: ReviewTable): Generator<ReviewCell[]> {
  const input = openSync(join(payload.folder, csv), 'r');
  try {
    const reader = createCsvReader(',');
    const decoder = new StringDecoder('utf8');
    // The rows of a chunk are in memory together: more of them would outlive the collections that are cheap.
    const chunk = Buffer.allocUnsafe(64 * 1024);
    let isHeader = true;
    for (let length = readSync(input, chunk); length > 0; length = readSync(input, chunk)) {
      for (const { cells } of reader.push(decoder.write(chunk.subarray(0, length)))) {
        if (!isHeader) {
          yield cells.map((cell, at) => (cell === '' ? null : columns[at]?.number ? Number(cell) : cell));
        }
        isHeader = false;
      }
    }
  } finally {
    closeSync(input);
  }
}
