// Working hours of a zone, as settings name them: `08:00-18:00` on the days `1-5` (Monday is 1).

import { AppError } from './errors.ts';
import type { WorkingHours } from './review-model.ts';
import { assertZone, offsetAt } from './time.ts';

const minute = 60_000;
const day = 86_400_000;
/** Every zone's offset is a multiple of a quarter of an hour and changes on one. */
const quarter = 900_000;

/**
 * Reads hours (`08:00-18:00`, over midnight `22:00-06:00`) and days (`1-5`, `1,3,7`; Monday is 1) of a zone, or of the
 * review's own. Throws AppError('usage').
 */
export function parseWorkingHours(hours: string, days: string, zone: string | null = null): WorkingHours {
  const match = /^(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})$/.exec(hours.trim());
  const clock = (h: string | undefined, m: string | undefined) => Number(h) * 60 + Number(m);
  const [from, to] = [clock(match?.[1], match?.[2]), clock(match?.[3], match?.[4])];
  if (!match || from > 1439 || to > 1440 || Number(match[2]) > 59 || Number(match[4]) > 59 || from === to)
    throw new AppError('usage', `“${hours}” are no working hours. Write them like 08:00-18:00.`);
  const listed = days.split(',').flatMap((part) => {
    const range = /^\s*([1-7])(?:\s*[-–]\s*([1-7]))?\s*$/.exec(part);
    if (!range) return [Number.NaN];
    const [first, last] = [Number(range[1]), Number(range[2] ?? range[1])];
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  });
  if (listed.length === 0 || listed.some(Number.isNaN))
    throw new AppError(
      'usage',
      `“${days}” are no working days. Write them like 1-5: Monday is 1, Sunday is 7.`,
    );
  if (zone !== null) assertZone(zone);
  return { days: [...new Set(listed)].sort(), from, to, zone };
}

/**
 * Says of instants whether they lie within working hours, those without a zone in the given one. Where hours reach over
 * midnight, the day they began counts.
 */
export function createHoursTest(hours: WorkingHours, otherwise: string): (time: number) => boolean {
  const { days, from, to, zone } = hours;
  const meant = zone ?? otherwise;
  const offsets = new Map<number, number>();
  const offsetOf = (time: number) => {
    const start = Math.floor(time / quarter) * quarter;
    let offset = offsets.get(start);
    if (offset === undefined) {
      offset = offsetAt(start, meant);
      offsets.set(start, offset);
    }
    return offset;
  };
  // 1970-01-01 was a Thursday.
  const isWorkday = (date: number) => days.includes(((((date + 3) % 7) + 7) % 7) + 1);
  return (time) => {
    const local = time + offsetOf(time);
    const date = Math.floor(local / day);
    const at = Math.floor((local - date * day) / minute);
    if (from < to) return isWorkday(date) && at >= from && at < to;
    return (isWorkday(date) && at >= from) || (isWorkday(date - 1) && at < to);
  };
}

/** `Mon–Fri 08:00–18:00`, with the zone where they have one of their own. */
export function hoursInWords({ days, from, to, zone }: WorkingHours): string {
  const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
  const isRange = days.length > 2 && days.every((one, at) => one === (days[0] as number) + at);
  const listed = isRange ? [days[0], days.at(-1)] : days;
  const clock = (at: number) =>
    `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
  return `${listed.map((one) => names[(one as number) - 1]).join(isRange ? '–' : ', ')} ${clock(from)}–${clock(to)}${zone === null ? '' : `, ${zone}`}`;
}
