// Where the window was, and whether it can be there again: a screen may be gone since.

import type { Rectangle } from 'electron';
import { z } from 'zod';

/** Below this the tables no longer fit beside the detail pane. */
export const smallest = { width: 1024, height: 700 };
const usual = { width: 1360, height: 860 };

export const savedBounds = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
  maximized: z.boolean(),
});
export type SavedBounds = z.infer<typeof savedBounds>;

/**
 * The bounds to open with: the saved ones when their title bar is on one of the screens, at least the smallest size
 * and no larger than that screen; else the usual size, which the system places.
 * @param screens work areas, without task bars
 */
export function fitBounds(saved: SavedBounds | undefined, screens: readonly Rectangle[]): Partial<Rectangle> {
  if (!saved) return usual;
  const screen = screens.find((area) => holdsTitleBar(area, saved));
  const width = Math.max(smallest.width, Math.min(saved.width, screen?.width ?? usual.width));
  const height = Math.max(smallest.height, Math.min(saved.height, screen?.height ?? usual.height));
  return screen ? { x: saved.x, y: saved.y, width, height } : { width, height };
}

function holdsTitleBar(area: Rectangle, { x, y, width }: SavedBounds): boolean {
  const reach = 100; // px of the bar that must be there to be dragged by
  const isBeside = x + width < area.x + reach || x > area.x + area.width - reach;
  return !isBeside && y >= area.y && y < area.y + area.height - reach;
}
