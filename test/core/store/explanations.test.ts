import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findBrokenActivity, listActivity, recordActivity } from '#core/store/activity.ts';
import { addExplanation, findBrokenExplanation, listExplanations } from '#core/store/explanations.ts';
import { applicationIds, migrate } from '#core/store/migrate.ts';
import { openReview } from '#core/store/open.ts';
import { reviewMigrations } from '#core/store/review-schema.ts';
import { temporaryFolder } from '../../support/workspace.ts';

const holiday = {
  source: 'Flowtriq',
  kind: 'gap',
  key: '2026-01-11/2026-01-31',
  zone: 'UTC',
  person: 'Maria Fernandez',
  note: 'The plant was closed.',
} as const;

function openTemporaryReview(folder = temporaryFolder()) {
  const review = openReview(folder, { mode: 'write' });
  onTestFinished(() => review.close());
  return review;
}

describe('explanations', () => {
  it('are kept with who and when, newest first, earlier ones too', () => {
    const review = openTemporaryReview();
    const before = Date.now();
    const first = addExplanation(review, holiday);
    const second = addExplanation(review, { ...holiday, note: 'Closed, and the collector was down.' });
    expect(listExplanations(review)).toEqual([second, first]);
    expect(Date.parse(first.at)).toBeGreaterThanOrEqual(before);
    expect(first.account).not.toBe('');
  });

  it('are in the activity log, whose hashes cover them', () => {
    const review = openTemporaryReview();
    addExplanation(review, holiday);
    expect(listActivity(review)).toMatchObject([{ action: 'explain', detail: holiday }]);
    expect(findBrokenActivity(review)).toBeNull();
    expect(findBrokenExplanation(review)).toBeNull();
  });

  it('take no update and no delete', () => {
    const review = openTemporaryReview();
    addExplanation(review, holiday);
    expect(() => review.db.exec("UPDATE explanation SET note = 'x'")).toThrow('never changed');
    expect(() => review.db.exec('DELETE FROM explanation')).toThrow('never deleted');
  });

  it.each([
    ['changed', "UPDATE explanation SET note = 'Nothing happened.' WHERE id = 2", 'explanation 2'],
    ['moved in time', 'UPDATE explanation SET at = at + 1 WHERE id = 1', 'explanation 1'],
    ['given to another person', "UPDATE explanation SET account = 'other' WHERE id = 1", 'explanation 1'],
    ['removed', 'DELETE FROM explanation WHERE id = 1', 'activity 1'],
  ])('that were %s are found', (_how, sql, where) => {
    const review = openTemporaryReview();
    addExplanation(review, holiday);
    addExplanation(review, holiday);
    review.db.exec('DROP TRIGGER explanation_no_update; DROP TRIGGER explanation_no_delete');
    review.db.exec(sql);
    expect(findBrokenExplanation(review)).toBe(where);
  });
});

describe('a review file of version 1', () => {
  it('gains explanations and keeps its activity', () => {
    const folder = temporaryFolder();
    const old = new Database(join(folder, 'review.db'));
    migrate(old, {
      file: 'review.db',
      applicationId: applicationIds.review,
      migrations: reviewMigrations.slice(0, 1),
      write: true,
    });
    recordActivity({ folder, db: old, readonly: false, isAlone: false, close: () => old.close() }, 'verify', {
      ok: true,
    });
    old.close();
    expect(() => openReview(folder, { mode: 'read' })).toThrow('from an older Exhibit');

    const review = openTemporaryReview(folder);
    expect(review.db.pragma('user_version', { simple: true })).toBe(reviewMigrations.length);
    expect(listExplanations(review)).toEqual([]);
    addExplanation(review, holiday);
    expect(listActivity(review).map(({ action }) => action)).toEqual(['verify', 'explain']);
    expect(findBrokenActivity(review)).toBeNull();
  });
});
