// Instants and zones. Everything inside is epoch milliseconds; zones are IANA names resolved by the runtime's own
// tz database. `new Date(text)` is never used on input: it rolls 30 February over and guesses zones.

import { AppError } from './errors.ts';

const minute = 60_000;
const day = 86_400_000;

/** A wall-clock time, in no zone yet. */
type WallClock = {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  ms: number;
};

const dateForm = /^(\d{4})-(\d{2})-(\d{2})$/;
const instantForm =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(?:(Z|z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)(?: [A-Z]{3,5}|\[[\w/+-]{1,40}\])?)?$/;

/** What a time text says: an instant, or a wall clock that still needs a zone; null when it is neither. */
export type ReadTime = { ms: number; explicit: true } | { wall: WallClock; explicit: false };

/**
 * Reads `2026-03-09T09:44:19.120Z`, the same with a blank, an offset (`+02:00`, `+0200`, `+02`; a zone's name behind it,
 * as Go writes one and Java in brackets, adds nothing) or no zone, and a bare date. Digits past the millisecond are cut. A leap second counts
 * as the last millisecond before it; 24:00:00 is the next day's start. Null for anything else, and for days that do not
 * exist.
 */
export function readTime(text: string): ReadTime | null {
  const trimmed = text.trim();
  const match = instantForm.exec(trimmed);
  if (!match) {
    const date = dateForm.exec(trimmed);
    if (!date) return null;
    const wall = {
      year: Number(date[1]),
      month: Number(date[2]),
      day: Number(date[3]),
      hour: 0,
      minute: 0,
      second: 0,
      ms: 0,
    };
    return isRealDay(wall) ? { wall, explicit: false } : null;
  }
  const [, year, month, dayOfMonth, hour, min, second = '0', fraction = '', zone] = match;
  const wall: WallClock = {
    year: Number(year),
    month: Number(month),
    day: Number(dayOfMonth),
    hour: Number(hour),
    minute: Number(min),
    second: Number(second),
    ms: Number(fraction.padEnd(3, '0').slice(0, 3)),
  };
  if (wall.second === 60 && wall.minute === 59) Object.assign(wall, { second: 59, ms: 999 });
  const endOfDay = wall.hour === 24 && wall.minute === 0 && wall.second === 0 && wall.ms === 0;
  if (!isRealDay(wall) || (wall.hour > 23 && !endOfDay) || wall.minute > 59 || wall.second > 59) return null;
  if (zone === undefined) return { wall, explicit: false };
  const offset = readOffset(zone);
  return offset === null ? null : { ms: utcOf(wall) - offset, explicit: true };
}

/**
 * Epoch milliseconds of a number by its magnitude: seconds, milliseconds, microseconds or nanoseconds between the
 * years 1990 and 2100; null outside, since a guess there would be a wrong date. Nanoseconds only of 19 digits, from 2001
 * on: with 18 they are the ticks of .NET, which would come out as 1990.
 */
export function readEpoch(value: number): number | null {
  for (const unit of [1000, 1, 1e-3, 1e-6]) {
    const ms = value * unit;
    if (unit === 1e-6 && value < 1e18) return null;
    if (ms >= 631_152_000_000 && ms < 4_102_444_800_000) return Math.floor(ms);
  }
  return null;
}

/** An instant for a wall clock in a zone. `doubtful` when the clock showed it twice (the first is taken) or never. */
export function instantOf(wall: WallClock, zone: string): { ms: number; doubtful: 'twice' | 'never' | null } {
  const utc = utcOf(wall);
  const offsets = [...new Set([offsetAt(utc - day, zone), offsetAt(utc + day, zone)])];
  const hits = offsets.map((offset) => utc - offset).filter((ms) => ms + offsetAt(ms, zone) === utc);
  if (hits.length > 0) return { ms: Math.min(...hits), doubtful: hits.length > 1 ? 'twice' : null };
  // Never shown: the clock jumped over it. The reading with the offset from before the jump is the usual convention.
  return { ms: utc - offsetAt(utc - day, zone), doubtful: 'never' };
}

/**
 * The instant a period boundary names. A date is the whole day in `zone`: `from` gives its first instant, `to` the
 * first instant of the next day. An instant is taken as it is; without an offset it is read in `zone`.
 * Throws AppError('usage') with the accepted forms.
 */
export function parseBoundary(text: string, zone: string, edge: 'from' | 'to'): number {
  assertZone(zone);
  const read = readTime(text);
  if (!read) {
    throw new AppError(
      'usage',
      `“${text}” is not a date. Write 2026-01-31, or an instant like 2026-01-31T09:30:00Z.`,
    );
  }
  if (read.explicit) return read.ms;
  if (!dateForm.test(text.trim())) return instantOf(read.wall, zone).ms;
  return startOfDay({ ...read.wall, day: read.wall.day + (edge === 'to' ? 1 : 0) }, zone);
}

