// The settings of reviews, kept in review.db for everybody who reviews this workspace. Nothing is overwritten: each
// change is an activity, whose hash covers it, and the newest counts.

import { type ReviewSettings, usualSettings } from '#core/review-model.ts';
import { formatUtc } from '#core/time.ts';
import { recordActivity } from './activity.ts';
import type { Store } from './open.ts';

/** The settings that count now; `since` and `account` are null where nobody has set any. */
export type KeptSettings = { settings: ReviewSettings; since: string | null; account: string | null };

/** Reads them from a review file. */
export function readReviewSettings({ db }: Store): KeptSettings {
  const row = db
    .prepare(`SELECT at, person, detail FROM activity WHERE action = 'settings' ORDER BY id DESC LIMIT 1`)
    .get() as { at: number; person: string; detail: string } | undefined;
  if (!row) return { settings: usualSettings, since: null, account: null };
  // What a later version added has its usual value until it is set.
  const settings = { ...usualSettings, ...(JSON.parse(row.detail) as Partial<ReviewSettings>) };
  return { settings, since: formatUtc(row.at), account: row.person };
}

/** Sets all of them, in a review file opened for writing, and gives what counts now. */
export function saveReviewSettings(review: Store, settings: ReviewSettings): KeptSettings {
  recordActivity(review, 'settings', { ...settings });
  return readReviewSettings(review);
}
