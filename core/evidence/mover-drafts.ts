// The tables of people who moved: R-12, what each held before and after, and R-13, whether the rights of those on a list
// were gone in time. That an old right was kept can be as it should: it is said, not failed.

import type { AccessInterval } from '#core/review-model.ts';
import { type ReviewCell, type ReviewDraft, target, targetOf, text } from './review-columns.ts';
import type { LeaversAnswer, PackReviews } from './reviews.ts';
import { countResults, leaverRows, type ResultWords, type TestResult, testColumns } from './test-drafts.ts';

/** The tables, each with its rows; the test only where a list names people who moved. */
export function* moverDrafts({
  access,
  moved,
}: Pick<PackReviews, 'access' | 'moved'>): Generator<[ReviewDraft, Iterable<ReviewCell[]>]> {
  yield [
    {
      id: 'R-12',
      file: '12_movers',
      title: 'Rights of movers before and after',
      sheet: 'R-12 Movers',
      isFiltered: access.isFiltered,
      about:
        'One row for each target on which a mover of R-02 held a right at the start or at the end of the period: what it was then, what it is now, and what was gained, lost and kept.',
      columns: [
        text('subject', 'Subject', 30),
        ...target,
        text('before', 'Held at the start', 40),
        text('after', 'Held at the end', 40),
        text('gained', 'Gained', 34),
        text('lost', 'Lost', 34),
        text('kept', 'Kept', 34),
        text('change', 'Change', 12),
        text('events', 'Events', 44),
      ],
      countedBy: 'change',
    },
    moverRows(access.movers),
  ];
  if (!moved) return;
  yield [
    {
      id: 'R-13',
      file: '13_moved',
      title: 'Old rights of people who moved',
      sheet: 'R-13 Moved',
      isFiltered: false,
      about:
        'One row for each person whom the list says moved, and each target they held a right on then. pass: the last of these rights was gone in the time allowed; fail: later; kept: still held when that time was over, which may fit the new task; not due: the time was not over; none held: the imported logs show no right then.',
      columns: [...testColumns('moved', 'Moved (list)', 'Hours after moving')],
    },
    leaverRows(withoutNew(moved), moverWords),
  ];
}

const moverWords: ResultWords = {
  'in-time': 'pass',
  late: 'fail',
  held: 'kept',
  'given-after': 'pass',
  due: 'not due',
};

/** Rights that came with the new task are not what is tested. */
function withoutNew(moved: LeaversAnswer): LeaversAnswer {
  return {
    ...moved,
    test: { ...moved.test, rows: moved.test.rows.filter(({ state }) => state !== 'given-after') },
  };
}

/** Results of R-13, by person and target. */
export const moverResults = (moved: LeaversAnswer): Record<TestResult, number> =>
  countResults(leaverRows(withoutNew(moved), moverWords));

type Held = { first: AccessInterval; before: Set<string>; after: Set<string>; events: Set<string> };

/** The rights come by subject, so that one person is in memory at a time. */
function* moverRows(rights: Iterable<AccessInterval>): Generator<ReviewCell[]> {
  let subject: string | null = null;
  let targets = new Map<string, Held>();
  for (const right of rights) {
    if (right.subject !== subject) {
      yield* rowsOf(targets);
      subject = right.subject;
      targets = new Map();
    }
    const key = JSON.stringify(targetOf(right));
    const held = targets.get(key) ?? { first: right, before: new Set(), after: new Set(), events: new Set() };
    targets.set(key, held);
    if (right.change === 'kept' || right.change === 'lost') held.before.add(right.right);
    if (right.change === 'kept' || right.change === 'gained') held.after.add(right.right);
    if (right.change === 'gained' && right.grantEvent) held.events.add(right.grantEvent);
    if (right.change === 'lost' && right.revokeEvent) held.events.add(right.revokeEvent);
  }
  yield* rowsOf(targets);
}

function* rowsOf(targets: ReadonlyMap<string, Held>): Generator<ReviewCell[]> {
  for (const { first, before, after, events } of targets.values()) {
    if (before.size + after.size === 0) continue;
    const gained = [...after].filter((right) => !before.has(right));
    const lost = [...before].filter((right) => !after.has(right));
    const kept = [...before].filter((right) => after.has(right));
    const list = (rights: Iterable<string>) => [...rights].sort().join(', ') || null;
    yield [
      first.subject,
      ...targetOf(first),
      list(before),
      list(after),
      list(gained),
      list(lost),
      list(kept),
      gained.length > 0 && lost.length > 0
        ? 'exchanged'
        : gained.length > 0
          ? 'gained'
          : lost.length > 0
            ? 'lost'
            : 'kept',
      [...events].slice(0, 20).join(' ') || null,
    ];
  }
}
