// The computer's clock set back or forward while Exhibit works: durations stay true, and the activity log says it.
import { expect, test, vi } from 'vitest';
import { verifyLog } from '#core/integrity/verify-log.ts';
import { findBrokenActivity, listActivity, recordActivity } from '#core/store/activity.ts';
import { openReview } from '#core/store/open.ts';
import { fixture, importInto, openTemporaryStore, temporaryFolder } from '../../support/workspace.ts';

const noon = Date.UTC(2026, 10, 22, 12);

test('an activity noted with the clock set back says which time stood before it, and verification counts it', async () => {
  const folder = temporaryFolder();
  const store = openTemporaryStore(folder);
  const review = openReview(folder, { mode: 'write' });
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    for (const [hours, which] of [
      [0, 'first'],
      [-3, 'after the clock was set back'],
      [-2, 'third'],
      [5, 'after it was set forward'],
    ] as const) {
      vi.setSystemTime(noon + hours * 3_600_000);
      recordActivity(review, 'settings', { which });
    }
    expect(listActivity(review).map(({ detail }) => detail)).toEqual([
      { which: 'first' },
      { which: 'after the clock was set back', clockBehind: '2026-11-22T12:00:00.000Z' },
      { which: 'third' },
      { which: 'after it was set forward' },
    ]);
    expect(findBrokenActivity(review)).toBeNull();
    const report = await verifyLog(store, review, {
      signal: new AbortController().signal,
      progress: () => {},
    });
    expect(report.ok).toBe(true);
    expect(report.checks.find(({ name }) => name === 'activity')?.detail).toContain(
      'one has an earlier time than the one before it, since the computer’s clock had been set back',
    );
  } finally {
    vi.useRealTimers();
    review.close();
  }
});

test('an import during which the clock is set back by a day took as long as it took', async () => {
  const store = openTemporaryStore();
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    vi.setSystemTime(noon);
    const report = await importInto(store, fixture('ironflock-export.csv'), {
      progress: () => vi.setSystemTime(noon - 86_400_000),
    });
    expect(report.startedAt).toBe('2026-11-22T12:00:00.000Z');
    expect(report.ms).toBeGreaterThanOrEqual(0);
    expect(report.ms).toBeLessThan(60_000);
  } finally {
    vi.useRealTimers();
  }
});
