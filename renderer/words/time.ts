// Instants and dates in words, always in a named zone: a time without its zone proves nothing.

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      calendar: 'iso8601',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      timeZoneName: 'longOffset',
    });
    formatters.set(zone, formatter);
  }
  return formatter;
}

export type ZonedTime = { date: string; clock: string; ms: string; offset: string };

/**
 * An ISO 8601 instant as its parts in `zone`: date `2026-03-09`, clock `09:44:19`, ms `120`, offset `UTC` or `+01:00`.
 * The offset is that of the instant, so both sides of a clock change tell apart. Null when it is no instant.
 */
export function inZone(instant: string, zone: string): ZonedTime | null {
  const time = Date.parse(instant);
  if (Number.isNaN(time)) return null;
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const { type, value } of formatterOf(zone).formatToParts(time)) parts[type] = value;
  const named = (parts.timeZoneName ?? 'GMT').replace('GMT', '');
  const ms = ((time % 1000) + 1000) % 1000;
  return {
    date: `${(parts.year ?? '').padStart(4, '0')}-${parts.month}-${parts.day}`,
    clock: `${parts.hour}:${parts.minute}:${parts.second}`,
    ms: String(ms).padStart(3, '0'),
    offset: zone === 'UTC' ? 'UTC' : named === '' ? '+00:00' : named.replace('−', '-'),
  };
}

/** `2026-03-09 09:44:19.120 UTC`; an instant that cannot be read is given back as it is. */
export function formatInstant(instant: string, zone: string): string {
  const parts = inZone(instant, zone);
  return parts === null ? instant : `${parts.date} ${parts.clock}.${parts.ms} ${parts.offset}`;
}

/** `2026-03-09 09:44 UTC`: for times of which the second does not matter. */
export function formatMinute(instant: string, zone: string): string {
  const parts = inZone(instant, zone);
  return parts === null ? instant : `${parts.date} ${parts.clock.slice(0, 5)} ${parts.offset}`;
}

/** Today's date in `zone`, `2026-03-09`. */
export function todayIn(zone: string, now: number = Date.now()): string {
  return inZone(new Date(now).toISOString(), zone)?.date ?? new Date(now).toISOString().slice(0, 10);
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `9 Mar 2026` of a date `2026-03-09`; an instant is given as `2026-03-09 09:44 UTC`. */
export function formatDate(date: string, zone: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? [];
  const name = months[Number(month) - 1];
  return name === undefined ? formatMinute(date, zone) : `${Number(day)} ${name} ${year}`;
}

/** How long in words: `340 ms`, `12 s`, `3 min 05 s`, `2 h 10 min`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${String(seconds % 60).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** How far `instant` is from another one: `− 12 min 03 s`, `+ 340 ms`, `same time`. */
export function spanBetween(other: string, instant: string): string {
  const ms = Date.parse(instant) - Date.parse(other);
  if (Number.isNaN(ms)) return instant;
  if (ms === 0) return 'same time';
  return `${ms < 0 ? '−' : '+'} ${formatDuration(Math.abs(ms))}`;
}
