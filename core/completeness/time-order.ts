// Times that cannot be taken as they stand: events against the order of their file, and events later than the import
// that read them. Nothing is corrected; the officer is told how many there are.

import type { TimeFindings } from '#core/model.ts';
import type { Store } from '#core/store/open.ts';
import { formatUtc } from '#core/time.ts';

type ImportRow = { first: number; beyond: number; newestFirst: number; startedAt: number };

/**
 * Counts, among the events of a source in [from, to), those that are earlier than the stored event before them in a
 * file that is oldest first (later in one that is newest first), and those later than the start of their import.
 */
export function readTimeFindings(
  store: Store,
  sourceId: number,
  period: { from: number; to: number },
): TimeFindings {
  const imports = store.db
    .prepare(
      `SELECT first, beyond, newestFirst, startedAt FROM (
         SELECT *, first_event_id AS first, newest_first AS newestFirst, started_at AS startedAt,
           lead(first_event_id, 1, 9007199254740991) OVER (ORDER BY id) AS beyond
         FROM import)
       WHERE source_id = @source AND imported > 0 AND last_time >= @from AND first_time < @to`,
    )
    .all({ source: sourceId, ...period }) as ImportRow[];
  // An import's events are consecutive ids in the order of its file, so the window needs no sorting.
  const count = store.db.prepare(
    `SELECT coalesce(sum(CASE WHEN @newestFirst THEN time > before ELSE time < before END), 0) AS outOfOrder,
       coalesce(sum(time > @startedAt), 0) AS future,
       max(CASE WHEN time > @startedAt THEN time END) AS lastFuture
     FROM (
       SELECT time, lag(time) OVER (ORDER BY id) AS before FROM event
       WHERE id >= @first AND id < @beyond)
     WHERE time >= @from AND time < @to`,
  );
  const found = { outOfOrder: 0, future: 0, lastFuture: null as number | null };
  for (const one of imports) {
    const row = count.get({ ...one, ...period }) as typeof found;
    found.outOfOrder += row.outOfOrder;
    found.future += row.future;
    if (row.lastFuture !== null)
      found.lastFuture = Math.max(found.lastFuture ?? row.lastFuture, row.lastFuture);
  }
  return { ...found, lastFuture: found.lastFuture === null ? null : formatUtc(found.lastFuture) };
}
