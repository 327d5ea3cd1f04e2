// Times that cannot be taken as they stand: events against the order of their file, and events later than the import
// that read them. Nothing is corrected; the officer is told how many there are.

import type { TimeFindings } from '#core/model.ts';
import type { Store } from '#core/store/open.ts';
import { formatUtc } from '#core/time.ts';

type ImportRow = { first: number; beyond: number; newestFirst: number; startedAt: number; lastTime: number };

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
      `SELECT first, beyond, newestFirst, startedAt, last_time AS lastTime FROM (
         SELECT *, first_event_id AS first, newest_first AS newestFirst, started_at AS startedAt,
           lead(first_event_id, 1, 9007199254740991) OVER (ORDER BY id) AS beyond
         FROM import)
       WHERE source_id = @source AND imported > 0 AND last_time >= @from AND first_time < @to`,
    )
    .all({ source: sourceId, ...period }) as ImportRow[];
  // An import's events are consecutive ids in the order of its file: the one before is found by its id. The pluses keep
  // the index of times out.
  const countOutOfOrder = store.db
    .prepare(
      `SELECT coalesce(sum(CASE WHEN @newestFirst THEN e.time > b.time ELSE e.time < b.time END), 0)
       FROM event e CROSS JOIN event b ON b.id = e.id - 1
       WHERE e.id > @first AND e.id < @beyond AND +e.time >= @from AND +e.time < @to`,
    )
    .pluck();
  const findFuture = store.db.prepare(
    `SELECT count(*) AS future, max(time) AS last FROM event
     WHERE time > @startedAt AND time >= @from AND time < @to AND id >= @first AND id < @beyond`,
  );
  const found = { outOfOrder: 0, future: 0, lastFuture: null as number | null };
  for (const one of imports) {
    found.outOfOrder += countOutOfOrder.get({ ...one, ...period }) as number;
    if (one.lastTime <= one.startedAt) continue;
    const { future, last } = findFuture.get({ ...one, ...period }) as { future: number; last: number | null };
    found.future += future;
    if (last !== null) found.lastFuture = Math.max(found.lastFuture ?? last, last);
  }
  return { ...found, lastFuture: found.lastFuture === null ? null : formatUtc(found.lastFuture) };
}
