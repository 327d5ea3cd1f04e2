// Maintenance windows as the log has them: events of the category that start, end or cancel one, by target. A window
// without a target is of everything.

import type { Store } from '#core/store/open.ts';

/** Windows of one target; `to` is exclusive. */
type Window = { from: number; to: number };

/** A window that nobody ended: the longest that vendors offer on demand. */
const longestOpen = 86_400_000;

/**
 * Says whether an instant lies in a window of a target, by any of the target's ids and names; null where the log has
 * no window of it. Undefined altogether where the log has none at all.
 */
export function readMaintenance(
  store: Store,
): ((names: readonly string[], time: number) => boolean | null) | undefined {
  // Most logs have none: then the events need not be looked through.
  if (store.db.prepare(`SELECT 1 FROM kind WHERE category = 'maintenance'`).get() === undefined)
    return undefined;
  const rows = store.db
    .prepare(
      `SELECT e.time, k.action, t.target_id, t.name FROM event e JOIN kind k ON k.id = e.kind_id
       LEFT JOIN target t ON t.id = e.target_id
       WHERE e.kind_id IN (SELECT id FROM kind WHERE category = 'maintenance') ORDER BY e.time, e.id`,
    )
    .raw()
    .all() as [number, string, string | null, string | null][];
  const windows = new Map<string, Window[]>();
  for (const [time, action, id, name] of rows) {
    const begins = /start|beg[iau]n/i.test(action);
    const ends = /end|stop|finish|complet|cancel/i.test(action);
    if (!begins && !ends) continue;
    // A target goes by its id here and by its name there: each has the window.
    for (const key of new Set(id === null && name === null ? [''] : [id ?? name, name ?? id])) {
      const known = windows.get(key as string) ?? [];
      windows.set(key as string, known);
      const last = known.at(-1);
      if (begins) {
        if (last) last.to = Math.min(last.to, time);
        known.push({ from: time, to: time + longestOpen });
      } else if (last) last.to = Math.min(last.to, time);
    }
  }
  if (windows.size === 0) return undefined;
  const everywhere = windows.get('') ?? [];
  return (names, time) => {
    const own = names.flatMap((name) => windows.get(name) ?? []);
    if (own.length === 0) return null;
    return [...own, ...everywhere].some(({ from, to }) => from <= time && time < to);
  };
}
