// The answers in figures, for sentences and sheets: the same numbers as the tables' rows.

import type { CampaignEntry, CampaignProgress } from '#core/campaign-model.ts';
import type { ContinuityReport, CoverageReport } from '#core/model.ts';
import type { RegisteredException } from '#core/register-model.ts';
import type { AccessPerson, AccessSummary, ChangeSummary, LeaversTest } from '#core/review-model.ts';
import { moverResults } from './mover-drafts.ts';
import type { ReviewTable } from './review-tables.ts';
import type { PackReviews } from './reviews.ts';
import { leaverResults } from './test-drafts.ts';

/** Figures of the answers; their rows are in the tables. */
export type ReviewFacts = {
  tables: readonly ReviewTable[];
  changes: ChangeSummary;
  access: AccessSummary;
  people: Record<AccessPerson['kind'], number>;
  continuity: Omit<ContinuityReport, 'breaks'> & { breaks: number };
  coverage: CoverageReport;
  campaigns: readonly CampaignFact[];
  /** Null without a list; `results` counts the rows of R-10. */
  leavers:
    | (Omit<LeaversTest, 'rows'> & { slaDays: number; results: ReturnType<typeof leaverResults> })
    | null;
  /** The same for movers on the list; `results` counts the rows of R-13. */
  moved: { people: number; slaDays: number; results: ReturnType<typeof moverResults> } | null;
  exceptions: readonly RegisteredException[];
  /** Failed logins and invalid keys, each counted once. */
  failures: number;
};

/** An access review in figures. */
export type CampaignFact = CampaignProgress & {
  /** Seconds between decisions of one person, the middle one; null with fewer than two. */
  medianSeconds: number | null;
  /** Decisions within two seconds of the one before by the same person: nobody looked for long. */
  quick: number;
};

/** Draws them up. */
export function reviewFacts(answers: PackReviews, tables: readonly ReviewTable[]): ReviewFacts {
  const { changes, access, continuity, coverage, failures, leavers, moved } = answers;
  const people = { joiner: 0, mover: 0, leaver: 0, passing: 0 };
  for (const { kind } of access.people) people[kind] += 1;
  return {
    tables,
    changes: changes.summary,
    access: access.summary,
    people,
    continuity: {
      tested: continuity.tested,
      consistent: continuity.consistent,
      untestable: continuity.untestable,
      sources: continuity.sources,
      breaks: continuity.breaks,
    },
    coverage,
    campaigns: answers.campaigns.map(({ campaign, entries }) => ({ ...campaign, ...paceOf(entries) })),
    leavers: leavers && { ...leavers.test, slaDays: leavers.slaDays, results: leaverResults(leavers) },
    moved: moved && { people: moved.people.length, slaDays: moved.slaDays, results: moverResults(moved) },
    exceptions: answers.exceptions,
    failures: failures.reduce((sum, { by, count }) => sum + (by === 'actor' ? count : 0), 0),
  };
}

/** How fast decisions followed each other, person by person; every decision counts, also one that was changed. */
function paceOf(entries: readonly CampaignEntry[]): Pick<CampaignFact, 'medianSeconds' | 'quick'> {
  const timesOf = new Map<string, number[]>();
  for (const { person, at } of entries.flatMap(({ history }) => history)) {
    timesOf.set(person, [...(timesOf.get(person) ?? []), Date.parse(at)]);
  }
  const waits = [...timesOf.values()]
    .flatMap((times) => {
      const sorted = times.sort((a, b) => a - b);
      return sorted.slice(1).map((time, at) => (time - (sorted[at] as number)) / 1000);
    })
    .sort((a, b) => a - b);
  return {
    medianSeconds: waits[Math.floor(waits.length / 2)] ?? null,
    quick: waits.filter((seconds) => seconds < 2).length,
  };
}
