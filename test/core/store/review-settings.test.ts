import { describe, expect, it, onTestFinished } from 'vitest';
import { usualSettings } from '#core/review-model.ts';
import { findBrokenActivity, listActivity } from '#core/store/activity.ts';
import { openReview } from '#core/store/open.ts';
import { readReviewSettings, saveReviewSettings } from '#core/store/review-settings.ts';
import { parseWorkingHours } from '#core/working-hours.ts';
import { exhibit, exhibitJson } from '../../support/command-line.ts';
import { fixture, temporaryFolder } from '../../support/workspace.ts';

describe('the settings of reviews', () => {
  it('are the usual ones until somebody sets them, then the newest, with what was before in the activity log', () => {
    const review = openReview(temporaryFolder(), { mode: 'write' });
    onTestFinished(() => review.close());
    expect(readReviewSettings(review)).toEqual({ settings: usualSettings, since: null, account: null });
    const hours = parseWorkingHours('08:00-18:00', '1-5', 'Europe/Berlin');
    saveReviewSettings(review, { ...usualSettings, hours });
    const kept = saveReviewSettings(review, { ...usualSettings, hours, dormantDays: 30 });
    expect(kept.settings).toEqual({ ...usualSettings, hours, dormantDays: 30 });
    expect(kept.account).not.toBeNull();
    expect(readReviewSettings(review)).toEqual(kept);
    expect(listActivity(review).map(({ action }) => action)).toEqual(['settings', 'settings']);
    expect(findBrokenActivity(review)).toBeNull();
  });

  it('count for every command of the workspace, and an option counts before them', () => {
    const folder = temporaryFolder();
    exhibitJson('import', fixture('ironflock-export.csv'), '-w', folder);
    const days = ['--from', '2026-02-01', '--to', '2026-02-28', '-w', folder];
    type Changes = { exceptions: { kind: string; rows: number; skipped: string | null }[] };
    const outside = (...options: string[]) =>
      exhibitJson<Changes>('changes', ...days, ...options).exceptions.find(
        ({ kind }) => kind === 'outside-hours',
      );
    expect(outside()?.skipped).toBe('No working hours are set.');
    const set = ['settings', '-w', folder, '--hours', '08:00-18:00', '--dormant-days', '400'];
    expect(exhibitJson(...set, '--hours-zone', 'Asia/Tokyo')).toMatchObject({
      hours: { days: [1, 2, 3, 4, 5], from: 480, to: 1080, zone: 'Asia/Tokyo' },
      dormantDays: 400,
      slaDays: 14,
    });
    const inTokyo = outside()?.rows;
    expect(inTokyo).toBeGreaterThan(0);
    expect(outside('--hours', '08:00-18:00')?.rows, 'in the zone of the dates').not.toBe(inTokyo);
    expect(outside('--no-hours')?.skipped).toBe('No working hours are set.');
    type Access = { intervals: { flags: string[] }[]; settings: { dormantDays: number } };
    const dormant = (...options: string[]) => {
      const { intervals, settings } = exhibitJson<Access>(
        'access',
        '-w',
        folder,
        '--at',
        '2026-06-28',
        ...options,
      );
      return [settings.dormantDays, intervals.filter(({ flags }) => flags.includes('dormant')).length];
    };
    const [all, few] = [dormant('--dormant-days', '1'), dormant()];
    expect([all[0], few[0]]).toEqual([1, 400]);
    expect(all[1]).toBeGreaterThan(few[1] as number);
    expect(exhibit(['settings', '-w', folder, '--hours', '8 to 6']).exit).toBe(2);
    expect(exhibit(['settings', '-w', temporaryFolder()]).exit).toBe(3);
  });
});
