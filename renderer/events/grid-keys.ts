// Which cell a key leads to, by the ARIA pattern for grids. The header is row -1.

export type Place = { row: number; column: number };
/** The row of the header. */
export const header = -1;
type Size = { rows: number; columns: number; page: number };

/** The cell that `key` leads to from `from`, or null for a key that is not the grid's. */
export function moveBy(key: string, ctrl: boolean, from: Place, { rows, columns, page }: Size): Place | null {
  const to = (row: number, column: number, least = 0): Place => ({
    row: Math.min(Math.max(least, row), rows - 1),
    column: Math.min(Math.max(0, column), columns - 1),
  });
  const along = (column: number) => to(from.row, column, header);
  switch (key) {
    case 'ArrowDown':
      return to(from.row + 1, from.column);
    case 'ArrowUp':
      return to(from.row - 1, from.column, header);
    case 'ArrowRight':
      return along(from.column + 1);
    case 'ArrowLeft':
      return along(from.column - 1);
    case 'PageDown':
      return to(from.row + page, from.column);
    case 'PageUp':
      return to(from.row - page, from.column);
    case 'Home':
      return ctrl ? to(0, 0) : along(0);
    case 'End':
      return ctrl ? to(rows - 1, columns - 1) : along(columns - 1);
    default:
      return null;
  }
}
