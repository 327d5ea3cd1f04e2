// A part of the ledger in figures: how many rights, people and targets, what deserves a look, and what the log of the
// sources cannot know.

import { type AccessFlag, type AccessSummary, accessFlags } from '#core/review-model.ts';
import type { Store } from '#core/store/open.ts';
import { formatUtc } from '#core/time.ts';
import { type AccessRequest, createGrantorLookup, pickIntervals } from './answers.ts';
import { createFlagger } from './flags.ts';
import { readBlindSpots } from './reconcile.ts';

/**
 * The figures of a scope. Without working hours or leavers their flags are null: nobody looked. Throws
 * AppError('usage') for dates, zones and filters that make no sense.
 */
export function readAccessSummary(
  store: Store,
  request: AccessRequest,
  { hasLeavers }: { hasLeavers: boolean },
): AccessSummary {
  return store.db.transaction(() => {
    const { ledger, bounds, picked } = pickIntervals(store, request);
    const flagsOf = createFlagger(store, ledger, picked, { ...request, time: bounds.to });
    const grantorOf = createGrantorLookup(store);
    const { personOf = (name: string) => name } = request;
    const counts = Object.fromEntries(accessFlags.map((flag) => [flag, 0])) as Record<AccessFlag, number>;
    for (const interval of picked)
      for (const flag of flagsOf(interval, grantorOf(interval)).flags) counts[flag] += 1;
    return {
      atTime: formatUtc(bounds.to),
      intervals: picked.length,
      people: new Set(picked.map(({ subject }) => personOf(subject))).size,
      targets: new Set(picked.map(({ sequence }) => sequence)).size,
      inferred: picked.filter(({ startCertainty }) => startCertainty === 'inferred').length,
      unlogged: picked.filter(({ startCertainty }) => startCertainty === 'unlogged').length,
      flags: {
        ...counts,
        'outside-hours': request.hours === null ? null : counts['outside-hours'],
        leaver: hasLeavers ? counts.leaver : null,
      },
      blindSpots: readBlindSpots(store),
    };
  })();
}
