// Where rows stand in a scroll range that may be too small for them. Chromium cannot lay out an element taller than
// 33,554,428 px, and paints at single precision, which is coarser than a pixel from 16,777,216 px on. So beyond
// `tallest` the range is scaled: its ends still mean the first and the last row.

/** px; as dense as a person likes it. */
export let rowHeight = 28;

/** Lists that are opened from now on have rows of this height, px. */
export function setRowHeight(height: number): void {
  rowHeight = height;
}

/** px; up to here positions are exact to a quarter of a pixel. */
export const tallest = 4_000_000;

export type Range = {
  /** Height of all rows. */
  content: number;
  /** Height of the element that scrolls; less than `content` when scaled. */
  laidOut: number;
  /** Height of what is seen. */
  view: number;
};

export function rangeOf(rows: number, view: number): Range {
  const content = rows * rowHeight;
  return { content, laidOut: Math.min(content, tallest), view };
}

export const isScaled = (range: Range): boolean => range.content > range.laidOut;

const clamp = (value: number, most: number) => Math.min(Math.max(0, value), Math.max(0, most));

/** Offset within the rows that a scroll position shows at the top. */
export function offsetAt(scrollTop: number, range: Range): number {
  const scrolls = range.laidOut - range.view;
  if (scrolls <= 0) return 0;
  if (!isScaled(range)) return clamp(scrollTop, scrolls);
  // Whole pixels, so that rows stay sharp.
  return Math.round((clamp(scrollTop, scrolls) / scrolls) * (range.content - range.view));
}

/** The scroll position that shows `offset` at the top: the inverse of `offsetAt`. */
export function scrollTopAt(offset: number, range: Range): number {
  const most = range.content - range.view;
  if (most <= 0) return 0;
  if (!isScaled(range)) return clamp(offset, most);
  return Math.round((clamp(offset, most) / most) * (range.laidOut - range.view));
}

/** The nearest offset to `offset` at which row `index` is wholly seen. */
export function offsetShowing(index: number, offset: number, range: Range): number {
  const top = index * rowHeight;
  if (top < offset) return top;
  if (top + rowHeight > offset + range.view)
    return clamp(top + rowHeight - range.view, range.content - range.view);
  return clamp(offset, range.content - range.view);
}

/** Rows to render, `[first, end)`, with a few beyond each edge. */
export function rowsSeen(
  offset: number,
  range: Range,
  rows: number,
  beyond = 6,
): [first: number, end: number] {
  const first = Math.max(0, Math.floor(offset / rowHeight) - beyond);
  const end = Math.min(rows, Math.ceil((offset + range.view) / rowHeight) + beyond);
  return [first, Math.max(first, end)];
}
