// The engine's answers about changes, access and sessions: glue between the contract and their rooms.

import { statSync } from 'node:fs';
import { accessBook } from '#core/access/access-book.ts';
import { readAccess } from '#core/access/answers.ts';
import { readLeavers } from '#core/access/leavers.ts';
import { testLeavers } from '#core/access/leavers-test.ts';
import { readMatrix } from '#core/access/matrix.ts';
import { readReconciled, readSnapshot, reconcile } from '#core/access/reconcile.ts';
import { accessLines } from '#core/access/save-access.ts';
import { readAccessSummary } from '#core/access/summary.ts';
import { createTally } from '#core/browse/tally.ts';
import { readChangedTracks, readChangeSummary, readStatePage, readTicketed } from '#core/changes/answers.ts';
import { readBaseline } from '#core/changes/baseline.ts';
import { changesBook } from '#core/changes/changes-book.ts';
import type { ReviewRequest } from '#core/changes/review.ts';
import { changeLines } from '#core/changes/save-changes.ts';
import { stateBook } from '#core/changes/state-book.ts';
import { type AskedTickets, askTickets } from '#core/changes/ticket-matching.ts';
import { readTickets } from '#core/changes/tickets.ts';
import type { CallName } from '#core/contract.ts';
import type { CallContext, Handlers } from '#core/engine.ts';
import { fileStem, writeNewFile } from '#core/new-file.ts';
import { createNamesLookup, createPersonLookup } from '#core/query/persons.ts';
import { readFailures, readSessions } from '#core/sessions/answers.ts';
import { closing, type Store } from '#core/store/open.ts';
import { readReviewSettings, saveReviewSettings } from '#core/store/review-settings.ts';
import { decideTickets, readTicketDecisions } from '#core/store/ticket-decisions.ts';

import { accessFileHandlers } from './access-files.ts';
import { saveBookInto } from './save-book.ts';

type Names = Extract<CallName, `${'review' | 'changes' | 'access' | 'sessions'}.${string}`>;

