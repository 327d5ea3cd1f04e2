// How a period is written into a query, and which period to ask for next: oldest first, each so long that it holds neither
// too many records for one import nor so few that the log is asked for ever.

import type { Period } from './connector.ts';

const minute = 60_000;
const day = 86_400_000;

/** Half-open, epoch ms. */
export type Span = { from: number; until: number };

/** The query that asks for a period, whose ends are widened to whole units of the format. */
export function periodQuery(period: Period, { from, until }: Span): Record<string, string> {
  const { format, query } = period;
  const ends = { from: writeTime(from, format, Math.floor), until: writeTime(until, format, Math.ceil) };
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [
      name,
      value.replace(/\{(from|until)\}/g, (_, end: 'from' | 'until') => ends[end]),
    ]),
  );
}

function writeTime(ms: number, format: Period['format'], round: (value: number) => number): string {
  switch (format) {
    case 'iso':
      return new Date(ms).toISOString();
    case 'iso-seconds':
      return `${new Date(round(ms / 1000) * 1000).toISOString().slice(0, 19)}Z`;
    case 'epoch-ms':
      return String(ms);
    case 'epoch-seconds':
      return String(round(ms / 1000));
    case 'date':
      return new Date(round(ms / day) * day).toISOString().slice(0, 10);
  }
}

/** Whether a period can be closed: else everything since its beginning comes. */
export const isBounded = (period: Period): boolean =>
  Object.values(period.query).some((value) => value.includes('{until}'));

export type Lengths = {
  /** How long the next period may be, in ms. */
  next(): number;
  /** A period held so many records. */
  held(records: number): void;
  /** A period held too many: `records` of them span this many ms. False where no shorter one can be asked for. */
  tooMany(records: number, span: number): boolean;
};

/** Lengths of periods for an API; `most` is how many records one should hold. */
export function createLengths(most: number, mostDays: number | undefined): Lengths {
  const longest = mostDays === undefined ? 366 * 5 * day : mostDays * day;
  let length = Math.min(day, longest);
  return {
    next: () => length,
    held(records) {
      if (records < most / 8) length = Math.min(length * 4, longest);
    },
    tooMany(records, span) {
      if (length <= minute) return false;
      const wanted = span > 0 ? (span * most) / records / 2 : length / 4;
      length = Math.max(minute, Math.floor(Math.min(wanted, length / 2)));
      return true;
    },
  };
}

/** How far a record's time may lie outside the period that was asked for: days of any zone, or a border that belongs to both. */
export const tolerance = 26 * 60 * minute;
/** The same where it does not matter whether less was meant: the widest unit of a time that names an hour. */
export const narrowTolerance = 2000;
