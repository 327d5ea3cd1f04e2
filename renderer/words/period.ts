// The period in words, and the periods a person asks for by name. Both dates are included: 1 Jan to 31 Mar is
// the whole of 31 March too.

import { formatDate } from './time.ts';

export type Dates = { from: string | null; to: string | null };

/** `1 Jan 2026 – 31 Mar 2026`, `Since …`, `Until …`, `All time`. */
export function formatPeriod({ from, to }: Dates, zone: string): string {
  if (from !== null && to !== null) {
    return from === to ? formatDate(from, zone) : `${formatDate(from, zone)} – ${formatDate(to, zone)}`;
  }
  if (from !== null) return `Since ${formatDate(from, zone)}`;
  if (to !== null) return `Until ${formatDate(to, zone)}`;
  return 'All time';
}

export const namedPeriods = {
  all: 'All time',
  'last-month': 'Last month',
  'this-quarter': 'This quarter',
  'last-quarter': 'Last quarter',
  'last-12-months': 'Last 12 months',
  'this-year': 'This year',
  'last-year': 'Last year',
} as const;
export type NamedPeriod = keyof typeof namedPeriods;

/** The dates of a named period, seen from `today` (`2026-03-09`). The last 12 months are whole ones. */
export function datesOf(name: NamedPeriod, today: string): Dates {
  const year = Number(today.slice(0, 4));
  const month = Number(today.slice(5, 7)) - 1;
  const quarter = Math.floor(month / 3);
  switch (name) {
    case 'all':
      return { from: null, to: null };
    case 'last-month':
      return { from: dayOf(year, month - 1, 1), to: dayOf(year, month, 0) };
    case 'last-12-months':
      return { from: dayOf(year - 1, month, 1), to: dayOf(year, month, 0) };
    case 'this-quarter':
      return quarterDates(year, quarter);
    case 'last-quarter':
      return quarter === 0 ? quarterDates(year - 1, 3) : quarterDates(year, quarter - 1);
    case 'this-year':
      return yearDates(year);
    case 'last-year':
      return yearDates(year - 1);
  }
}

const names = Object.keys(namedPeriods) as NamedPeriod[];
/** In January the last 12 months are last year, and are called that. */
const byCalendarFirst = [...names.filter((name) => name !== 'last-12-months'), 'last-12-months'] as const;

/** The name of a period that has one. */
export function nameOf({ from, to }: Dates, today: string): NamedPeriod | null {
  for (const name of byCalendarFirst) {
    const dates = datesOf(name, today);
    if (dates.from === from && dates.to === to) return name;
  }
  return null;
}

const pad = (n: number, digits = 2) => String(n).padStart(digits, '0');
/** A day of a month from 0; both may lie outside their range. */
const dayOf = (year: number, month: number, day: number): string =>
  new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);
const yearDates = (year: number): Dates => ({ from: `${pad(year, 4)}-01-01`, to: `${pad(year, 4)}-12-31` });
function quarterDates(year: number, quarter: number): Dates {
  const lastDays = ['03-31', '06-30', '09-30', '12-31'];
  return { from: `${pad(year, 4)}-${pad(quarter * 3 + 1)}-01`, to: `${pad(year, 4)}-${lastDays[quarter]}` };
}
