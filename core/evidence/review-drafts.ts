// The tables of answers about access, changes and sessions, R-01 to R-05, and of access reviews, R-09. Definitions for a
// reader, forms for CSV and workbook; who writes them is review-tables.ts.

import type { Explanation } from '#core/model.ts';
import { completenessDrafts } from './completeness-drafts.ts';
import { moverDrafts } from './mover-drafts.ts';
import { figure, type ReviewDraft, tableOf, target, text } from './review-columns.ts';
import type { PackReviews } from './reviews.ts';
import { testDrafts } from './test-drafts.ts';

/** The tables in the order of the report, each with its rows, which are read as they are taken. */
export function* reviewDrafts(
  reviews: PackReviews,
  explanations: readonly Explanation[],
): Generator<ReviewDraft> {
  const { changes, access, sessions, failures } = reviews;
  yield tableOf(access.rows, {
    id: 'R-01',
    countedBy: 'right',
    file: '01_access',
    title: 'Access rights held in the period',
    sheet: 'R-01 Access',
    isFiltered: access.isFiltered,
    about:
      'One row for each right of one subject on one target, for as long as it was held, if it was held at any time in the period. “inferred”: held before the log begins; “unlogged”: an event shows it, none says when it changed.',
    columns: [
      text('subject', 'Subject', 28, (one) => one.subject),
      ...target,
      text('right', 'Right', 24, (one) => one.right),
      text('from', 'Held from', 25, (one) => one.from),
      text('to', 'Held until', 25, (one) => one.to),
      text('change', 'In the period', 13, (one) => one.change ?? null),
      text('startCertainty', 'Start is', 11, (one) => one.startCertainty),
      text('endCertainty', 'End is', 11, (one) => one.endCertainty),
      text('grantedBy', 'Granted by', 28, (one) => one.grantedBy),
      text('grantEvent', 'Event of the grant', 20, (one) => one.grantEvent),
      text('revokedBy', 'Revoked by', 28, (one) => one.revokedBy),
      text('revokeEvent', 'Event of the end', 20, (one) => one.revokeEvent),
      text('flags', 'Flags', 30, (one) => one.flags.join(', ') || null),
      text('reasons', 'Why', 60, (one) => Object.values(one.reasons).join(' ') || null),
    ],
  });
  yield tableOf(access.people, {
    id: 'R-02',
    file: '02_people',
    title: 'People whose rights changed',
    sheet: 'R-02 People',
    isFiltered: access.isFiltered,
    about:
      'One row for each subject whose rights at the end of the period are not those at its start. joiner: held none before; leaver: holds none after; mover: holds others; passing: held some in between alone.',
    columns: [
      text('subject', 'Subject', 34, (one) => one.subject),
      text('kind', 'Kind', 12, (one) => one.kind),
      figure('gained', 'Rights gained', 12, (one) => one.gained),
      figure('lost', 'Rights lost', 12, (one) => one.lost),
    ],
  });
  yield tableOf(changes.rows, {
    id: 'R-03',
    file: '03_changes',
    title: 'Values then and now',
    sheet: 'R-03 Then and now',
    isFiltered: true,
    about:
      'One row for each field of a target that changed in the period: its value at the start and at the end, how each is known, and whether it differs. “inferred”: the next event’s old value; “unknown”: no event says it.',
    columns: [
      ...target,
      text('field', 'Field', 24, (one) => one.field),
      text('valueFrom', 'Value at the start', 36, (one) => one.valueFrom),
      text('certaintyFrom', 'It is', 11, (one) => one.certaintyFrom),
      text('valueTo', 'Value at the end', 36, (one) => one.valueTo),
      text('certaintyTo', 'It is', 11, (one) => one.certaintyTo),
      text('result', 'Result', 11, (one) => one.result),
      figure('changes', 'Changes', 10, (one) => one.changes),
      text('actors', 'By', 34, (one) => one.actors.join(', ') || null),
      text('firstTime', 'First change', 25, (one) => one.firstTime),
      text('lastTime', 'Last change', 25, (one) => one.lastTime),
      text('firstEvent', 'First event', 20, (one) => one.firstEvent),
      text('lastEvent', 'Last event', 20, (one) => one.lastEvent),
      figure('breaks', 'Breaks', 9, (one) => one.breaks),
      text(
        'exceptions',
        'Deserves a look',
        60,
        (one) => one.exceptions.map(({ reason }) => reason).join(' ') || null,
      ),
    ],
  });
  yield tableOf(sessions, {
    id: 'R-04',
    file: '04_sessions',
    title: 'Logins and remote access',
    sheet: 'R-04 Sessions',
    isFiltered: true,
    about:
      'One row for each session. closed: start and end are logged; no-end, no-start: the other one is not; started: the vendor logs no ends.',
    columns: [
      text('kind', 'Kind', 14, (one) => one.kind),
      text('state', 'State', 11, (one) => one.state),
      text('actor', 'Actor', 28, (one) => one.actor),
      text('start', 'Start', 25, (one) => one.start),
      text('end', 'End', 25, (one) => one.end),
      figure('durationSeconds', 'Seconds', 11, ({ durationMs }) =>
        durationMs === null ? null : Math.round(durationMs / 1000),
      ),
      text('ip', 'IP address', 18, (one) => one.ip),
      ...target,
      text('app', 'App', 18, (one) => one.app),
      text('port', 'Port', 8, (one) => one.port),
      text('session', 'Session id', 22, (one) => one.session),
      text('startEvent', 'Event of the start', 20, (one) => one.startEvent),
      text('endEvent', 'Event of the end', 20, (one) => one.endEvent),
    ],
  });
  yield tableOf(failures, {
    id: 'R-05',
    file: '05_failures',
    title: 'Failed logins and invalid keys',
    sheet: 'R-05 Failures',
    isFiltered: true,
    about:
      'The failures of the period twice: grouped by actor, and grouped by address. An empty name: the records name none.',
    columns: [
      text('by', 'Grouped by', 11, (one) => one.by),
      text('key', 'Actor or address', 34, (one) => one.key),
      figure('count', 'Failures', 10, (one) => one.count),
      text('first', 'First', 25, (one) => one.first),
      text('last', 'Last', 25, (one) => one.last),
      text('actions', 'Events', 44, (one) =>
        one.actions.map(({ action, count }) => `${action} ${count}`).join(', '),
      ),
      figure('others', 'Addresses or actors', 12, (one) => one.others),
      text('firstEvent', 'First event', 20, (one) => one.firstEvent),
      text('lastEvent', 'Last event', 20, (one) => one.lastEvent),
    ],
  });
  yield* completenessDrafts(reviews, explanations);
  yield tableOf(decisionsOf(reviews), {
    id: 'R-09',
    file: '09_access-reviews',
    title: 'Decisions of the access reviews',
    sheet: 'R-09 Access reviews',
    isFiltered: false,
    about:
      'One row for each right that an access review of the period froze, with what was decided and by whom. Of a right to be revoked the imported logs show: proven, an event takes it; late, after the time allowed; contradicted, used afterwards without a new grant of it; waiting, no evidence yet.',
    columns: [
      text('review', 'Review', 22, (one) => one.review),
      figure('number', 'No.', 8, (one) => one.number),
      text('subject', 'Subject', 28, (one) => one.subject),
      ...target,
      text('right', 'Right', 24, (one) => one.right),
      text('from', 'Held from', 25, (one) => one.from),
      text('flags', 'Flags', 30, (one) => one.flags.join(', ') || null),
      text('reviewer', 'Reviewer', 26, (one) => one.reviewer),
      text('decision', 'Decision', 12, ({ decided }) => decided?.decision ?? null),
      text('note', 'Note', 44, ({ decided }) => decided?.note || null),
      text('decidedBy', 'Decided by', 26, ({ decided }) => decided?.person ?? null),
      text('decidedAt', 'Decided at', 25, ({ decided }) => decided?.at ?? null),
      figure('decisions', 'Decisions', 11, (one) => one.history.length),
      text('proof', 'Evidence', 14, ({ proof }) => proof?.state ?? null),
      text('reason', 'What the log shows', 60, ({ proof }) => proof?.reason ?? null),
      text('revokeEvent', 'Event that takes it', 20, ({ proof }) => proof?.revokeEvent ?? null),
    ],
  });
  yield* testDrafts(reviews);
  yield* moverDrafts(reviews);
}

function* decisionsOf({ campaigns }: PackReviews) {
  for (const { campaign, entries } of campaigns)
    for (const entry of entries) yield { ...entry, review: campaign.name };
}
