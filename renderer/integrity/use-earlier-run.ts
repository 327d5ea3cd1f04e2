// The last verification that the activity log of this workspace has.

import { useAnswer } from '../engine/engine.ts';
import type { EarlierRun } from './verified.ts';

/** Undefined where there was none, or while it is not known. */
export function useEarlierRun(): EarlierRun | undefined {
  const { data } = useAnswer('activity.latest', { action: 'verify', limit: 1 });
  const last = data?.[0];
  return last && { at: last.at, ok: (last.detail as { ok?: boolean }).ok === true };
}
