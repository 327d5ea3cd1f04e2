// The days of a period as months in rows and days of the month in columns, what each day shows, and what it says in
// words. Nothing here knows how it is drawn.

import type { CoverageGap, CoveredDay } from '#core/model.ts';
import { formatCounted } from '../words/numbers.ts';
import { formatDate } from '../words/time.ts';

/** What a day looks like; `explained` is a gap an officer has explained, `ahead` a day that has not begun. */
export type DayLook = 'covered' | 'silent' | 'gap' | 'explained' | 'ahead';
export type DayCell = CoveredDay & { look: DayLook; overlap: boolean; weekend: boolean };
/** One row: `days[0]` is the 1st; null where the period or the month has no such day. */
export type MonthRow = { month: string; label: string; days: (DayCell | null)[] };

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const weekdayOf = (day: string): number => new Date(day).getUTCDay();

/** Rows for consecutive days, with `explained` naming the gaps that are. */
export function monthRows(days: readonly CoveredDay[], explained: readonly CoverageGap[]): MonthRow[] {
  const rows: MonthRow[] = [];
  for (const day of days) {
    const month = day.day.slice(0, 7);
    let row = rows.at(-1);
    if (row?.month !== month) {
      row = {
        month,
        label: `${months[Number(month.slice(5)) - 1]} ${month.slice(0, 4)}`,
        days: Array.from({ length: 31 }, () => null),
      };
      rows.push(row);
    }
    const weekday = weekdayOf(day.day);
    row.days[Number(day.day.slice(8)) - 1] = {
      ...day,
      look: lookOf(day, explained),
      overlap: day.imports.length > 1,
      weekend: weekday === 0 || weekday === 6,
    };
  }
  return rows;
}

function lookOf({ day, status, ahead }: CoveredDay, explained: readonly CoverageGap[]): DayLook {
  if (ahead) return 'ahead';
  if (status !== 'gap') return status;
  return explained.some((gap) => gap.from <= day && day <= gap.to) ? 'explained' : 'gap';
}

/** The day in words: date and weekday, what was seen, which imports span it. */
export function dayWords(cell: DayCell): string {
  const weekday = weekdays[weekdayOf(cell.day)] as string;
  const date = `${weekday}, ${formatDate(cell.day, 'UTC')}`;
  const parts = [lookWords(cell)];
  if (cell.unusual) parts.push(`unusually quiet for a ${weekday}`);
  if (cell.imports.length > 0) parts.push(spannedBy(cell.imports));
  return `${date}: ${parts.join('; ')}`;
}

function lookWords({ look, events }: DayCell): string {
  switch (look) {
    case 'covered':
      return `covered, ${formatCounted(events, 'event')}`;
    case 'silent':
      return 'silent, no event observed in the imported logs';
    case 'gap':
      return 'gap, no import spans this day';
    case 'explained':
      return 'gap with an explanation, no import spans this day';
    case 'ahead':
      return 'has not begun yet';
  }
}

function spannedBy(imports: readonly number[]): string {
  if (imports.length === 1) return `spanned by import ${imports[0]}`;
  if (imports.length > 4)
    return `spanned by ${imports.length} imports, from ${imports[0]} to ${imports.at(-1)}`;
  return `spanned by imports ${imports.slice(0, -1).join(', ')} and ${imports.at(-1)}`;
}

/** Where a key leads from a day: the day before or after, the month above or below, the ends. Null for other keys. */
export function stepFrom(days: readonly string[], day: string, key: string, control: boolean): string | null {
  const at = days.indexOf(day);
  if (at < 0) return null;
  const clamp = (index: number) => days[Math.min(days.length - 1, Math.max(0, index))] as string;
  const inMonth = (month: string) => days.filter((one) => one.startsWith(month));
  switch (key) {
    case 'ArrowLeft':
      return clamp(at - 1);
    case 'ArrowRight':
      return clamp(at + 1);
    case 'ArrowUp':
    case 'ArrowDown':
      return sameDayOf(days, day, key === 'ArrowUp' ? -1 : 1);
    case 'Home':
      return control ? clamp(0) : (inMonth(day.slice(0, 7))[0] as string);
    case 'End':
      return control ? clamp(days.length) : (inMonth(day.slice(0, 7)).at(-1) as string);
    default:
      return null;
  }
}

/** The same day of the next or last month, or the nearest one that month has in the period. */
function sameDayOf(days: readonly string[], day: string, step: 1 | -1): string {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  const other = new Date(Date.UTC(year, month - 1 + step, 1)).toISOString().slice(0, 7);
  const there = days.filter((one) => one.startsWith(other));
  if (there.length === 0) return day;
  return there.findLast((one) => one.slice(8) <= day.slice(8)) ?? (there[0] as string);
}
