// What each table of answers holds: its columns, and a row of cells for each answer. Definitions for a reader, forms for
// CSV and workbook; who writes them is review-tables.ts.

import type { Explanation } from '#core/model.ts';
import { completenessDrafts } from './completeness-drafts.ts';
import { moverDrafts } from './mover-drafts.ts';
import {
  figure,
  flatMap,
  map,
  type ReviewCell,
  type ReviewDraft,
  target,
  targetOf,
  text,
} from './review-columns.ts';
import type { PackReviews } from './reviews.ts';
import { testDrafts } from './test-drafts.ts';

/** The tables in the order of the report, each with its rows, which are read as they are taken. */
export function* reviewDrafts(
  reviews: PackReviews,
  explanations: readonly Explanation[],
): Generator<[ReviewDraft, Iterable<ReviewCell[]>]> {
  const { changes, access, sessions, failures } = reviews;
  yield [
    {
      id: 'R-01',
      countedBy: 'right',
      file: '01_access',
      title: 'Access rights held in the period',
      sheet: 'R-01 Access',
      isFiltered: access.isFiltered,
      about:
        'One row for each right of one subject on one target, for as long as it was held, if it was held at any time in the period. “inferred”: held before the log begins; “unlogged”: an event shows it, none says when it changed.',
      columns: [
        text('subject', 'Subject', 28),
        ...target,
        text('right', 'Right', 24),
        text('from', 'Held from', 25),
        text('to', 'Held until', 25),
        text('change', 'In the period', 13),
        text('startCertainty', 'Start is', 11),
        text('endCertainty', 'End is', 11),
        text('grantedBy', 'Granted by', 28),
        text('grantEvent', 'Event of the grant', 20),
        text('revokedBy', 'Revoked by', 28),
        text('revokeEvent', 'Event of the end', 20),
        text('flags', 'Flags', 30),
        text('reasons', 'Why', 60),
      ],
    },
    map(access.rows, (one) => [
      one.subject,
      ...targetOf(one),
      one.right,
      one.from,
      one.to,
      one.change ?? null,
      one.startCertainty,
      one.endCertainty,
      one.grantedBy,
      one.grantEvent,
      one.revokedBy,
      one.revokeEvent,
      one.flags.join(', ') || null,
      Object.values(one.reasons).join(' ') || null,
    ]),
  ];
  yield [
    {
      id: 'R-02',
      file: '02_people',
      title: 'People whose rights changed',
      sheet: 'R-02 People',
      isFiltered: access.isFiltered,
      about:
        'One row for each subject whose rights at the end of the period are not those at its start. joiner: held none before; leaver: holds none after; mover: holds others; passing: held some in between alone.',
      columns: [
        text('subject', 'Subject', 34),
        text('kind', 'Kind', 12),
        figure('gained', 'Rights gained', 12),
        figure('lost', 'Rights lost', 12),
      ],
    },
    map(access.people, (one) => [one.subject, one.kind, one.gained, one.lost]),
  ];
  yield [
    {
      id: 'R-03',
      file: '03_changes',
      title: 'Values then and now',
      sheet: 'R-03 Then and now',
      isFiltered: true,
      about:
        'One row for each field of a target that changed in the period: its value at the start and at the end, how each is known, and whether it differs. “inferred”: the next event’s old value; “unknown”: no event says it.',
      columns: [
        ...target,
        text('field', 'Field', 24),
        text('valueFrom', 'Value at the start', 36),
        text('certaintyFrom', 'It is', 11),
        text('valueTo', 'Value at the end', 36),
        text('certaintyTo', 'It is', 11),
        text('result', 'Result', 11),
        figure('changes', 'Changes', 10),
        text('actors', 'By', 34),
        text('firstTime', 'First change', 25),
        text('lastTime', 'Last change', 25),
        text('firstEvent', 'First event', 20),
        text('lastEvent', 'Last event', 20),
        figure('breaks', 'Breaks', 9),
        text('exceptions', 'Deserves a look', 60),
      ],
    },
    map(changes.rows, (one) => [
      ...targetOf(one),
      one.field,
      one.valueFrom,
      one.certaintyFrom,
      one.valueTo,
      one.certaintyTo,
      one.result,
      one.changes,
      one.actors.join(', ') || null,
      one.firstTime,
      one.lastTime,
      one.firstEvent,
      one.lastEvent,
      one.breaks,
      one.exceptions.map(({ reason }) => reason).join(' ') || null,
    ]),
  ];
  yield [
    {
      id: 'R-04',
      file: '04_sessions',
      title: 'Logins and remote access',
      sheet: 'R-04 Sessions',
      isFiltered: true,
      about:
        'One row for each session. closed: start and end are logged; no-end, no-start: the other one is not; started: the vendor logs no ends.',
      columns: [
        text('kind', 'Kind', 14),
        text('state', 'State', 11),
        text('actor', 'Actor', 28),
        text('start', 'Start', 25),
        text('end', 'End', 25),
        figure('durationSeconds', 'Seconds', 11),
        text('ip', 'IP address', 18),
        ...target,
        text('app', 'App', 18),
        text('port', 'Port', 8),
        text('session', 'Session id', 22),
        text('startEvent', 'Event of the start', 20),
        text('endEvent', 'Event of the end', 20),
      ],
    },
    map(sessions, (one) => [
      one.kind,
      one.state,
      one.actor,
      one.start,
      one.end,
      one.durationMs === null ? null : Math.round(one.durationMs / 1000),
      one.ip,
      ...targetOf(one),
      one.app,
      one.port,
      one.session,
      one.startEvent,
      one.endEvent,
    ]),
  ];
  yield [
    {
      id: 'R-05',
      file: '05_failures',
      title: 'Failed logins and invalid keys',
      sheet: 'R-05 Failures',
      isFiltered: true,
      about:
        'The failures of the period twice: grouped by actor, and grouped by address. An empty name: the records name none.',
      columns: [
        text('by', 'Grouped by', 11),
        text('key', 'Actor or address', 34),
        figure('count', 'Failures', 10),
        text('first', 'First', 25),
        text('last', 'Last', 25),
        text('actions', 'Events', 44),
        figure('others', 'Addresses or actors', 12),
        text('firstEvent', 'First event', 20),
        text('lastEvent', 'Last event', 20),
      ],
    },
    map(failures, (one) => [
      one.by,
      one.key,
      one.count,
      one.first,
      one.last,
      one.actions.map(({ action, count }) => `${action} ${count}`).join(', '),
      one.others,
      one.firstEvent,
      one.lastEvent,
    ]),
  ];
  yield* completenessDrafts(reviews, explanations);
  yield [
    {
      id: 'R-09',
      file: '09_access-reviews',
      title: 'Decisions of the access reviews',
      sheet: 'R-09 Access reviews',
      isFiltered: false,
      about:
        'One row for each right that an access review of the period froze, with what was decided and by whom. Of a right to be revoked the imported logs show: proven, an event takes it; late, after the time allowed; contradicted, used afterwards without a new grant of it; waiting, no evidence yet.',
      columns: [
        text('review', 'Review', 22),
        figure('number', 'No.', 8),
        text('subject', 'Subject', 28),
        ...target,
        text('right', 'Right', 24),
        text('from', 'Held from', 25),
        text('flags', 'Flags', 30),
        text('reviewer', 'Reviewer', 26),
        text('decision', 'Decision', 12),
        text('note', 'Note', 44),
        text('decidedBy', 'Decided by', 26),
        text('decidedAt', 'Decided at', 25),
        figure('decisions', 'Decisions', 11),
        text('proof', 'Evidence', 14),
        text('reason', 'What the log shows', 60),
        text('revokeEvent', 'Event that takes it', 20),
      ],
    },
    flatMap(reviews.campaigns, ({ campaign, entries }) =>
      entries.map((one) => [
        campaign.name,
        one.number,
        one.subject,
        ...targetOf(one),
        one.right,
        one.from,
        one.flags.join(', ') || null,
        one.reviewer,
        one.decided?.decision ?? null,
        one.decided?.note || null,
        one.decided?.person ?? null,
        one.decided?.at ?? null,
        one.history.length,
        one.proof?.state ?? null,
        one.proof?.reason ?? null,
        one.proof?.revokeEvent ?? null,
      ]),
    ),
  ];
  yield* testDrafts(reviews);
  yield* moverDrafts(reviews);
}
