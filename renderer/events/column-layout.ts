// Which columns the grid shows, in which order and how wide. Kept as data: the grid draws it, the columns' popover and
// the keys change it, a saved view carries it.

/** A shown column; `width` in px, null for the usual one, which grows with the window. */
export type ColumnPlace = { id: string; width: number | null };
export type Layout = readonly ColumnPlace[];

/** What a column is like before anybody changes it: px alone, or at least so many px and a share of what is left. */
export type ColumnMeasure = { id: string; least: number; share: number | null; isUsual: boolean };

export const narrowest = 60;
export const widest = 1200;
export const clampWidth = (width: number): number => Math.round(Math.min(Math.max(width, narrowest), widest));

export const usualLayout = (known: readonly ColumnMeasure[]): Layout =>
  known.filter(({ isUsual }) => isUsual).map(({ id }) => ({ id, width: null }));

/** A layout that was stored or shared: what is unknown or twice is left out; null when nothing is left. */
export function readLayout(value: unknown, known: readonly ColumnMeasure[]): Layout | null {
  if (!Array.isArray(value)) return null;
  const layout: ColumnPlace[] = [];
  for (const one of value as unknown[]) {
    if (typeof one !== 'object' || one === null) continue;
    const { id, width } = one as Record<string, unknown>;
    if (!known.some((column) => column.id === id) || layout.some((place) => place.id === id)) continue;
    layout.push({ id: id as string, width: typeof width === 'number' ? clampWidth(width) : null });
  }
  return layout.length === 0 ? null : layout;
}

/** Shows or hides a column; a shown one comes to the end, and the last one stays. */
export function setShown(layout: Layout, id: string, shown: boolean): Layout {
  const there = layout.some((place) => place.id === id);
  if (shown === there || (!shown && layout.length === 1)) return layout;
  return shown ? [...layout, { id, width: null }] : layout.filter((place) => place.id !== id);
}

/** Moves a column to another place among the shown ones. */
export function moveColumn(layout: Layout, id: string, to: number): Layout {
  const from = layout.findIndex((place) => place.id === id);
  const place = layout[from];
  const target = Math.min(Math.max(to, 0), layout.length - 1);
  if (!place || target === from) return layout;
  const rest = layout.toSpliced(from, 1);
  return rest.toSpliced(target, 0, place);
}

export const resizeColumn = (layout: Layout, id: string, width: number | null): Layout =>
  layout.map((place) => (place.id === id ? { id, width: width === null ? null : clampWidth(width) } : place));

/** CSS for the row's grid: the tracks, and the width below which the list scrolls sideways. */
export function tracksOf(
  layout: Layout,
  known: readonly ColumnMeasure[],
): { template: string; least: number } {
  let least = 0;
  let grows = false;
  const tracks = layout.map(({ id, width }) => {
    const column = known.find((one) => one.id === id);
    const px = width ?? column?.least ?? narrowest;
    least += px;
    if (width !== null || !column || column.share === null) return `${px}px`;
    grows = true;
    return `minmax(${px}px, ${column.share}fr)`;
  });
  // Where no column grows, what is left stays empty at the end.
  return { template: [...tracks, ...(grows ? [] : ['minmax(0, 1fr)'])].join(' '), least };
}
