// The IANA zones to choose from: UTC, this computer's, the common ones, then all others by name.

import type { Choice } from '../controls/pick-list.tsx';
import { inZone } from '../words/time.ts';

const common = [
  'Europe/London',
  'Europe/Berlin',
  'Europe/Paris',
  'Europe/Madrid',
  'Europe/Warsaw',
  'Europe/Helsinki',
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'America/Sao_Paulo',
  'Asia/Dubai',
  'Asia/Kolkata',
  'Asia/Singapore',
  'Asia/Shanghai',
  'Asia/Tokyo',
  'Australia/Sydney',
];

/** Each zone once, with its offset at `now` beside it. */
export function zoneChoices(now: Date): Choice[] {
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const order = ['UTC', own, ...common, ...Intl.supportedValuesOf('timeZone')];
  const instant = now.toISOString();
  return [...new Set(order)].map((zone) => {
    const offset = zone === 'UTC' ? '' : (inZone(instant, zone)?.offset ?? '');
    const here = zone === own ? 'this computer' : '';
    return {
      id: zone,
      label: zone.replaceAll('_', ' '),
      aside: [here, offset].filter(Boolean).join(', '),
    };
  });
}
