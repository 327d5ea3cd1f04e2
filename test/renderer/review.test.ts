// What the screens of changes and access say, and what they ask.
import { describe, expect, test } from 'vitest';
import { type AccessSummary, type ChangeSummary, usualSettings } from '#core/review-model.ts';
import { accessOf, dateOf, flagOf, orderOf } from '../../renderer/access/asked.ts';
import { leadSentence as accessLead, unseenSentence } from '../../renderer/access/sentences.ts';
import { startAddress } from '../../renderer/address/address.ts';
import { filterOfTrack, onlyOf, reviewOf } from '../../renderer/changes/asked.ts';
import {
  balanceSentence,
  breakSentence,
  leadSentence,
  resultSentence,
} from '../../renderer/changes/sentences.ts';
import { datesOf } from '../../renderer/words/period.ts';

const summary: ChangeSummary = {
  from: '2026-01-01',
  to: '2026-03-31',
  zone: 'UTC',
  fromTime: '2026-01-01T00:00:00.000Z',
  toTime: '2026-04-01T00:00:00.000Z',
  tracks: 1214,
  targets: 88,
  results: { changed: 1179, reverted: 31, unknown: 4 },
  balance: { events: 1500, inTracks: 1300, activity: 100, access: 90, withoutValue: 1, failed: 9 },
  activity: [],
  exceptions: [],
  breaks: { tracks: 0, breaks: 0 },
  days: [],
  tickets: null,
};

describe('the change review in words', () => {
  test('says how many fields changed, came back and are not known', () => {
    expect(leadSentence(summary)).toBe(
      'From 1 Jan 2026 to 31 Mar 2026, 1,214 fields of 88 targets had changes: 1,179 hold another value now, 31 came back to the value they had and of 4 a value is not known.',
    );
  });

  test('never says that nothing happened', () => {
    const none = { ...summary, tracks: 0, to: '2026-01-01' };
    expect(leadSentence(none)).toBe('On 1 Jan 2026, no change of a field was observed in the imported logs.');
  });

  test('accounts for every event of the period', () => {
    expect(balanceSentence(summary)).toBe(
      '1,500 events of the period: 1,300 changes of these fields, 100 without a field, 90 changes of somebody’s rights, 1 that says no value and 9 that failed.',
    );
  });

  test('says what a break means, and nothing without one', () => {
    expect(breakSentence(summary)).toBeNull();
    expect(breakSentence({ ...summary, breaks: { tracks: 1, breaks: 2 } })).toMatch(
      /^In one of these fields the log does not follow on \(2 breaks\)/,
    );
  });

  test('tells a field that came back from one that was set to what it was', () => {
    expect(resultSentence({ changes: 2, result: 'reverted' })).toBe(
      'Changed 2 times, and came back to the value it had.',
    );
    expect(resultSentence({ changes: 1, result: 'reverted' })).toContain('is the one it was then');
  });
});

test('a review is asked for once both dates are set', () => {
  const none = { baseline: null, tickets: null };
  expect(reviewOf({ ...startAddress, from: '2026-01-01' }, null, none)).toBeNull();
  expect(reviewOf({ ...startAddress, from: '2026-01-01', to: '2026-01-31' }, null, none)).toEqual({
    filter: '',
    from: '2026-01-01',
    to: '2026-01-31',
    zone: 'UTC',
    hours: null,
    ...none,
  });
});

test('a word in the address that is no result, exception or flag lists everything', () => {
  expect(onlyOf('reverted')).toEqual({ result: 'reverted', exception: null });
  expect(onlyOf('new-actor')).toEqual({ result: null, exception: 'new-actor' });
  expect(onlyOf('nonsense')).toEqual({ result: null, exception: null });
  expect(flagOf('dormant')).toBe('dormant');
  expect(flagOf('nonsense')).toBeNull();
  expect(orderOf(null)).toBe('subject');
});

test('a field leads to its own events, whatever stands in its name', () => {
  const row = {
    source: 'Iron "Flock"',
    targetType: 'device',
    targetId: null,
    targetName: 'press*',
    field: 'App state',
  } as Parameters<typeof filterOfTrack>[0];
  expect(filterOfTrack(row)).toBe('source:"Iron \\"Flock\\"" type:device target:"press*" field:"App state"');
});

describe('access in words', () => {
  const held: Pick<AccessSummary, 'intervals' | 'people' | 'targets'> = {
    intervals: 1,
    people: 1,
    targets: 1,
  };

  test('speaks of what the imported logs show', () => {
    expect(accessLead(held, '2026-02-28', 'UTC')).toBe(
      'At the end of 28 Feb 2026, 1 right is held by 1 person on 1 target, as far as the imported logs show.',
    );
    expect(accessLead({ ...held, intervals: 0 }, '2026-02-28', 'UTC')).toBe(
      'At the end of 28 Feb 2026, the imported logs show no right that is held.',
    );
  });

  test('says which rights no event grants', () => {
    expect(unseenSentence({ inferred: 0, unlogged: 0 })).toBeNull();
    expect(unseenSentence({ inferred: 2, unlogged: 1 })).toBe(
      'No grant stands in the imported logs for 2 rights held since before the log begins and 1 right that an event shows without any event that grants it.',
    );
  });

  test('is about the date that was set, else the end of the period', () => {
    expect(dateOf({ ...startAddress, to: '2026-03-31' })).toBe('2026-03-31');
    expect(dateOf({ ...startAddress, to: '2026-03-31', at: '2026-02-28' })).toBe('2026-02-28');
    expect(accessOf({ ...startAddress, at: '2026-02-28' }, usualSettings, null).scope).toEqual({
      kind: 'at',
      at: '2026-02-28',
    });
  });
});

test('the last month and the last twelve are whole ones, over the turn of a year too', () => {
  expect(datesOf('last-month', '2026-03-09')).toEqual({ from: '2026-02-01', to: '2026-02-28' });
  expect(datesOf('last-month', '2026-01-31')).toEqual({ from: '2025-12-01', to: '2025-12-31' });
  expect(datesOf('last-12-months', '2026-03-09')).toEqual({ from: '2025-03-01', to: '2026-02-28' });
});
