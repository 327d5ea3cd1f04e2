// What a request is to be about, as part of the address: the control, file or row from which somebody began to ask.

import type { Address } from '../address/address.ts';

export type About = { control: string | null; file: string | null; row: string | null };

/** The step to the form of a new request about something. */
export function toAsk(about: Partial<About>): Partial<Address> {
  const parts = new URLSearchParams();
  for (const [key, value] of Object.entries(about)) if (value) parts.set(key, value);
  return { screen: 'audit', by: 'requests', about: `new?${parts}`, only: null, row: null };
}

/** What the form of a new request begins with; null while none is written. */
export function askedAbout(about: string | null): About | null {
  if (about === null || !about.startsWith('new?')) return null;
  const parts = new URLSearchParams(about.slice('new?'.length));
  return { control: parts.get('control'), file: parts.get('file'), row: parts.get('row') };
}
