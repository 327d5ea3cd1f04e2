// Which cell a key leads to, by the ARIA pattern for grids.

export type Place = { row: number; column: number };
type Size = { rows: number; columns: number; page: number };

/** The cell that `key` leads to from `from`, or null for a key that is not the grid's. */
export function moveBy(key: string, ctrl: boolean, from: Place, { rows, columns, page }: Size): Place | null {
  const to = (row: number, column: number): Place => ({
    row: Math.min(Math.max(0, row), rows - 1),
    column: Math.min(Math.max(0, column), columns - 1),
  });
  switch (key) {
    case 'ArrowDown':
      return to(from.row + 1, from.column);
    case 'ArrowUp':
      return to(from.row - 1, from.column);
    case 'ArrowRight':
      return to(from.row, from.column + 1);
    case 'ArrowLeft':
      return to(from.row, from.column - 1);
    case 'PageDown':
      return to(from.row + page, from.column);
    case 'PageUp':
      return to(from.row - page, from.column);
    case 'Home':
      return ctrl ? to(0, 0) : to(from.row, 0);
    case 'End':
      return ctrl ? to(rows - 1, columns - 1) : to(from.row, columns - 1);
    default:
      return null;
  }
}
