// The days that the overview counts, and what it asks about them.

import { useAddress } from '../address/use-address.ts';
import { useAnswer } from '../engine/engine.ts';

/** Null until the log's first and last day are known. */
export type Days = { from: string | null; to: string | null };

/** The coverage of these days, once they are known; both cards that show of it ask once. */
export function useCoverage({ from, to }: Days) {
  const { zone } = useAddress();
  const isKnown = from !== null && to !== null;
  return useAnswer('completeness.coverage', { from: from ?? '', to: to ?? '', zone }, { enabled: isKnown });
}
