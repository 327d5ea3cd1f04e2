// The engine's answers about changes, access and sessions: glue between the contract and their rooms.

import { readChangedTracks, readChangeSummary, readStatePage } from '#core/changes/answers.ts';
import { readBaseline } from '#core/changes/baseline.ts';
import type { CallContext, Handlers } from '#core/engine.ts';

type Names = 'changes.summary' | 'changes.tracks' | 'changes.state';

export const reviewHandlers: Pick<Handlers, Names> = {
  'changes.summary': (review, context) =>
    readChangeSummary(context.reader(), { ...review, baseline: baselineOf(review, context) }),
  'changes.tracks': ({ first, limit, result, exception, ...review }, context) =>
    readChangedTracks(
      context.reader(),
      { ...review, baseline: baselineOf(review, context) },
      { first, limit, result, exception },
    ),
  'changes.state': ({ first, limit, ...asked }, context) =>
    readStatePage(context.reader(), { ...asked, baseline: baselineOf(asked, context) }, { first, limit }),
};

/** The values of a granted baseline, none without one. */
function baselineOf(
  { baseline, zone }: { baseline: string | null; zone: string },
  { grant }: CallContext,
): ReturnType<typeof readBaseline> {
  return baseline === null ? [] : readBaseline(grant(baseline).path, zone);
}
