// The tables of people who moved: R-12, what each held before and after, and R-13, whether the rights of those on a list
// were gone in time. That an old right was kept can be as it should: it is said, not failed.

import type { AccessInterval } from '#core/review-model.ts';
import { countResults, type ResultWords, type TestResult, testColumns, testedPeople } from './people-test.ts';
import { type ReviewDraft, type Target, tableOf, target, text } from './review-columns.ts';
import type { LeaversAnswer, PackReviews } from './reviews.ts';

/** The tables, each with its rows; the test only where a list names people who moved. */
export function* moverDrafts({
  access,
  moved,
}: Pick<PackReviews, 'access' | 'moved'>): Generator<ReviewDraft> {
  yield tableOf(moversOf(access.movers), {
    id: 'R-12',
    file: '12_movers',
    title: 'Rights of movers before and after',
    sheet: 'R-12 Movers',
    isFiltered: access.isFiltered,
    about:
      'One row for each target on which a mover of R-02 held a right at the start or at the end of the period: what it was then, what it is now, and what was gained, lost and kept.',
    columns: [
      text('subject', 'Subject', 30, (one) => one.subject),
      ...target,
      text('before', 'Held at the start', 40, (one) => list(one.before)),
      text('after', 'Held at the end', 40, (one) => list(one.after)),
      text('gained', 'Gained', 34, (one) => list(one.gained)),
      text('lost', 'Lost', 34, (one) => list(one.lost)),
      text('kept', 'Kept', 34, (one) => list(one.kept)),
      text('change', 'Change', 12, changeOf),
      text('events', 'Events', 44, (one) => [...one.events].slice(0, mostEvents).join(' ') || null),
    ],
    countedBy: 'change',
  });
  if (!moved) return;
  yield tableOf(testedPeople(withoutNew(moved), moverWords), {
    id: 'R-13',
    file: '13_moved',
    title: 'Old rights of people who moved',
    sheet: 'R-13 Moved',
    isFiltered: false,
    about:
      'One row for each person whom the list says moved, and each target they held a right on then. pass: the last of these rights was gone in the time allowed; fail: later; kept: still held when that time was over, which may fit the new task; not due: the time was not over; none held: the imported logs show no right then.',
    columns: testColumns('moved', 'Moved (list)', 'Hours after moving'),
  });
}

const mostEvents = 20;

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
  countResults(testedPeople(withoutNew(moved), moverWords));

/** The rights of a subject on a target, at the start and at the end of the period. */
type Mover = Target & {
  subject: string;
  before: Set<string>;
  after: Set<string>;
  gained: Set<string>;
  lost: Set<string>;
  kept: Set<string>;
  events: Set<string>;
};

/** The rights come by subject, so that one person is in memory at a time. */
function* moversOf(rights: Iterable<AccessInterval>): Generator<Mover> {
  let subject: string | null = null;
  let targets = new Map<string, Mover>();
  for (const right of rights) {
    if (right.subject !== subject) {
      yield* held(targets);
      subject = right.subject;
      targets = new Map();
    }
    const key = JSON.stringify([right.source, right.targetType, right.targetId, right.targetName]);
    const mover = targets.get(key) ?? moverOf(right);
    targets.set(key, mover);
    if (right.change === 'kept' || right.change === 'lost') mover.before.add(right.right);
    if (right.change === 'kept' || right.change === 'gained') mover.after.add(right.right);
    if (right.change === 'gained' && right.grantEvent) mover.events.add(right.grantEvent);
    if (right.change === 'lost' && right.revokeEvent) mover.events.add(right.revokeEvent);
  }
  yield* held(targets);
}

function moverOf({ subject, source, targetType, targetId, targetName }: AccessInterval): Mover {
  const none = () => new Set<string>();
  return {
    ...{ subject, source, targetType, targetId, targetName },
    ...{ before: none(), after: none(), gained: none(), lost: none(), kept: none(), events: none() },
  };
}

function* held(targets: ReadonlyMap<string, Mover>): Generator<Mover> {
  for (const mover of targets.values()) {
    const { before, after } = mover;
    if (before.size + after.size === 0) continue;
    yield {
      ...mover,
      gained: after.difference(before),
      lost: before.difference(after),
      kept: before.intersection(after),
    };
  }
}

const list = (rights: Iterable<string>): string | null => [...rights].sort().join(', ') || null;

function changeOf({ gained, lost }: Mover): string {
  if (gained.size > 0 && lost.size > 0) return 'exchanged';
  if (gained.size > 0) return 'gained';
  return lost.size > 0 ? 'lost' : 'kept';
}
