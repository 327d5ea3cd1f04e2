// The list of people who left or moved, and when: CSV with the columns user and date, and kind where some moved.

import { AppError } from '#core/errors.ts';
import { readTable } from '#core/table-file.ts';
import { parseBoundary, readTime } from '#core/time.ts';

/** When each left, epoch ms: a date means the last instant of its day. */
export type Leavers = ReadonlyMap<string, number>;

/** What a list says of somebody in its column `kind`; who has none there left. */
export type LeaverKind = 'left' | 'moved';
const kinds: Record<string, LeaverKind> = {
  ...{ '': 'left', left: 'left', leaver: 'left', leave: 'left', termination: 'left', terminated: 'left' },
  ...{ moved: 'moved', mover: 'moved', move: 'moved', transfer: 'moved', transferred: 'moved' },
};

/**
 * Reads who left, or who moved, from a list. A person who moved more than once counts with the last time, one who left
 * with the first. Throws AppError('input') naming the line that makes no sense.
 */
export function readLeavers(path: string, zone: string, wanted: LeaverKind = 'left'): Leavers {
  const rows = readTable(path, {
    user: { names: ['user', 'subject', 'email', 'name', 'username', 'person'], needed: true },
    date: { names: ['date', 'left', 'leaving date', 'last day', 'end date', 'moved'], needed: true },
    kind: { names: ['kind', 'change', 'type'], needed: false },
  });
  const leavers = new Map<string, number>();
  for (const { line, user, date, kind: word } of rows) {
    const kind = kinds[(word ?? '').trim().toLowerCase()];
    if (kind === undefined)
      throw new AppError('input', `Line ${line} of the leavers: “${word}” is neither “left” nor “moved”.`);
    const read = readTime(date ?? '');
    if (!read) throw new AppError('input', `Line ${line} of the leavers: “${date}” is not a date.`);
    const isDay = /^\s*\d{4}-\d{2}-\d{2}\s*$/.test(date as string);
    const time = parseBoundary(date as string, zone, 'to') - (isDay ? 1 : 0);
    if (kind !== wanted) continue;
    const earlier = leavers.get(user as string) ?? time;
    leavers.set(user as string, kind === 'left' ? Math.min(time, earlier) : Math.max(time, earlier));
  }
  return leavers;
}
