// Reads the columns from the log: all of them once, and afterwards only what imports have added. In slices, so that
// whoever reads can say how far it is and stop.

import type { CodeColumn } from '#core/query/compile.ts';
import { readLogMark } from '#core/store/live.ts';
import type { Store } from '#core/store/open.ts';
import { type Columns, createColumns, extendColumns, isIntact, orderByTime } from './columns.ts';

/** Events read, of how many. */
export type Grown = { done: number; total: number };

const slice = 50_000; // events

/** Whether these columns are all of the log, as this store sees it now. What an import under way has written does not count. */
export function areOfLog(columns: Columns, { db }: Store): boolean {
  const { end, replaced } = readLogMark(db);
  return columns.end === end && columns.replaced === replaced;
}

/**
 * The columns of the whole log as it is now, from those of an earlier one. Those share their memory with the new ones,
 * and may be used only as long as they are intact.
 */
export function* growColumns(store: Store, held: Columns | null): Generator<Grown, Columns> {
  const { end, replaced } = readLogMark(store.db);
  // Not intact: whoever was growing them was stopped in the middle. An import that was replaced takes its rows away, and
  // columns only grow: then all are read anew.
  const isBase = held !== null && isIntact(held) && held.end <= end && held.replaced === replaced;
  const old = isBase ? held : null;
  if (old?.end === end) return old;
  const from = old?.length ?? 0;
  // Event ids count up without gaps, as imports give them; those of replaced imports are cut off below.
  const total = end - (old?.end ?? 0);
  const highest = highestCodes(store);
  const columns = old ? extendColumns(old, from + total, highest) : createColumns(total, highest);
  const { time, id, codes } = columns;
  const { source, kind, actor, target, subject, ip } = codes;
  const select = store.db
    .prepare(
      `SELECT id, time, source_id, kind_id, coalesce(actor_id, 0), coalesce(target_id, 0),
         coalesce(subject_id, 0), coalesce(ip_id, 0)
       FROM event WHERE id > ? AND id <= ? ORDER BY id`,
    )
    .raw();
  let row = from;
  for (let last = old?.end ?? 0; last < end; last += slice) {
    yield { done: row - from, total };
    for (const values of select.iterate(last, Math.min(end, last + slice)) as Iterable<number[]>) {
      id[row] = values[0] as number;
      time[row] = values[1] as number;
      source[row] = values[2] as number;
      kind[row] = values[3] as number;
      actor[row] = values[4] as number;
      target[row] = values[5] as number;
      subject[row] = values[6] as number;
      ip[row] = values[7] as number;
      row += 1;
    }
  }
  columns.length = row;
  columns.end = end;
  columns.replaced = replaced;
  yield { done: total, total };
  orderByTime(columns, from);
  return columns;
}

function highestCodes({ db }: Store): Record<CodeColumn, number> {
  const highest = (table: string) =>
    db.prepare(`SELECT coalesce(max(id), 0) FROM ${table}`).pluck().get() as number;
  const term = highest('term');
  return {
    source: highest('source'),
    kind: highest('kind'),
    actor: highest('actor'),
    target: highest('target'),
    subject: term,
    ip: term,
  };
}
