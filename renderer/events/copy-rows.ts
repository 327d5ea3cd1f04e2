// Copies selected rows to the clipboard: the columns that are shown, in their order, fetched from the engine whether
// they were scrolled to or not.

import type { EventRow } from '#core/model.ts';
import { ask } from '../engine/engine.ts';
import { errorOf } from '../words/errors.ts';
import { formatCount, formatCounted } from '../words/numbers.ts';
import type { Column } from './columns.tsx';
import { pageOf, type Question } from './question.ts';
import { countSelected, type Selection, selectRow } from './selection.ts';
import { tsvOf } from './tsv.ts';

/** More than this is for a file, not for the clipboard. */
export const mostCopied = 10_000;
const size = 500; // rows asked for at once, the most the engine gives
/** The engine cuts values of a list at 500 characters, and marks that. */
const isCut = (value: string | null) => value !== null && value.length > 500 && value.endsWith('…');

type What = { question: Question; selection: Selection; columns: readonly Column[]; zone: string };

/**
 * Copies the selection, or the row at its anchor where nothing is selected, and resolves to what to say of it.
 * Nothing is copied in part: what cannot be copied whole leaves the clipboard as it was.
 */
export async function copyRows(what: What, tell: (words: string) => void): Promise<string> {
  const wanted = what.selection.ranges.length === 0 ? selectRow(what.selection.anchor) : what.selection;
  const count = countSelected(wanted);
  if (count > mostCopied) {
    return `${formatCount(count)} rows are selected, and at most ${formatCount(mostCopied)} can be copied at once. Nothing was copied. Select fewer, or narrow the filter.`;
  }
  try {
    const rows: EventRow[] = [];
    for (const page of pagesOf(wanted)) {
      const window = await ask('events.window', pageOf(what.question, page, size));
      const first = page * size;
      rows.push(
        ...window.rows.filter((_row, at) =>
          wanted.ranges.some(([from, end]) => first + at >= from && first + at < end),
        ),
      );
      if (count > size) tell(`Copying: ${formatCount(rows.length)} of ${formatCount(count)} rows…`);
    }
    if (rows.length < count) return 'The log has changed meanwhile. Nothing was copied; select again.';
    const copied = what.columns.flatMap((column) => column.copied);
    const text = tsvOf(
      copied.map(({ name }) => name),
      rows.map((row) => copied.map(({ text }) => text(row, what.zone))),
    );
    await navigator.clipboard.writeText(text);
    const cut = rows.filter((row) => isCut(row.oldValue) || isCut(row.newValue)).length;
    return `Copied ${formatCounted(count, 'row')} with the column names.${
      cut === 0
        ? ''
        : ` In ${formatCount(cut)} of them a value is longer than 500 characters and ends in “…”.`
    }`;
  } catch (thrown) {
    return `Nothing was copied. ${errorOf(thrown).message}`;
  }
}

/** The pages that hold selected rows, in order. */
function pagesOf({ ranges }: Selection): number[] {
  const pages = new Set<number>();
  for (const [from, end] of ranges) {
    for (let page = Math.floor(from / size); page * size < end; page++) pages.add(page);
  }
  return [...pages].sort((a, b) => a - b);
}