export const reviewHandlers: Pick<Handlers, Names> = {
  'review.settings': (_input, { reviewReader }) => closing(reviewReader(), readReviewSettings),
  'review.saveSettings': (settings, { review }) =>
    closing(review(), (store) => saveReviewSettings(store, settings)),
  'changes.summary': (review, context) => readChangeSummary(context.reader(), filesOf(review, context)),
  'changes.tracks': ({ first, limit, result, exception, ...review }, context) =>
    readChangedTracks(context.reader(), filesOf(review, context), { first, limit, result, exception }),
  'changes.ticketed': ({ first, limit, bucket, ...review }, context) =>
    readTicketed(context.reader(), filesOf(review, context), { first, limit, bucket }),
  'changes.decideTicket': (verdict, { review }) =>
    closing(review(), (store) => {
      decideTickets(store, verdict);
      return { verdicts: readTicketDecisions(store).decisions.length };
    }),
  'changes.save': ({ result, exception, into, ...review }, context) => {
    const store = context.reader();
    const request = filesOf(review, context);
    const name = `${fileStem(`changes ${review.from} to ${review.to}`)}.csv`;
    return store.db.transaction(() => ({
      file: writeNewFile(context.grant(into).path, name, changeLines(store, request, { result, exception })),
    }))();
  },
  'changes.book': ({ result, exception, into, ...review }, context) => {
    const settings = settingsOf(context);
    const words = `changes ${review.from} to ${review.to}`;
    const request = filesOf(review, context);
    const make = (store: Store) => changesBook(store, request, settings, { result, exception });
    return saveBookInto(context.grant(into).path, words, make, context);
  },
  'changes.state': ({ first, limit, ...asked }, context) =>
    readStatePage(context.reader(), { ...asked, baseline: baselineOf(asked, context) }, { first, limit }),
  'changes.saveState': ({ into, format, ...asked }, context) => {
    const request = { ...asked, baseline: baselineOf(asked, context) };
    const make = (store: Store) => stateBook(store, request);
    return saveBookInto(context.grant(into).path, `state ${asked.at}`, make, context, format);
  },
  'access.intervals': ({ first, limit, flag, order, ...asked }, context) =>
    readAccess(context.reader(), personsOf(asked, context), { first, limit, flag, order }),
  'access.summary': (asked, context) =>
    readAccessSummary(context.reader(), personsOf(asked, context), { hasLeavers: asked.leavers !== null }),
  'access.matrix': ({ row, rows, column, columns, ...asked }, { reader }) =>
    readMatrix(reader(), asked, { row, rows, column, columns }),
  'access.save': ({ flag, order, into, ...asked }, context) => {
    const store = context.reader();
    const request = personsOf(asked, context);
    const name = `${fileStem(`access ${Object.values(asked.scope).join(' ')}`)}.csv`;
    return {
      file: writeNewFile(context.grant(into).path, name, accessLines(store, request, { flag, order })),
    };
  },
  'access.book': ({ flag, order, into, ...asked }, context) => {
    const settings = settingsOf(context);
    const words = `access ${Object.values(asked.scope).join(' ')}`;
    const request = personsOf(asked, context);
    const make = (store: Store) => accessBook(store, request, settings, { flag, order });
    return saveBookInto(context.grant(into).path, words, make, context);
  },
  ...accessFileHandlers,
  'access.reconcile': ({ snapshot, ...asked }, { reader, grant }) => {
    const personOf = createPersonLookup(reader());
    return reconcile(reader(), readSnapshot(grant(snapshot).path), { ...asked, personOf });
  },
  'access.reconciled': ({ snapshot, part, first, limit, ...asked }, { reader, grant }) => {
    const { path } = grant(snapshot);
    const { mtimeMs, size } = statSync(path);
    const key = JSON.stringify([path, mtimeMs, size]);
    const request = { ...asked, personOf: createPersonLookup(reader()) };
    return readReconciled(reader(), key, () => readSnapshot(path), request, { part, first, limit });
  },
  'access.leavers': ({ leavers, state, first, limit, ...asked }, { reader, grant }) => {
    const list = readLeavers(grant(leavers).path, asked.zone);
    const request = { ...asked, leavers: list, namesOf: createNamesLookup(reader()) };
    return testLeavers(reader(), request, state, { first, limit });
  },
  'sessions.list': ({ first, limit, kind, state, ...query }, { reader }) =>
    readSessions(reader(), query, { first, limit, kind, state }),
  'sessions.failures': ({ first, limit, by, ...query }, { reader }) =>
    readFailures(reader(), query, { first, limit, by }),
};

const settingsOf = ({ reviewReader }: CallContext) => closing(reviewReader(), readReviewSettings).settings;

/** What is asked, with the granted list of leavers, and names as they were merged. */
function personsOf<T extends { leavers: string | null; zone: string }>(asked: T, context: CallContext) {
  const personOf = createPersonLookup(context.reader());
  return { ...asked, leavers: leaversOf(asked, context), personOf };
}

/** When people of a granted list left, none without one. */
function leaversOf(
  { leavers, zone }: { leavers: string | null; zone: string },
  { grant }: CallContext,
): ReturnType<typeof readLeavers> {
  return leavers === null ? new Map() : readLeavers(grant(leavers).path, zone);
}

/** A change review with the files that its grants name, and the columns where they are there. */
function filesOf<R extends { zone: string; baseline: string | null; tickets: string | null }>(
  review: R,
  context: CallContext,
): Omit<R, 'baseline' | 'tickets'> & Pick<ReviewRequest, 'baseline' | 'tickets' | 'tally'> {
  return {
    ...review,
    baseline: baselineOf(review, context),
    tickets: ticketsOf(review, context),
    tally: createTally(context.reader(), context.columns),
  };
}

/** The tickets of a granted list with what persons said of them; null without one. */
function ticketsOf(
  { tickets, zone }: { tickets: string | null; zone: string },
  { grant, reviewReader }: CallContext,
): AskedTickets | null {
  if (tickets === null) return null;
  return askTickets(readTickets(grant(tickets).path, zone), closing(reviewReader(), readTicketDecisions));
}

/** The values of a granted baseline, none without one. */
function baselineOf(
  { baseline, zone }: { baseline: string | null; zone: string },
  { grant }: CallContext,
): ReturnType<typeof readBaseline> {
  return baseline === null ? [] : readBaseline(grant(baseline).path, zone);
}
