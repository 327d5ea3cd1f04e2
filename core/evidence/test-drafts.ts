// The tables of what was tested and of what came of it: R-10, whether those who left lost their rights in time, and R-11,
// the register of exceptions.

import { exceptionName } from '#core/register-model.ts';
import { countResults, type ResultWords, type TestResult, testColumns, testedPeople } from './people-test.ts';
import { figure, type ReviewDraft, tableOf, text } from './review-columns.ts';
import type { LeaversAnswer, PackReviews } from './reviews.ts';

/** The tables, each with its rows; that of leavers only where a list was given. */
export function* testDrafts({
  leavers,
  exceptions,
}: Pick<PackReviews, 'leavers' | 'exceptions'>): Generator<ReviewDraft> {
  if (leavers) {
    yield tableOf(testedPeople(leavers, leaverWords), {
      id: 'R-10',
      file: '10_leavers',
      title: 'Rights of people who left',
      sheet: 'R-10 Leavers',
      isFiltered: false,
      about:
        'One row for each person of the list and each target they held a right on when they left or later. pass: the last right was gone in the time allowed; fail: later, still held, or given afterwards; not due: the time was not over; none held: the imported logs show no right then.',
      columns: testColumns('left', 'Left (list)', 'Hours after leaving'),
    });
  }
  yield tableOf(exceptions, {
    id: 'R-11',
    file: '11_exceptions',
    title: 'Register of exceptions',
    sheet: 'R-11 Exceptions',
    isFiltered: false,
    about:
      'What the officer entered, in the newest version before the pack; each version is in the activity log of the workspace. Withdrawn ones are left out.',
    columns: [
      text('id', 'No.', 8, (one) => exceptionName(one.id)),
      text('finding', 'Finding', 60, (one) => one.finding),
      text('control', 'Controls', 22, (one) => one.control || null),
      figure('rowCount', 'Rows', 8, (one) => one.rowCount),
      text('severity', 'Severity', 10, (one) => one.severity),
      text('rootCause', 'Root cause', 44, (one) => one.rootCause || null),
      text('compensating', 'Compensating control', 44, (one) => one.compensating || null),
      text('owner', 'Owner', 26, (one) => one.owner || null),
      text('due', 'Due', 12, (one) => one.due),
      text('status', 'Status', 14, (one) => one.status),
      text('response', 'Management response', 44, (one) => one.response || null),
      text('rows', 'Events', 44, (one) => one.rows.join(' ') || null),
      text('person', 'Entered by', 26, (one) => one.person),
      text('at', 'Entered at', 25, (one) => one.at),
      figure('versions', 'Versions', 9, (one) => one.versions),
    ],
  });
}

const leaverWords: ResultWords = {
  'in-time': 'pass',
  late: 'fail',
  held: 'fail',
  'given-after': 'fail',
  due: 'not due',
};

/** Results of R-10, by person and target. */
export const leaverResults = (leavers: LeaversAnswer): Record<TestResult, number> =>
  countResults(testedPeople(leavers, leaverWords));
