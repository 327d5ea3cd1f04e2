// The application's own activity log in review.db: who did what, each row's hash covering the row before it, so
// that a removed or changed row shows.

import { createHash } from 'node:crypto';
import { userInfo } from 'node:os';
import { canonicalJson } from '#core/integrity/canonical.ts';
import { formatUtc } from '#core/time.ts';
import type { Store } from './open.ts';

/** One thing done in the application. `detail` is a JSON object. */
export type Activity = {
  id: number;
  at: string;
  person: string;
  action:
    | 'import'
    | 'pack'
    | 'freeze'
    | 'verify'
    | 'explain'
    | 'export'
    | 'settings'
    | 'ticket'
    | 'annotate'
    | 'identity'
    | 'exception'
    | 'view'
    | 'recipe'
    | 'key'
    | 'sign-off'
    | 'time-stamp'
    | 'sign-pdf'
    | 'request'
    | 'connection'
    | 'network'
    | `campaign-${'open' | 'assign' | 'decide' | 'close'}`;
  detail: unknown;
  hash: string;
};

type ActivityRow = {
  id: number;
  at: number;
  person: string;
  action: string;
  detail: string;
  previous_hash: string;
  hash: string;
};

/**
 * Appends to the activity log of a review file opened for writing, and gives what was appended. Where the computer's clock
 * stands before the activity before, as when it was set back, the detail says so as `clockBehind`: that activity's time.
 */
export function recordActivity(
  review: Store,
  action: Activity['action'],
  detail: Record<string, unknown>,
): { id: number; at: number; person: string } {
  const { db } = review;
  const append = db.transaction(() => {
    const previous = db.prepare('SELECT at, hash FROM activity ORDER BY id DESC LIMIT 1').get() as
      | Pick<ActivityRow, 'at' | 'hash'>
      | undefined;
    const at = Date.now();
    const isBehind = previous !== undefined && at < previous.at;
    const row = {
      at,
      person: personOfMachine(),
      action,
      detail: canonicalJson(isBehind ? { ...detail, clockBehind: formatUtc(previous.at) } : detail),
      previous_hash: previous?.hash ?? '',
    };
    const { lastInsertRowid } = db
      .prepare(
        `INSERT INTO activity (at, person, action, detail, previous_hash, hash)
         VALUES (@at, @person, @action, @detail, @previous_hash, @hash)`,
      )
      .run({ ...row, hash: hashActivity(row) });
    return { id: Number(lastInsertRowid), at: row.at, person: row.person };
  });
  return append.immediate();
}

/** Everything done in this workspace, oldest first. */
export function listActivity(review: Store): Activity[] {
  return (review.db.prepare('SELECT * FROM activity ORDER BY id').all() as ActivityRow[]).map(read);
}

/** The last `limit` activities of one sort, newest first. */
export function latestActivity(review: Store, action: Activity['action'], limit: number): Activity[] {
  const rows = review.db
    .prepare('SELECT * FROM activity WHERE action = ? ORDER BY id DESC LIMIT ?')
    .all(action, limit) as ActivityRow[];
  return rows.map(read);
}

const read = ({ id, at, person, action, detail, hash }: ActivityRow): Activity => ({
  id,
  at: formatUtc(at),
  person,
  action: action as Activity['action'],
  detail: JSON.parse(detail),
  hash,
});

/** The first activity whose hash does not follow from its content and the row before; null when all do. */
export function findBrokenActivity(review: Store): number | null {
  let previous = '';
  for (const row of review.db
    .prepare('SELECT * FROM activity ORDER BY id')
    .iterate() as IterableIterator<ActivityRow>) {
    if (row.previous_hash !== previous || row.hash !== hashActivity(row)) return row.id;
    previous = row.hash;
  }
  return null;
}

/** How many activities have an earlier time than the one before them, since the computer's clock had been set back. */
export function countClockSetBack(review: Store): number {
  return review.db
    .prepare(
      'SELECT count(*) FROM (SELECT at, lag(at) OVER (ORDER BY id) AS before FROM activity) WHERE at < before',
    )
    .pluck()
    .get() as number;
}

/** SHA-256, hex, over canonical JSON of the row without its id and hash. */
function hashActivity({
  at,
  person,
  action,
  detail,
  previous_hash,
}: Omit<ActivityRow, 'id' | 'hash'>): string {
  return createHash('sha256')
    .update(canonicalJson({ at, person, action, detail, previous_hash }))
    .digest('hex');
}

/** The account of this computer under which Exhibit runs. */
export function personOfMachine(): string {
  try {
    return userInfo().username;
  } catch {
    // Some containers run under a user id that has no name.
    return 'unknown';
  }
}
