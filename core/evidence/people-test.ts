// Whether the rights of people on a list were gone in time: rows by person and target, for R-10 (those who left) and R-13
// (those who moved), and how many came to which result.

import type { LeaverRow, LeaverState } from '#core/review-model.ts';
import { type ColumnOf, figure, type Target, target, text } from './review-columns.ts';
import type { LeaversAnswer } from './reviews.ts';

export const testResults = ['pass', 'fail', 'kept', 'not due', 'none held'] as const;
/** What a row of a test of people came to; `kept` is for movers alone. */
export type TestResult = (typeof testResults)[number];
/** What each state of a right is called. */
export type ResultWords = Readonly<Record<LeaverState, TestResult>>;

/** A person of the list and a target they held rights on; all null but the person's where they held none. */
export type TestedPerson = Target & {
  person: string;
  /** When the list says they left or moved, ISO 8601 UTC. */
  left: string;
  rights: string | null;
  lastEnd: string | null;
  /** From leaving to the last end. */
  hours: number | null;
  slaDays: number;
  deadline: string | null;
  result: TestResult;
  reason: string;
  events: string | null;
};

/** Columns of a test of people on a list, which says when they left or moved. */
export const testColumns = (
  day: 'left' | 'moved',
  when: string,
  hours: string,
): readonly ColumnOf<TestedPerson>[] => [
  text('person', 'Person', 30, (one) => one.person),
  text(day, when, 25, (one) => one.left),
  ...target,
  text('rights', 'Rights', 40, (one) => one.rights),
  text('lastEnd', 'Last access ended', 25, (one) => one.lastEnd),
  figure('hours', hours, 12, (one) => one.hours),
  figure('slaDays', 'Days allowed', 10, (one) => one.slaDays),
  text('deadline', 'Had to be gone by', 25, (one) => one.deadline),
  text('result', 'Result', 11, (one) => one.result),
  text('reason', 'What the log shows', 60, (one) => one.reason),
  text('events', 'Events', 44, (one) => one.events),
];

/** Rows by their result. */
export function countResults(rows: Iterable<TestedPerson>): Record<TestResult, number> {
  const counts = Object.fromEntries(testResults.map((result) => [result, 0])) as Record<TestResult, number>;
  for (const { result } of rows) counts[result] += 1;
  return counts;
}

const worst: readonly LeaverState[] = ['given-after', 'held', 'late', 'due', 'in-time'];
const hourMs = 3_600_000;
const mostEvents = 20;

/** Rows by person and target, the worst right of each telling the result; then people of the list who held none. */
export function* testedPeople(
  { test, slaDays, people }: LeaversAnswer,
  words: ResultWords,
): Generator<TestedPerson> {
  const seen = new Set<string>();
  for (const rows of byPersonAndTarget(test.rows)) {
    const [first] = rows as [LeaverRow];
    seen.add(first.subject.toLowerCase());
    const ends = rows.map(({ to }) => to);
    const lastEnd = ends.includes(null) ? null : (ends.toSorted().at(-1) as string);
    const decisive = worst
      .map((state) => rows.find((row) => row.state === state))
      .find((row) => row !== undefined) as LeaverRow;
    const events = rows.flatMap(({ startEvent, endEvent }) => [startEvent, endEvent ?? '']);
    yield {
      ...targetOf(first),
      person: first.subject,
      left: first.left,
      rights: [...new Set(rows.map(({ right }) => right))].join(', '),
      lastEnd,
      hours: lastEnd === null ? null : hoursBetween(first.left, lastEnd),
      slaDays,
      deadline: first.deadline,
      result: words[decisive.state],
      reason: decisive.reason,
      events: [...new Set(events.filter((uid) => uid !== ''))].slice(0, mostEvents).join(' '),
    };
  }
  const unknown = new Set(test.unknown);
  for (const { name, left } of people) {
    if (seen.has(name.toLowerCase()) || left >= test.atTime) continue;
    yield {
      ...{ source: null, targetType: null, targetId: null, targetName: null },
      ...{ rights: null, lastEnd: null, hours: null, deadline: null, events: null },
      person: name,
      left,
      slaDays,
      result: 'none held',
      reason: unknown.has(name)
        ? 'The imported logs give this name no right at any time.'
        : 'No right was held then.',
    };
  }
}

function byPersonAndTarget(rows: readonly LeaverRow[]): Iterable<LeaverRow[]> {
  const groups = new Map<string, LeaverRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.subject.toLowerCase(), targetOf(row)]);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups.values();
}

const targetOf = ({ source, targetType, targetId, targetName }: LeaverRow): Target => ({
  source,
  targetType,
  targetId,
  targetName,
});

/** To a tenth. */
const hoursBetween = (from: string, to: string): number =>
  Math.round(((Date.parse(to) - Date.parse(from)) / hourMs) * 10) / 10;
