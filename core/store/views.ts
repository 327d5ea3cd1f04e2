// Saved views of the events, in review.db. Nothing is overwritten: the newest row of a name counts, and one without a
// view says that it was removed.

import { parseView, printView, type SavedView, type View } from '#core/query/view.ts';
import { formatUtc } from '#core/time.ts';
import { personOfMachine } from './activity.ts';
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
  review.db
    .prepare('INSERT INTO view (at, account, name, text) VALUES (?, ?, ?, ?)')
    .run(Date.now(), personOfMachine(), name, text);
}
