// Where the completeness screen leads: a day to its events, a break or an id gap to the events on its two sides.

import type { Break } from '#core/model.ts';
import type { Address } from '../address/address.ts';
import { filterOf } from '../address/filter-of.ts';
import { inZone } from '../words/time.ts';

/** The events of a source on one day. */
export const eventsOfDay = (source: string, day: string): Partial<Address> => ({
  screen: 'events',
  filter: filterOf([['source', source]]),
  from: day,
  to: day,
});

/** An event opened in the list of its source. */
export function eventOf(
  address: Address,
  source: string,
  uid: string,
  times: readonly string[],
): Partial<Address> {
  return {
    screen: 'events',
    event: uid,
    filter: filterOf([['source', source]]),
    ...periodFor(address, times),
  };
}

/** One side of a break, opened in the list of its track, which shows what stands between the two. */
export function eventOfBreak(address: Address, broken: Break, side: 'earlier' | 'later'): Partial<Address> {
  return {
    screen: 'events',
    event: broken[side],
    filter: filterOf([
      ['source', broken.source],
      ['type', broken.targetType],
      ['target', broken.targetId ?? broken.targetName],
      ['field', broken.field],
    ]),
    ...periodFor(address, [broken.earlierTime, broken.laterTime]),
  };
}

/** The period stays where it holds all these times, else it is opened: the list must show what the link promises. */
export function periodFor({ from, to, zone }: Address, times: readonly string[]): Partial<Address> {
  const holds = times.every((time) => {
    const day = inZone(time, zone)?.date;
    return (
      day !== undefined &&
      (from === null || from.slice(0, 10) <= day) &&
      (to === null || day <= to.slice(0, 10))
    );
  });
  return holds ? {} : { from: null, to: null };
}
