import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  calendarKey,
  formatInZone,
  formatUtc,
  instantOf,
  offsetAt,
  parseBoundary,
  readEpoch,
  readTime,
} from '#core/time.ts';

const utc = (text: string, zone: string, edge: 'from' | 'to') => formatUtc(parseBoundary(text, zone, edge));

describe('period boundaries', () => {
  it('take a date as the whole day in its zone', () => {
    expect(utc('2026-01-31', 'UTC', 'from')).toBe('2026-01-31T00:00:00.000Z');
    expect(utc('2026-01-31', 'UTC', 'to')).toBe('2026-02-01T00:00:00.000Z');
    expect(utc('2026-01-31', 'Europe/Berlin', 'from')).toBe('2026-01-30T23:00:00.000Z');
    expect(utc('2026-12-31', 'Asia/Kathmandu', 'to')).toBe('2026-12-31T18:15:00.000Z');
  });

  it('make the day of a clock change 23 or 25 hours long', () => {
    const hours = (day: string) =>
      (parseBoundary(day, 'Europe/Berlin', 'to') - parseBoundary(day, 'Europe/Berlin', 'from')) / 3_600_000;
    expect(hours('2026-03-29')).toBe(23);
    expect(hours('2026-10-25')).toBe(25);
    expect(hours('2026-10-26')).toBe(24);
  });

  it('begin a day whose midnight does not exist with its first instant', () => {
    // Clocks in Brazil and Lebanon used to jump at midnight.
    expect(utc('2018-11-04', 'America/Sao_Paulo', 'from')).toBe('2018-11-04T03:00:00.000Z');
    expect(formatInZone(parseBoundary('2018-11-04', 'America/Sao_Paulo', 'from'), 'America/Sao_Paulo')).toBe(
      '2018-11-04 01:00:00.000 -02:00',
    );
    expect(utc('2018-11-03', 'America/Sao_Paulo', 'to')).toBe('2018-11-04T03:00:00.000Z');
    expect(formatInZone(parseBoundary('2022-03-27', 'Asia/Beirut', 'from'), 'Asia/Beirut')).toBe(
      '2022-03-27 01:00:00.000 +03:00',
    );
  });

  it('take an instant as it is, whatever the zone', () => {
    expect(utc('2026-01-31T09:30:00+02:00', 'Asia/Tokyo', 'to')).toBe('2026-01-31T07:30:00.000Z');
    expect(utc('2026-01-31T09:30', 'Asia/Tokyo', 'from')).toBe('2026-01-31T00:30:00.000Z');
  });

  it('say what is wrong with a date or a zone', () => {
    expect(() => parseBoundary('31.01.2026', 'UTC', 'from')).toThrow('is not a date. Write 2026-01-31');
    expect(() => parseBoundary('2026-02-30', 'UTC', 'from')).toThrow('is not a date');
    expect(() => parseBoundary('2026-01-31', 'Mars/Olympus', 'from')).toThrow('not a time zone');
  });

  it('never leave a gap or an overlap between two days of any zone', () => {
    const zones = fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/Sao_Paulo',
      'Asia/Beirut',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'Africa/Casablanca',
    );
    fc.assert(
      fc.property(
        zones,
        fc.date({ min: new Date('1990-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
        (zone, date) => {
          const day = date.toISOString().slice(0, 10);
          const next = new Date(date.getTime() + 86_400_000).toISOString().slice(0, 10);
          expect(parseBoundary(day, zone, 'to')).toBe(parseBoundary(next, zone, 'from'));
        },
      ),
    );
  });
});

describe('times of records', () => {
  const ms = (text: string) => {
    const read = readTime(text);
    return read?.explicit ? formatUtc(read.ms) : read ? 'no zone' : null;
  };

  it('are read in the forms that exports use', () => {
    expect(ms('2026-03-09T09:44:19.120Z')).toBe('2026-03-09T09:44:19.120Z');
    expect(ms('2026-03-09 09:44:19')).toBe('no zone');
    expect(ms('2022-01-24T08:48:05.645+0000')).toBe('2022-01-24T08:48:05.645Z');
    expect(ms('2026-08-31T10:18:39.0000000Z ')).toBe('2026-08-31T10:18:39.000Z');
    expect(ms('2026-03-09T09:44:19.123456789-05:30')).toBe('2026-03-09T15:14:19.123Z');
    expect(ms('2026-03-09 09:44:19 UTC')).toBe('2026-03-09T09:44:19.000Z');
    expect(ms('2026-03-09 09:44:19.123456789 +0000 UTC')).toBe('2026-03-09T09:44:19.123Z');
    expect(ms('2026-03-09 09:44:19 GMT')).toBe('2026-03-09T09:44:19.000Z');
    expect(ms('2016-12-31T23:59:60Z')).toBe('2016-12-31T23:59:59.999Z');
    expect(ms('2026-03-09T24:00:00Z')).toBe('2026-03-10T00:00:00.000Z');
  });

  it('are never guessed: impossible and unknown forms are not times', () => {
    for (const text of [
      '2026-02-30T10:00:00Z',
      '2026-13-01T10:00:00Z',
      '2026-01-01T25:00:00Z',
      '10/11/2026 1:02 AM',
      '',
      'yesterday',
      '2026-01-01T10:61:00Z',
      '2026-01-01T24:00:01Z',
    ]) {
      expect(ms(text)).toBeNull();
    }
  });

  it('are told apart as seconds, milliseconds, microseconds and nanoseconds by their size', () => {
    const expected = Date.UTC(2026, 2, 9, 9, 44, 19);
    for (const value of [expected / 1000, expected, expected * 1000]) expect(readEpoch(value)).toBe(expected);
    expect(readEpoch(12)).toBeNull();
    expect(readEpoch(1_770_099_129 * 1e9)).toBe(1_770_099_129_000);
    expect(readTime('2026-02-03T06:12:09+01:00[Europe/Berlin]')).toEqual({
      ms: Date.UTC(2026, 1, 3, 5, 12, 9),
      explicit: true,
    });
    // 2026-02-03 in ticks of .NET: no nanoseconds of 1990.
    expect(readEpoch(639_056_959_290_030_000)).toBeNull();
  });

  it('say when a clock showed them twice or never', () => {
    const wall = (text: string) => {
      const read = readTime(text);
      if (!read || read.explicit) throw new Error('expected a time without a zone');
      return read.wall;
    };
    expect(instantOf(wall('2026-10-25 02:30:00'), 'Europe/Berlin')).toEqual({
      ms: Date.UTC(2026, 9, 25, 0, 30),
      doubtful: 'twice',
    });
    expect(instantOf(wall('2026-03-29 02:30:00'), 'Europe/Berlin').doubtful).toBe('never');
    expect(instantOf(wall('2026-03-29 03:30:00'), 'Europe/Berlin')).toEqual({
      ms: Date.UTC(2026, 2, 29, 1, 30),
      doubtful: null,
    });
  });

  it('come back from the wall clock of any zone', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe'),
        fc.integer({ min: 0, max: 2_000_000_000 }),
        (zone, seconds) => {
          const time = seconds * 1000;
          const shown = formatInZone(time, zone);
          expect(readTime(shown)).toEqual({ ms: time, explicit: true });
          expect(shown.startsWith(calendarKey(time, zone, 'day'))).toBe(true);
          expect(Math.abs(offsetAt(time, zone) % 60_000)).toBe(0);
        },
      ),
    );
  });
});
