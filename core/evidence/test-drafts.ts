// The tables of what was tested and of what came of it: R-10, whether those who left lost their rights in time, and R-11,
// the register of exceptions.

import { exceptionName } from '#core/register-model.ts';
import type { LeaverRow, LeaverState } from '#core/review-model.ts';
import {
  figure,
  map,
  type ReviewCell,
  type ReviewColumn,
  type ReviewDraft,
  target,
  targetOf,
  text,
} from './review-columns.ts';
import type { LeaversAnswer, PackReviews } from './reviews.ts';

/** Columns of a test of people on a list, which says when they left or moved. */
export const testColumns = (day: 'left' | 'moved', when: string, hours: string): ReviewColumn[] => [
  text('person', 'Person', 30),
  text(day, when, 25),
  ...target,
  text('rights', 'Rights', 40),
  text('lastEnd', 'Last access ended', 25),
  figure('hours', hours, 12),
  figure('slaDays', 'Days allowed', 10),
  text('deadline', 'Had to be gone by', 25),
  text('result', 'Result', 11),
  text('reason', 'What the log shows', 60),
  text('events', 'Events', 44),
];

/** The tables, each with its rows; that of leavers only where a list was given. */
export function* testDrafts({
  leavers,
  exceptions,
}: Pick<PackReviews, 'leavers' | 'exceptions'>): Generator<[ReviewDraft, Iterable<ReviewCell[]>]> {
  if (leavers) {
    yield [
      {
        id: 'R-10',
        file: '10_leavers',
        title: 'Rights of people who left',
        sheet: 'R-10 Leavers',
        isFiltered: false,
        about:
          'One row for each person of the list and each target they held a right on when they left or later. pass: the last right was gone in the time allowed; fail: later, still held, or given afterwards; not due: the time was not over; none held: the imported logs show no right then.',
        columns: testColumns('left', 'Left (list)', 'Hours after leaving'),
      },
      leaverRows(leavers, leaverWords),
    ];
  }
  yield [
    {
      id: 'R-11',
      file: '11_exceptions',
      title: 'Register of exceptions',
      sheet: 'R-11 Exceptions',
      isFiltered: false,
      about:
        'What the officer entered, in the newest version before the pack; each version is in the activity log of the workspace. Withdrawn ones are left out.',
      columns: [
        text('id', 'No.', 8),
        text('finding', 'Finding', 60),
        text('control', 'Controls', 22),
        figure('rowCount', 'Rows', 8),
        text('severity', 'Severity', 10),
        text('rootCause', 'Root cause', 44),
        text('compensating', 'Compensating control', 44),
        text('owner', 'Owner', 26),
        text('due', 'Due', 12),
        text('status', 'Status', 14),
        text('response', 'Management response', 44),
        text('rows', 'Events', 44),
        text('person', 'Entered by', 26),
        text('at', 'Entered at', 25),
        figure('versions', 'Versions', 9),
      ],
    },
    map(exceptions, (one) => [
      exceptionName(one.id),
      one.finding,
      one.control || null,
      one.rowCount,
      one.severity,
      one.rootCause || null,
      one.compensating || null,
      one.owner || null,
      one.due,
      one.status,
      one.response || null,
      one.rows.join(' ') || null,
      one.person,
      one.at,
      one.versions,
    ]),
  ];
}

export const testResults = ['pass', 'fail', 'kept', 'not due', 'none held'] as const;
/** What a row of a test of people came to; `kept` is for movers alone. */
export type TestResult = (typeof testResults)[number];
/** What each state of a right is called. */
export type ResultWords = Readonly<Record<LeaverState, TestResult>>;

const leaverWords: ResultWords = {
  'in-time': 'pass',
  late: 'fail',
  held: 'fail',
  'given-after': 'fail',
  due: 'not due',
};
const worst: readonly LeaverState[] = ['given-after', 'held', 'late', 'due', 'in-time'];

/** Results of R-10, by person and target. */
export const leaverResults = (leavers: LeaversAnswer): Record<TestResult, number> =>
  countResults(leaverRows(leavers, leaverWords));

/** Rows of a test by their result. */
export function countResults(rows: Iterable<ReviewCell[]>): Record<TestResult, number> {
  const counts = Object.fromEntries(testResults.map((result) => [result, 0])) as Record<TestResult, number>;
  for (const row of rows) counts[row[resultAt] as TestResult] += 1;
  return counts;
}

const resultAt = 11;
const hourMs = 3_600_000;

/** Rows by person and target, the worst right of each telling the result; then people of the list who held none. */
export function* leaverRows(
  { test, slaDays, people }: LeaversAnswer,
  words: ResultWords,
): Generator<ReviewCell[]> {
  const groups = new Map<string, LeaverRow[]>();
  for (const row of test.rows) {
    const key = JSON.stringify([
      row.subject.toLowerCase(),
      row.source,
      row.targetType,
      row.targetId,
      row.targetName,
    ]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const seen = new Set<string>();
  for (const rows of groups.values()) {
    const [first] = rows as [LeaverRow];
    seen.add(first.subject.toLowerCase());
    const ends = rows.map(({ to }) => to);
    const lastEnd = ends.includes(null) ? null : (ends.toSorted().at(-1) as string);
    const decisive = worst
      .map((state) => rows.find((row) => row.state === state))
      .find((row) => row !== undefined) as LeaverRow;
    yield [
      first.subject,
      first.left,
      ...targetOf(first),
      [...new Set(rows.map(({ right }) => right))].join(', '),
      lastEnd,
      lastEnd === null
        ? null
        : Math.round(((Date.parse(lastEnd) - Date.parse(first.left)) / hourMs) * 10) / 10,
      slaDays,
      first.deadline,
      words[decisive.state],
      decisive.reason,
      [...new Set(rows.flatMap(({ startEvent, endEvent }) => [startEvent, endEvent ?? '']))]
        .filter((uid) => uid !== '')
        .slice(0, 20)
        .join(' '),
    ];
  }
  const unknown = new Set(test.unknown);
  for (const { name, left } of people) {
    if (seen.has(name.toLowerCase()) || left >= test.atTime) continue;
    const why = unknown.has(name)
      ? 'The imported logs give this name no right at any time.'
      : 'No right was held then.';
    yield [name, left, null, null, null, null, null, null, null, slaDays, null, 'none held', why, null];
  }
}
