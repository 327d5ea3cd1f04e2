import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createLocalClock } from '#core/evidence/local-clock.ts';
import { calendarKey, formatInZone } from '#core/time.ts';

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
];

it('shows the same as the slow way, on both sides of every change of the clocks', () => {
  const instant = fc.oneof(
    fc.integer({ min: 0, max: 4_102_444_800_000 }),
    // Around the changes of Berlin, New York and Lord Howe, and the day Apia left out.
    fc
      .tuple(
        fc.constantFrom(1774746000000, 1792890000000, 1772953200000, 1775314800000, 1325239200000),
        fc.integer({ min: -90_000_000, max: 90_000_000 }),
      )
      .map(([change, away]) => change + away),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.array(instant, { minLength: 1, maxLength: 8 }),
      (zone, times) => {
        const clock = createLocalClock(zone);
        for (const ms of times) {
          expect(clock.format(ms)).toBe(formatInZone(ms, zone));
          expect(clock.day(ms)).toBe(calendarKey(ms, zone, 'day'));
        }
      },
    ),
  );
});
