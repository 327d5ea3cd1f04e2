// The engine's answers about changes, access and sessions: glue between the contract and their rooms.

import { readAccess } from '#core/access/answers.ts';
import { readLeavers } from '#core/access/leavers.ts';
import { readSnapshot, reconcile } from '#core/access/reconcile.ts';
import { accessLines } from '#core/access/save-access.ts';
import { readAccessSummary } from '#core/access/summary.ts';
import { readChangedTracks, readChangeSummary, readStatePage } from '#core/changes/answers.ts';
import { readBaseline } from '#core/changes/baseline.ts';
import { changeLines } from '#core/changes/save-changes.ts';
import type { CallName } from '#core/contract.ts';
import type { CallContext, Handlers } from '#core/engine.ts';
import { fileStem, writeNewFile } from '#core/new-file.ts';
import { readFailures, readSessions } from '#core/sessions/answers.ts';
import { closing } from '#core/store/open.ts';
import { readReviewSettings, saveReviewSettings } from '#core/store/review-settings.ts';

type Names = Extract<CallName, `${'review' | 'changes' | 'access' | 'sessions'}.${string}`>;

export const reviewHandlers: Pick<Handlers, Names> = {
  'review.settings': (_input, { reviewReader }) => closing(reviewReader(), readReviewSettings),
  'review.saveSettings': (settings, { review }) =>
    closing(review(), (store) => saveReviewSettings(store, settings)),
  'changes.summary': (review, context) =>
    readChangeSummary(context.reader(), { ...review, baseline: baselineOf(review, context) }),
  'changes.tracks': ({ first, limit, result, exception, ...review }, context) =>
    readChangedTracks(
      context.reader(),
      { ...review, baseline: baselineOf(review, context) },
      { first, limit, result, exception },
    ),
  'changes.save': ({ result, exception, into, ...review }, context) => {
    const store = context.reader();
    const request = { ...review, baseline: baselineOf(review, context) };
    const name = `${fileStem(`changes ${review.from} to ${review.to}`)}.csv`;
    return store.db.transaction(() => ({
      file: writeNewFile(context.grant(into).path, name, changeLines(store, request, { result, exception })),
    }))();
  },
  'changes.state': ({ first, limit, ...asked }, context) =>
    readStatePage(context.reader(), { ...asked, baseline: baselineOf(asked, context) }, { first, limit }),
  'access.intervals': ({ first, limit, flag, order, ...asked }, context) =>
    readAccess(
      context.reader(),
      { ...asked, leavers: leaversOf(asked, context) },
      { first, limit, flag, order },
    ),
  'access.summary': (asked, context) =>
    readAccessSummary(
      context.reader(),
      { ...asked, leavers: leaversOf(asked, context) },
      { hasLeavers: asked.leavers !== null },
    ),
  'access.save': ({ flag, order, into, ...asked }, context) => {
    const store = context.reader();
    const request = { ...asked, leavers: leaversOf(asked, context) };
    const name = `${fileStem(`access ${Object.values(asked.scope).join(' ')}`)}.csv`;
    return {
      file: writeNewFile(context.grant(into).path, name, accessLines(store, request, { flag, order })),
    };
  },
  'access.reconcile': ({ snapshot, ...asked }, { reader, grant }) =>
    reconcile(reader(), readSnapshot(grant(snapshot).path), asked),
  'sessions.list': ({ first, limit, kind, state, ...query }, { reader }) =>
    readSessions(reader(), query, { first, limit, kind, state }),
  'sessions.failures': ({ first, limit, by, ...query }, { reader }) =>
    readFailures(reader(), query, { first, limit, by }),
};

/** When people of a granted list left, none without one. */
function leaversOf(
  { leavers, zone }: { leavers: string | null; zone: string },
  { grant }: CallContext,
): ReturnType<typeof readLeavers> {
  return leavers === null ? new Map() : readLeavers(grant(leavers).path, zone);
}

/** The values of a granted baseline, none without one. */
function baselineOf(
  { baseline, zone }: { baseline: string | null; zone: string },
  { grant }: CallContext,
): ReturnType<typeof readBaseline> {
  return baseline === null ? [] : readBaseline(grant(baseline).path, zone);
}
