import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTime } from '#core/time.ts';
import { formatUtc, readUtc } from '#core/utc.ts';

describe('times in UTC', () => {
  it('are written as Date writes them', () => {
    const anyTime = fc.oneof(
      fc.integer({ min: -8.64e15, max: 8.64e15 }),
      fc.integer({ min: -1e10, max: 4.2e12 }),
      fc.double({ min: -1e12, max: 4.2e12, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(anyTime, { minLength: 1 }), (times) => {
        for (const ms of times) expect(formatUtc(ms)).toBe(new Date(ms).toISOString());
      }),
      { numRuns: 2000 },
    );
    expect(() => formatUtc(Number.NaN)).toThrow(RangeError);
    expect(() => formatUtc(8.64e15 + 1)).toThrow(RangeError);
  });

  it('are read back as they were written, and as the general reader reads them', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('9999-12-31') }), (date) => {
        fc.pre(!Number.isNaN(date.getTime()));
        const text = date.toISOString();
        expect(readUtc(text)).toBe(date.getTime());
        expect(readTime(text)).toEqual({ ms: date.getTime(), explicit: true });
      }),
      { numRuns: 2000 },
    );
  });

  it('are read only in the one form that is written', () => {
    for (const other of [
      '2026-02-30T00:00:00.000Z',
      '2026-13-01T00:00:00.000Z',
      '2026-01-01T24:00:00.000Z',
      '2026-01-01T23:59:60.000Z',
      '2026-01-01 00:00:00.000Z',
      '2026-01-01T00:00:00.000z',
      '2026-01-01T00:00:00,000Z',
      '2026-01-01T00:00:00.00xZ',
      '2026-01-01T0x:00:00.000Z',
      '20x6-01-01T00:00:00.000Z',
      '2026-01-01T00:00:00Z',
      '',
    ]) {
      readUtc('2026-01-01T00:00:00.000Z');
      expect(readUtc(other), other).toBeNull();
    }
  });
});
