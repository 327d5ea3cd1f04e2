// Saved views of the events, in review.db. Nothing is overwritten: the newest row of a name counts, and one without a
// view says that it was removed. Saving and removing are activities too, whose hashes cover the rows.

import { parseView, printView, type SavedView, type View } from '#core/query/view.ts';
import { formatUtc } from '#core/time.ts';
import { personOfMachine, recordActivity } from './activity.ts';
import type { Store } from './open.ts';

/** Saves a view in a review file opened for writing; one of the same name is replaced by it. */
export function saveView(review: Store, view: View): void {
  add(review, view.name, printView(view));
}

/** Removes the view of this name. */
export function removeView(review: Store, name: string): void {
  add(review, name, null);
}

/** The views there are now, by name. */
export function listViews(review: Store): SavedView[] {
  const rows = review.db
    .prepare(
      `SELECT at, account, text FROM view
       WHERE id IN (SELECT max(id) FROM view GROUP BY name) AND text IS NOT NULL ORDER BY name COLLATE NOCASE`,
    )
    .all() as { at: number; account: string; text: string }[];
  return rows.map(({ at, account, text }) => ({ ...parseView(text), at: formatUtc(at), account }));
}

function add(review: Store, name: string, text: string | null): void {
  const save = review.db.transaction(() => {
    const { lastInsertRowid } = review.db
      .prepare('INSERT INTO view (at, account, name, text) VALUES (?, ?, ?, ?)')
      .run(Date.now(), personOfMachine(), name, text);
    recordActivity(review, 'view', { view: Number(lastInsertRowid), name, text });
  });
  save.immediate();
}

/**
 * The first saved view that does not say what the activity log has of it, whose row is gone, or that no activity tells of;
 * null when all do. Rows from before views were activities stand before all others and are covered by none.
 */
export function findBrokenView({ db }: Store): string | null {
  const told = new Map(
    (
      db.prepare(`SELECT detail FROM activity WHERE action = 'view' ORDER BY id`).pluck().all() as string[]
    ).map((detail) => {
      const { view, name, text } = JSON.parse(detail) as { view: number; name: string; text: string | null };
      return [view, { name, text }] as const;
    }),
  );
  const first = Math.min(...told.keys());
  const rows = db.prepare('SELECT id, name, text FROM view WHERE id >= ? ORDER BY id');
  const kept =
    told.size === 0 ? [] : (rows.all(first) as { id: number; name: string; text: string | null }[]);
  for (const { id, name, text } of kept) {
    const said = told.get(id);
    if (said?.name !== name || said.text !== text) return `saved view ${id}`;
    told.delete(id);
  }
  const [missing] = told.keys();
  return missing === undefined ? null : `saved view ${missing}`;
}
