// Buckets of the histogram in words, and as a period.
import { describe, expect, test } from 'vitest';
import { formatSpan, formatTick, periodOf, ticksOf } from '../../renderer/events/time-span.ts';

const none = { from: null, to: null };
const hours = ['22', '23', '24', '25'].map((hour) => ({
  from: new Date(Date.UTC(2026, 0, 1, Number(hour))).toISOString(),
  to: new Date(Date.UTC(2026, 0, 1, Number(hour) + 1)).toISOString(),
  count: 1,
}));
const berlinDays = [28, 29, 30].map((day) => ({
  // The clock goes forward on 29 March 2026.
  from: new Date(Date.UTC(2026, 2, day, day === 30 ? -2 : -1)).toISOString(),
  to: new Date(Date.UTC(2026, 2, day + 1, day === 28 ? -1 : -2)).toISOString(),
  count: 1,
}));

describe('a span in words', () => {
  test('of hours says their day, clock and offset', () => {
    const [first, second, third] = hours as [(typeof hours)[0], (typeof hours)[0], (typeof hours)[0]];
    expect(formatSpan('hour', first, 'UTC')).toBe('1 Jan 2026, 22:00 – 23:00 UTC');
    expect(formatSpan('hour', second, 'UTC')).toBe('1 Jan 2026, 23:00 – 24:00 UTC');
    expect(formatSpan('hour', { from: first.from, to: third.to }, 'UTC')).toBe(
      '1 Jan 2026, 22:00 – 2 Jan 2026, 01:00 UTC',
    );
    const clockChange = { from: '2026-10-25T00:00:00.000Z', to: '2026-10-25T01:00:00.000Z' };
    expect(formatSpan('hour', clockChange, 'Europe/Berlin')).toBe('25 Oct 2026, 02:00 +02:00 – 02:00 +01:00');
  });

  test('of days and longer is named by its first and last one', () => {
    const of = (from: string, to: string) => ({ from: `${from}T00:00:00.000Z`, to: `${to}T00:00:00.000Z` });
    expect(formatSpan('day', of('2026-01-01', '2026-01-02'), 'UTC')).toBe('1 Jan 2026');
    expect(formatSpan('week', of('2026-01-05', '2026-01-12'), 'UTC')).toBe('5 Jan 2026 – 11 Jan 2026');
    expect(formatSpan('month', of('2026-01-01', '2026-02-01'), 'UTC')).toBe('Jan 2026');
    expect(formatSpan('month', of('2026-01-01', '2026-04-01'), 'UTC')).toBe('Jan 2026 – Mar 2026');
    expect(formatSpan('year', of('2026-01-01', '2027-01-01'), 'UTC')).toBe('2026');
    expect(formatTick('hour', '2026-01-01T05:00:00.000Z', 'UTC')).toBe('1 Jan, 05:00');
  });
});

describe('a period of buckets', () => {
  test('is in dates where days begin and end in the zone, else in instants', () => {
    expect(periodOf(berlinDays, 0, 0, none, 'Europe/Berlin')).toEqual({
      from: '2026-03-28',
      to: '2026-03-28',
    });
    expect(periodOf(berlinDays, 1, 2, none, 'Europe/Berlin')).toEqual({
      from: '2026-03-29',
      to: '2026-03-30',
    });
    expect(periodOf(hours, 0, 1, none, 'UTC')).toEqual({
      from: '2026-01-01T22:00:00.000Z',
      to: '2026-01-01',
    });
    expect(periodOf(hours, 2, 3, none, 'UTC')).toEqual({
      from: '2026-01-02',
      to: '2026-01-02T02:00:00.000Z',
    });
  });

  test('is never wider than the present one', () => {
    const present = { from: '2026-01-01T22:30:00.000Z', to: '2026-01-02T01:15:00.000Z' };
    expect(periodOf(hours, 0, 1, present, 'UTC')).toEqual({ from: present.from, to: '2026-01-01' });
    expect(periodOf(hours, 1, 3, present, 'UTC')).toEqual({
      from: '2026-01-01T23:00:00.000Z',
      to: present.to,
    });
    const week = [{ from: '2026-01-05T00:00:00.000Z', to: '2026-01-12T00:00:00.000Z', count: 1 }];
    const dates = { from: '2026-01-07', to: '2026-01-09' };
    expect(periodOf(week, 0, 0, dates, 'UTC')).toEqual(dates);
  });
});

test('the scale has at most so many labels, the first bucket always', () => {
  expect(ticksOf(3, 6)).toEqual([0, 1, 2]);
  expect(ticksOf(90, 6)).toEqual([0, 15, 30, 45, 60, 75]);
  expect(ticksOf(1, 6)).toEqual([0]);
});
