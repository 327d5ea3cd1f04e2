// The list of people who left, and when: CSV with the columns user and date.

import { AppError } from '#core/errors.ts';
import { readTable } from '#core/table-file.ts';
import { parseBoundary, readTime } from '#core/time.ts';

/** When each left, epoch ms: a date means the last instant of its day. */
export type Leavers = ReadonlyMap<string, number>;

/** Reads a list of leavers. Throws AppError('input') naming the line that makes no sense. */
export function readLeavers(path: string, zone: string): Leavers {
  const rows = readTable(path, {
    user: { names: ['user', 'subject', 'email', 'name', 'username', 'person'], needed: true },
    date: { names: ['date', 'left', 'leaving date', 'last day', 'end date'], needed: true },
  });
  const leavers = new Map<string, number>();
  for (const { line, user, date } of rows) {
    const read = readTime(date ?? '');
    if (!read) throw new AppError('input', `Line ${line} of the leavers: “${date}” is not a date.`);
    const isDay = /^\s*\d{4}-\d{2}-\d{2}\s*$/.test(date as string);
    const time = parseBoundary(date as string, zone, 'to') - (isDay ? 1 : 0);
    leavers.set(user as string, Math.min(time, leavers.get(user as string) ?? time));
  }
  return leavers;
}
