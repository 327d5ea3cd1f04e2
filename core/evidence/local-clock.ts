// Local times for millions of rows. Asking the tz database per row costs microseconds, so the offset is asked for
// once per UTC day and reused when the day begins and ends with the same one.

import { formatInZone, offsetAt } from '#core/time.ts';

const day = 86_400_000;

export type LocalClock = {
  /** The same text as `formatInZone`. */
  format(ms: number): string;
  /** Calendar day in the zone, `2026-03-09`. */
  day(ms: number): string;
};

/** A clock for one zone. No zone changes its offset and back within a day, so equal ends mean a constant day. */
export function createLocalClock(zone: string): LocalClock {
  let known = Number.NaN;
  let constant = false;
  let offset = 0;
  let suffix = '';
  const look = (ms: number): boolean => {
    const block = Math.floor(ms / day);
    if (block !== known) {
      known = block;
      offset = offsetAt(block * day, zone);
      constant = offset === offsetAt((block + 1) * day, zone);
      suffix = formatInZone(block * day, zone).slice(23);
    }
    return constant;
  };
  return {
    format(ms) {
      if (!look(ms)) return formatInZone(ms, zone);
      return new Date(ms + offset).toISOString().replace('T', ' ').slice(0, -1) + suffix;
    },
    day(ms) {
      return new Date(ms + (look(ms) ? offset : offsetAt(ms, zone))).toISOString().slice(0, 10);
    },
  };
}
