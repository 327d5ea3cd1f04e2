// Times are shown in the chosen zone, with the offset they had at that instant, on both sides of a clock change.
import { describe, expect, test } from 'vitest';
import { datesOf, formatPeriod, nameOf } from '../../renderer/words/period.ts';
import {
  formatDate,
  formatDuration,
  formatInstant,
  formatMinute,
  todayIn,
} from '../../renderer/words/time.ts';

describe('an instant', () => {
  test.each([
    ['2026-03-09T09:44:19.120Z', 'UTC', '2026-03-09 09:44:19.120 UTC'],
    ['2026-03-09T09:44:19.120Z', 'Asia/Kolkata', '2026-03-09 15:14:19.120 +05:30'],
    ['2026-03-09T09:44:19.120Z', 'America/New_York', '2026-03-09 05:44:19.120 -04:00'],
    ['2026-12-31T23:59:59.999Z', 'Pacific/Auckland', '2027-01-01 12:59:59.999 +13:00'],
    ['2026-01-01T00:00:00.000Z', 'Europe/London', '2026-01-01 00:00:00.000 +00:00'],
    ['1969-12-31T23:59:59.001Z', 'UTC', '1969-12-31 23:59:59.001 UTC'],
    ['0850-06-01T00:00:00.000Z', 'UTC', '0850-06-01 00:00:00.000 UTC'],
  ])('%s in %s is %s', (instant, zone, shown) => {
    expect(formatInstant(instant, zone)).toBe(shown);
  });

  test('of the repeated hour in autumn shows which of the two it is', () => {
    expect(formatInstant('2026-10-25T00:30:00.000Z', 'Europe/Berlin')).toBe('2026-10-25 02:30:00.000 +02:00');
    expect(formatInstant('2026-10-25T01:30:00.000Z', 'Europe/Berlin')).toBe('2026-10-25 02:30:00.000 +01:00');
  });

  test('around the hour that is left out in spring goes from 01:59 to 03:00', () => {
    expect(formatInstant('2026-03-29T00:59:59.999Z', 'Europe/Berlin')).toBe('2026-03-29 01:59:59.999 +01:00');
    expect(formatInstant('2026-03-29T01:00:00.000Z', 'Europe/Berlin')).toBe('2026-03-29 03:00:00.000 +02:00');
  });

  test('at midnight is 00, never 24', () => {
    expect(formatMinute('2026-02-28T23:00:00.000Z', 'Europe/Berlin')).toBe('2026-03-01 00:00 +01:00');
  });

  test('that is none is shown as it came', () => {
    expect(formatInstant('yesterday', 'UTC')).toBe('yesterday');
  });
});

describe('a day', () => {
  test('is said in words, and an instant in its place keeps its time', () => {
    expect(formatDate('2026-09-03', 'UTC')).toBe('3 Sep 2026');
    expect(formatDate('2026-09-03T10:00:00Z', 'UTC')).toBe('2026-09-03 10:00 UTC');
  });

  test('is that of the zone, not of the computer', () => {
    const now = Date.parse('2026-06-30T22:30:00Z');
    expect(todayIn('UTC', now)).toBe('2026-06-30');
    expect(todayIn('Europe/Berlin', now)).toBe('2026-07-01');
  });
});

describe('a period', () => {
  test.each([
    [{ from: null, to: null }, 'All time'],
    [{ from: '2026-01-01', to: null }, 'Since 1 Jan 2026'],
    [{ from: null, to: '2026-03-31' }, 'Until 31 Mar 2026'],
    [{ from: '2026-01-01', to: '2026-03-31' }, '1 Jan 2026 – 31 Mar 2026'],
    [{ from: '2026-01-01', to: '2026-01-01' }, '1 Jan 2026'],
  ])('is said in words: %o is %s', (dates, words) => {
    expect(formatPeriod(dates, 'UTC')).toBe(words);
  });

  test.each([
    ['this-quarter', '2026-05-17', { from: '2026-04-01', to: '2026-06-30' }],
    ['last-quarter', '2026-05-17', { from: '2026-01-01', to: '2026-03-31' }],
    ['last-quarter', '2026-02-01', { from: '2025-10-01', to: '2025-12-31' }],
    ['this-year', '2026-12-31', { from: '2026-01-01', to: '2026-12-31' }],
    ['last-year', '2026-01-01', { from: '2025-01-01', to: '2025-12-31' }],
  ] as const)('%s, seen from %s, is whole and known by its name', (name, today, dates) => {
    expect(datesOf(name, today)).toEqual(dates);
    expect(nameOf(dates, today)).toBe(name);
  });
});

test.each([
  [340, '340 ms'],
  [12_400, '12 s'],
  [185_000, '3 min 05 s'],
  [7_800_000, '2 h 10 min'],
])('%i ms lasts %s', (ms, words) => {
  expect(formatDuration(ms)).toBe(words);
});
