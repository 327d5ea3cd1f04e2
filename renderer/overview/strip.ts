// Days of a source as runs of equal looks: a strip has few parts however many days it is of.

import type { CoverageGap, CoveredDay } from '#core/model.ts';
import { type DayLook, monthRows } from '../completeness/months.ts';

/** `day` is the first of `length` days that look alike. */
export type Run = { day: string; look: DayLook; length: number };

/** Runs in order of time; `explained` names gaps that an officer has explained. */
export function runsOf(days: readonly CoveredDay[], explained: readonly CoverageGap[]): Run[] {
  const runs: Run[] = [];
  for (const row of monthRows(days, explained)) {
    for (const cell of row.days) {
      if (cell === null) continue;
      const last = runs.at(-1);
      if (last?.look === cell.look) last.length += 1;
      else runs.push({ day: cell.day, look: cell.look, length: 1 });
    }
  }
  return runs;
}
