// What officers say of gaps, silences and breaks, in review.db. Nothing is overwritten: a later explanation of the
// same thing counts, the earlier ones stay. The activity log's hashes cover each one.

import { canonicalJson } from '#core/integrity/canonical.ts';
import type { Explanation } from '#core/model.ts';
import { formatUtc } from '#core/time.ts';
import { recordActivity } from './activity.ts';
import type { Store } from './open.ts';

/** What is explained, by whom, and how. */
export type NewExplanation = Pick<Explanation, 'source' | 'kind' | 'key' | 'zone' | 'person' | 'note'>;

type Row = Omit<Explanation, 'at'> & { at: number };

const columns = 'id, at, person, account, source, kind, key, zone, note';

/** Stores an explanation in a review file opened for writing. */
export function addExplanation(review: Store, explanation: NewExplanation): Explanation {
  const { source, kind, key, zone, person, note } = explanation;
  const told = { source, kind, key, zone, person, note };
  const { db } = review;
  const add = db.transaction(() => {
    const { id: activity, at, person: account } = recordActivity(review, 'explain', told);
    const { lastInsertRowid } = db
      .prepare(
        `INSERT INTO explanation (activity_id, at, person, account, source, kind, key, zone, note)
         VALUES (@activity, @at, @person, @account, @source, @kind, @key, @zone, @note)`,
      )
      .run({ ...told, activity, at, account });
    return { id: Number(lastInsertRowid), at: formatUtc(at), account, ...told };
  });
  return add.immediate();
}

/** All explanations of a workspace, newest first. */
export function listExplanations(review: Store): Explanation[] {
  const rows = review.db.prepare(`SELECT ${columns} FROM explanation ORDER BY id DESC`).all() as Row[];
  return rows.map((row) => ({ ...row, at: formatUtc(row.at) }));
}

/**
 * The first explanation that does not say what the activity log has of it, or whose row is gone (its number is then
 * that of the activity); null when all do. Whether the activity log itself holds is findBrokenActivity's to say.
 */
export function findBrokenExplanation(review: Store): string | null {
  const rows = review.db
    .prepare(
      `SELECT a.id AS activity, a.at AS activityAt, a.person AS activityPerson, a.detail,
         e.id, e.at, e.person, e.account, e.source, e.kind, e.key, e.zone, e.note
       FROM activity a FULL JOIN explanation e ON e.activity_id = a.id
       WHERE a.action = 'explain' OR e.id IS NOT NULL ORDER BY a.id`,
    )
    .iterate() as IterableIterator<Record<string, string | number | null>>;
  for (const row of rows) {
    if (row.id === null) return `activity ${row.activity}`;
    const { source, kind, key, zone, person, note } = row;
    const same =
      row.detail === canonicalJson({ source, kind, key, zone, person, note }) &&
      row.activityAt === row.at &&
      row.activityPerson === row.account;
    if (!same) return `explanation ${row.id}`;
  }
  return null;
}
