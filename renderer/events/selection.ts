// Which rows of a view are selected: ranges of row numbers, so that five million selected rows are one range. Rows are
// counted from 0 in the order of the view; a selection means nothing in another view.

/** Half-open ranges in order, with a gap between each two. `anchor` is where an extension begins. */
export type Selection = { ranges: readonly (readonly [from: number, end: number])[]; anchor: number };

export const nothing: Selection = { ranges: [], anchor: 0 };

/** One row alone. */
export const selectRow = (row: number): Selection => ({ ranges: [[row, row + 1]], anchor: row });

/** No row, and the next extension begins here. */
export const anchorAt = (row: number): Selection => ({ ranges: [], anchor: row });

export const selectAll = (rows: number): Selection => ({ ranges: rows > 0 ? [[0, rows]] : [], anchor: 0 });

/** From the anchor to `row`, both included; with `added`, beside what is selected already. */
export function extendTo({ ranges, anchor }: Selection, row: number, added = false): Selection {
  const range: [number, number] = [Math.min(anchor, row), Math.max(anchor, row) + 1];
  return { ranges: added ? merge([...ranges, range]) : [range], anchor };
}

/** Takes the row in, or out where it is in. */
export function toggleRow(selection: Selection, row: number): Selection {
  if (!isSelected(selection, row))
    return { ranges: merge([...selection.ranges, [row, row + 1]]), anchor: row };
  const ranges = selection.ranges.flatMap(([from, end]): [number, number][] =>
    row < from || row >= end
      ? [[from, end]]
      : ([
          [from, row],
          [row + 1, end],
        ].filter(([a = 0, b = 0]) => a < b) as [number, number][]),
  );
  return { ranges, anchor: row };
}

export const isSelected = ({ ranges }: Selection, row: number): boolean =>
  ranges.some(([from, end]) => row >= from && row < end);

/** How many rows. */
export const countSelected = ({ ranges }: Selection): number =>
  ranges.reduce((sum, [from, end]) => sum + end - from, 0);

function merge(ranges: readonly (readonly [number, number])[]): [number, number][] {
  const merged: [number, number][] = [];
  for (const [from, end] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([from, end]);
  }
  return merged;
}
