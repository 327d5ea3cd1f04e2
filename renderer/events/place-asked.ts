// What somebody asks to go to: a row by its number, or a date. Where a date is in the list follows from how many
// events come before it.

import type { AppError } from '#core/errors.ts';
import { parseBoundary } from '#core/time.ts';
import type { Question } from './question.ts';

/** A row from 0, or what to count: its number is the row to go to. */
export type PlaceAsked =
  | { kind: 'row'; row: number }
  | { kind: 'count'; query: Question['query'] }
  | { kind: 'refused'; why: string };

/** Reads `12,345` or `2026-01-31` or `2026-01-31 09:30`; a date is a day in `zone`. */
export function readPlace(text: string, question: Question, zone: string): PlaceAsked {
  const asked = text.trim();
  if (asked === '')
    return { kind: 'refused', why: 'Type the number of a row, or a date such as 2026-01-31.' };
  if (/^\d{1,3}([,. ’']?\d{3})*$|^\d+$/.test(asked)) {
    const row = Number(asked.replace(/\D/g, ''));
    if (row === 0) return { kind: 'refused', why: 'Rows are counted from 1.' };
    return { kind: 'row', row: row - 1 };
  }
  const { query, sort } = question;
  if (sort.by !== 'time') {
    return {
      kind: 'refused',
      why: 'The list is not in order of time. Sort it by time, then go to a date; or type the number of a row.',
    };
  }
  try {
    // Newest first, a day begins with its last event; oldest first, with its first one.
    const newest = sort.direction === 'desc';
    const isDay = /^\d{4}-\d{2}-\d{2}$/.test(asked);
    const edge = parseBoundary(asked, zone, newest ? 'to' : 'from') + (newest && !isDay ? 1 : 0);
    const instant = new Date(edge).toISOString();
    const before = newest ? `after:${instant}` : `before:${instant}`;
    return { kind: 'count', query: { ...query, filter: `${query.filter} ${before}`.trim() } };
  } catch (error) {
    return { kind: 'refused', why: (error as AppError).message };
  }
}
