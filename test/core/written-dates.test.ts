import { describe, expect, it } from 'vitest';
import { formatUtc, instantOf } from '#core/time.ts';
import { readLocalDate } from '#core/written-dates.ts';

describe('a date as people write it', () => {
  const read = (text: string, order: 'day-first' | 'month-first' | null = null) => {
    const time = readLocalDate(text, order);
    if (time === null || time === 'ambiguous') return time;
    return formatUtc(time.explicit ? time.ms : instantOf(time.wall, 'UTC').ms);
  };

  it('is read in the order it proves by a number beyond 12, or by two equal ones', () => {
    expect(read('9/20/2023 4:05:03 AM')).toBe('2023-09-20T04:05:03.000Z');
    expect(read('20.09.2023 16:05')).toBe('2023-09-20T16:05:00.000Z');
    expect(read('20-9-2023')).toBe('2023-09-20T00:00:00.000Z');
    expect(read('5/5/2023, 12:00:00 PM')).toBe('2023-05-05T12:00:00.000Z');
    expect(read('2023/9/20 12:00:00.25 am')).toBe('2023-09-20T00:00:00.250Z');
  });

  it('is ambiguous where it proves no order and none is given', () => {
    expect(read('9/10/2023 4:05:03 AM')).toBe('ambiguous');
    expect(read('9/10/2023 4:05:03 AM', 'month-first')).toBe('2023-09-10T04:05:03.000Z');
    expect(read('9/10/2023 4:05:03 AM', 'day-first')).toBe('2023-10-09T04:05:03.000Z');
  });

  it('may carry an offset, and is then an instant', () => {
    expect(read('1/9/2007 10:41:00 AM +01:00', 'month-first')).toBe('2007-01-09T09:41:00.000Z');
    expect(read('1/9/2007 10:41:00 am utc', 'day-first')).toBe('2007-09-01T10:41:00.000Z');
  });

  it('is none where the day does not exist or the order given is not the one it has', () => {
    for (const text of ['31/2/2023', '13/13/2023', '1/9/23', '1.9/2007', '13/9/2007 13:00 PM', 'soon'])
      expect(read(text)).toBe(null);
    expect(read('20/9/2023', 'month-first')).toBe(null);
  });
});

describe('a date with the name of its month', () => {
  const read = (text: string) => {
    const time = readLocalDate(text, null);
    if (time === null || time === 'ambiguous') return time;
    return time.explicit ? formatUtc(time.ms) : `${formatUtc(instantOf(time.wall, 'UTC').ms)}?`;
  };

  it('is read in the orders that programs write, with a zone or without', () => {
    for (const text of [
      'Jan 2, 2024 3:04:05 AM UTC',
      'January 2nd, 2024 at 3:04:05 a.m. GMT',
      'Tue, 02 Jan 2024 03:04:05 +0000',
      'Tue, 2 Jan 2024 05:04:05 +0200 (EET)',
      'Tue Jan 02 2024 04:04:05 GMT+0100 (Central European Standard Time)',
      'Tue Jan  2 03:04:05 UTC 2024',
      '02-Jan-2024 03:04:05 Z',
      'January 02, 2024, 04:04:05 (UTC+01:00)',
      'Jan 2, 2024, 8:34:05 AM GMT+5:30',
      '1 Jan 2024 22:04:05 UTC-5',
      '2024-01-02 03:04:05 AM UTC',
    ]) {
      expect([text, read(text)]).toEqual([text, '2024-01-02T03:04:05.000Z']);
    }
    expect(read('2 Sept 2024 23:59:59.25')).toBe('2024-09-02T23:59:59.250Z?');
    expect(read('Wed Sep 20 04:05:03 2023')).toBe('2023-09-20T04:05:03.000Z?');
    expect(read('May 5, 2023')).toBe('2023-05-05T00:00:00.000Z?');
  });

  it('is none where the day or the month does not exist, or the zone can be several', () => {
    for (const text of [
      'Feb 30, 2024',
      'Marble 2, 2024',
      'Jan 2, 24',
      'Jan 2, 2024 13:00 PM',
      'Jan 2, 2024 3:04:05 AM PST',
      '1/31/2024, 9:05:06 AM CST',
      `Jan 2, 2024 (${'x'.repeat(100_000)})`,
    ]) {
      expect([text.slice(0, 40), read(text)]).toEqual([text.slice(0, 40), null]);
    }
  });
});
