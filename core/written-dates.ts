// Dates as people and older programs write them. A date is read only where it can mean one day alone and, with a zone,
// one instant alone: what could be taken for another day or zone is refused, never guessed.

import { type ReadTime, readTime } from './time.ts';

const months = [
  ['jan', 'january'],
  ['feb', 'february'],
  ['mar', 'march'],
  ['apr', 'april'],
  ['may'],
  ['jun', 'june'],
  ['jul', 'july'],
  ['aug', 'august'],
  ['sep', 'sept', 'september'],
  ['oct', 'october'],
  ['nov', 'november'],
  ['dec', 'december'],
];
const monthOf = new Map(months.flatMap((names, index) => names.map((name) => [name, index + 1])));

const clock =
  '(?<hour>\\d{1,2}):(?<min>\\d{2})(?::(?<sec>\\d{2})(?:[.,](?<part>\\d{1,9}))?)?(?:\\s*(?<half>[ap])\\.?m\\.?)?';
// RFC 2822 and programs in JavaScript name the zone once more in brackets behind its offset.
const zone =
  '(?:\\s*\\(?(?<zone>Z|(?:UTC|GMT)(?:[+-]\\d{1,2}(?::?\\d{2})?)?|[+-]\\d{2}(?::?\\d{2})?)\\)?(?:\\s*\\([^()]*\\))?)?';
const time = `(?:(?:,|\\s+at)?\\s+${clock}${zone})?`;
const weekday = '(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\\.?,?\\s+)?';
const name = '(?<name>[a-z]{3,9})\\.?';
const day = '(?<day>\\d{1,2})(?:st|nd|rd|th)?';
const year = '(?<year>\\d{4})';

const forms = [
  // 9/20/2023 4:05:03 AM, 20.09.2023 04:05
  `(?<first>\\d{1,2})(?<mark>[/.-])(?<second>\\d{1,2})\\k<mark>${year}${time}`,
  // 2023/9/20 04:05, 2023-09-20 04:05 PM
  `${year}(?<mark>[/.-])(?<month>\\d{1,2})\\k<mark>${day}${time}`,
  // Wed, 20 Sep 2023 04:05:03 +0200, 20-Sep-2023 04:05
  `${weekday}${day}[\\s-]+${name},?[\\s-]+${year}${time}`,
  // September 20, 2023 at 4:05 AM, Wed Sep 20 2023 04:05:03 GMT+0200 (Central European Summer Time)
  `${weekday}${name}\\s+${day},?\\s+${year}${time}`,
  // Wed Sep 20 04:05:03 UTC 2023
  `${weekday}${name}\\s+${day}\\s+${clock}${zone}\\s+${year}`,
].map((form) => new RegExp(`^${form}$`, 'i'));

/**
 * Reads dates as people write them: `9/20/2023 4:05:03 AM`, `20.09.2023 04:05`, `2023/9/20`, and with the month's
 * English name (also RFC 2822). `order` says which number is the day where both are numbers; without it such a date is
 * only read where it can mean one day alone (a number beyond 12, or both the same), else it is `ambiguous`. Null for
 * anything else, for days that do not exist, and for zones named otherwise than UTC, GMT or by their offset: `CST` is
 * three zones.
 */
export function readLocalDate(
  text: string,
  order: 'day-first' | 'month-first' | null,
): ReadTime | 'ambiguous' | null {
  // The longest of these forms has fewer letters; a longer text would only be tried in vain.
  const trimmed = text.trim();
  if (trimmed.length > 100) return null;
  for (const form of forms) {
    const parts = form.exec(trimmed)?.groups;
    if (parts) return readParts(parts, order);
  }
  return null;
}

/**
 * A time without the short name of a zone behind it (`PST`), and that name; null where it has none, or one that says which
 * instant it is. Short names are of several zones each, so that only who knows the zone can read such a time.
 */
export function splitZoneName(text: string): { text: string; zone: string } | null {
  const match = /^(.{1,60}\d(?: ?[AP]M)?) \(?([A-Z]{2,5})\)?$/.exec(text.trim());
  if (!match || /^([AP]M|UTC|GMT)$/.test(match[2] as string)) return null;
  return { text: match[1] as string, zone: match[2] as string };
}

function readParts(
  parts: Record<string, string | undefined>,
  order: 'day-first' | 'month-first' | null,
): ReadTime | 'ambiguous' | null {
  let month = parts.name === undefined ? Number(parts.month) : monthOf.get(parts.name.toLowerCase());
  let dayOfMonth = Number(parts.day);
  if (parts.first !== undefined) {
    const [first, second] = [Number(parts.first), Number(parts.second)];
    if (order === null && first <= 12 && second <= 12 && first !== second) return 'ambiguous';
    const isDayFirst = order === null ? first > 12 : order === 'day-first';
    [dayOfMonth, month] = isDayFirst ? [first, second] : [second, first];
  }
  if (month === undefined) return null;
  const hour = readHour(parts.hour ?? '0', parts.half);
  if (hour === null) return null;
  const two = (value: number) => String(value).padStart(2, '0');
  const date = `${parts.year}-${two(month)}-${two(dayOfMonth)}`;
  return readTime(
    `${date}T${two(hour)}:${parts.min ?? '00'}:${parts.sec ?? '00'}.${parts.part ?? '0'}${offsetText(parts.zone)}`,
  );
}

/** The hour of a day of 24; with a half of the day only from 1 to 12. */
function readHour(text: string, half: string | undefined): number | null {
  const hour = Number(text);
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

/** A zone as readTime takes it: `Z` or an offset of two digits at least; empty for none. */
function offsetText(zone: string | undefined): string {
  if (zone === undefined) return '';
  const offset = zone.replace(/^(?:UTC|GMT|Z)/i, '');
  return offset === '' ? 'Z' : offset.replace(/^([+-])(\d)(?=:|$)/, '$10$2');
}