/** First instant of a calendar day in a zone, also where midnight does not exist that day. */
function startOfDay(wall: WallClock, zone: string): number {
  const utc = utcOf(wall);
  const { ms, doubtful } = instantOf(fieldsOf(utc), zone);
  if (doubtful !== 'never') return ms;
  // Midnight was skipped: the day begins where the offset changes. Offsets change on whole minutes.
  let before = utc - day;
  let after = utc + day;
  const old = offsetAt(before, zone);
  while (after - before > minute) {
    const middle = Math.floor((before + after) / 2 / minute) * minute;
    if (offsetAt(middle, zone) === old) before = middle;
    else after = middle;
  }
  return after;
}

/** Milliseconds to add to UTC to get the zone's wall clock at that instant. */
export function offsetAt(ms: number, zone: string): number {
  if (zone === 'UTC') return 0;
  const parts: Record<string, number> = {};
  for (const part of formatterOf(zone).formatToParts(ms)) parts[part.type] = Number(part.value);
  const wall = Date.UTC(
    parts.year ?? 0,
    (parts.month ?? 1) - 1,
    parts.day,
    parts.hour,
    parts.minute,
    parts.second,
  );
  return wall - Math.floor(ms / 1000) * 1000;
}

/**
 * The instant of a wall clock in a zone whose clocks had this short name then (`PST`, `CEST`): of two instants, when clocks
 * were set back, the one of that name. Null where they had another name.
 */
export function instantNamed(wall: WallClock, zone: string, name: string): number | null {
  const { ms } = instantOf(wall, zone);
  const again = ms + offsetAt(ms, zone) - offsetAt(ms + day, zone);
  return [ms, again].find((one) => shortNames(one, zone).has(name)) ?? null;
}

/** Runtimes know the short names of zones in the English of those who use them. */
const englishes = ['en-US', 'en-GB', 'en-CA', 'en-AU'];
const shortNamesOf = new Map<string, Set<string>>();

function shortNames(ms: number, zone: string): Set<string> {
  const key = `${zone} ${offsetAt(ms, zone)}`;
  const known = shortNamesOf.get(key);
  if (known) return known;
  const names = englishes.flatMap((locale) => {
    const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'short' }).formatToParts(
      ms,
    );
    return parts.flatMap(({ type, value }) => (type === 'timeZoneName' ? value : []));
  });
  shortNamesOf.set(key, new Set(names));
  return new Set(names);
}

const formatters = new Map<string, Intl.DateTimeFormat>();
function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(zone, formatter);
  }
  return formatter;
}

/** Throws AppError('usage') unless the runtime knows the zone. */
export function assertZone(zone: string): void {
  if (zone === 'UTC') return;
  try {
    formatterOf(zone);
  } catch {
    throw new AppError(
      'usage',
      `“${zone}” is not a time zone. Use an IANA name such as Europe/Berlin, or UTC.`,
    );
  }
}

export { formatUtc } from './utc.ts';

/** `2026-03-09 09:44:19.120 UTC`, or with the zone's offset: `2026-03-09 10:44:19.120 +01:00`. */
export function formatInZone(ms: number, zone: string): string {
  const offset = offsetAt(ms, zone);
  const text = new Date(ms + offset).toISOString().replace('T', ' ').slice(0, -1);
  if (zone === 'UTC') return `${text} UTC`;
  const minutes = Math.abs(Math.round(offset / minute));
  const two = (n: number) => String(n).padStart(2, '0');
  return `${text} ${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** The zone's calendar day (`2026-03-09`) or hour (`2026-03-09 10:00`) of an instant. */
export function calendarKey(ms: number, zone: string, unit: 'day' | 'hour'): string {
  const wall = new Date(ms + offsetAt(ms, zone)).toISOString();
  return unit === 'day' ? wall.slice(0, 10) : `${wall.slice(0, 10)} ${wall.slice(11, 13)}:00`;
}

function utcOf(wall: WallClock): number {
  // Not Date.UTC: it takes the years 0–99 for 1900–1999.
  const date = new Date(0);
  date.setUTCFullYear(wall.year, wall.month - 1, wall.day);
  return date.setUTCHours(wall.hour, wall.minute, wall.second, wall.ms);
}

function fieldsOf(utc: number): WallClock {
  const date = new Date(utc);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    ms: date.getUTCMilliseconds(),
  };
}

function isRealDay(wall: WallClock): boolean {
  if (wall.month < 1 || wall.month > 12 || wall.day < 1) return false;
  const back = fieldsOf(utcOf({ ...wall, hour: 0, minute: 0, second: 0, ms: 0 }));
  return back.month === wall.month && back.day === wall.day;
}

function readOffset(zone: string): number | null {
  if (['Z', 'z', 'UTC', 'GMT'].includes(zone)) return 0;
  const sign = zone.startsWith('-') ? -1 : 1;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  const hours = Number(digits.slice(0, 2));
  const minutes = Number(digits.slice(2));
  return hours > 18 || minutes > 59 ? null : sign * (hours * 60 + minutes) * minute;
}
