// The words of what is asked about a single event as types; shapes only, as in model.ts.

import type { Check } from './model.ts';

/** One event verified: `checks` are records, events and log, and `leaf` is what stands for it there, hex. */
export type EventVerification = { uid: string; ok: boolean; checks: Check[]; leaf: string };
