// Saved views in review.db: the newest of a name counts, and nothing that was saved is ever lost.
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { View } from '#core/query/view.ts';
import { findBrokenActivity, listActivity } from '#core/store/activity.ts';
import { applicationIds, migrate } from '#core/store/migrate.ts';
import { openReview, type Store } from '#core/store/open.ts';
import { reviewMigrations } from '#core/store/review-schema.ts';
import { findBrokenView, listViews, removeView, saveView } from '#core/store/views.ts';
import { temporaryFolder } from '../../support/workspace.ts';

const view = (name: string, filter = 'outcome:failure "two words"'): View => ({
  name,
  setup: {
    filter,
    from: '2026-01-01',
    to: null,
    zone: 'Europe/Berlin',
    shown: null,
    sort: { by: 'time', direction: 'asc' },
    columns: [
      { id: 'time', width: 300 },
      { id: 'actor', width: null },
    ],
  },
});

function openTemporaryReview(folder = temporaryFolder()): Store {
  const review = openReview(folder, { mode: 'write' });
  onTestFinished(() => review.close());
  return review;
}

describe('saved views', () => {
  it('are listed by name as they were saved last', () => {
    const review = openTemporaryReview();
    saveView(review, view('Sign-ins'));
    saveView(review, view('exports'));
    saveView(review, view('Sign-ins', 'category:auth'));
    expect(listViews(review)).toMatchObject([view('exports'), view('Sign-ins', 'category:auth')]);
    expect(listViews(review)[0]?.account).not.toBe('');
  });

  it('are removed by a row of their own, and can be saved again', () => {
    const review = openTemporaryReview();
    saveView(review, view('Sign-ins'));
    removeView(review, 'Sign-ins');
    expect(listViews(review)).toEqual([]);
    saveView(review, view('Sign-ins'));
    expect(listViews(review)).toMatchObject([view('Sign-ins')]);
    expect(review.db.prepare('SELECT count(*) FROM view').pluck().get()).toBe(3);
    expect(() => review.db.exec(`UPDATE view SET name = 'x'`)).toThrow('never changed');
    expect(() => review.db.exec('DELETE FROM view')).toThrow('never deleted');
  });

  it('are activities, saved and removed, and a row changed past them shows', () => {
    const folder = temporaryFolder();
    const review = openTemporaryReview(folder);
    review.db.exec(`INSERT INTO view (at, account, name, text) VALUES (1, 'a', 'from before', NULL)`);
    saveView(review, view('Sign-ins'));
    removeView(review, 'Sign-ins');
    expect(listActivity(review).map(({ action, detail }) => [action, detail])).toMatchObject([
      ['view', { name: 'Sign-ins', text: expect.stringContaining('outcome%3Afailure') }],
      ['view', { name: 'Sign-ins', text: null }],
    ]);
    expect([findBrokenActivity(review), findBrokenView(review)]).toEqual([null, null]);
    const db = new Database(join(folder, 'review.db'));
    db.exec('DROP TRIGGER view_no_update; DROP TRIGGER view_no_delete');
    db.exec(`UPDATE view SET name = 'Other' WHERE id = 2`);
    expect(findBrokenView(review)).toBe('saved view 2');
    db.exec(`UPDATE view SET name = 'Sign-ins' WHERE id = 2; DELETE FROM view WHERE id = 3`);
    expect(findBrokenView(review)).toBe('saved view 3');
    db.exec(
      `INSERT INTO view (id, at, account, name, text) VALUES (3, 1, 'a', 'Sign-ins', NULL), (4, 1, 'a', 'x', NULL)`,
    );
    expect(findBrokenView(review)).toBe('saved view 4');
    db.close();
  });

  it('find their place in a review file of version 2', () => {
    const folder = temporaryFolder();
    const old = new Database(join(folder, 'review.db'));
    migrate(old, {
      file: 'review.db',
      applicationId: applicationIds.review,
      migrations: reviewMigrations.slice(0, 2),
      write: true,
    });
    old.close();
    const review = openTemporaryReview(folder);
    expect(listViews(review)).toEqual([]);
    saveView(review, view('x'));
    expect(listViews(review)).toHaveLength(1);
  });
});
