// The answers in figures, for sentences and sheets: the same numbers as the tables' rows.

import type { ContinuityReport, CoverageReport } from '#core/model.ts';
import type { AccessPerson, AccessSummary, ChangeSummary } from '#core/review-model.ts';
import type { ReviewTable } from './review-tables.ts';
import type { PackReviews } from './reviews.ts';

/** Figures of the answers; their rows are in the tables. */
export type ReviewFacts = {
  tables: readonly ReviewTable[];
  changes: ChangeSummary;
  access: AccessSummary;
  people: Record<AccessPerson['kind'], number>;
  continuity: Omit<ContinuityReport, 'breaks'> & { breaks: number };
  coverage: CoverageReport;
  /** Failed logins and invalid keys, each counted once. */
  failures: number;
};

/** Draws them up. */
export function reviewFacts(answers: PackReviews, tables: readonly ReviewTable[]): ReviewFacts {
  const { changes, access, continuity, coverage, failures } = answers;
  const people = { joiner: 0, mover: 0, leaver: 0, passing: 0 };
  for (const { kind } of access.people) people[kind] += 1;
  return {
    tables,
    changes: changes.summary,
    access: access.summary,
    people,
    continuity: { ...continuity, breaks: continuity.breaks.length },
    coverage,
    failures: failures.reduce((sum, { by, count }) => sum + (by === 'actor' ? count : 0), 0),
  };
}
