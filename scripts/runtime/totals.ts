// Reads how many tests passed and failed from the reports of the two test runners.
import { readFileSync } from 'node:fs';

export type Totals = { passed: number; failed: number; skipped: number };

/** Totals of Vitest's JSON report; undefined when there is none. */
export function readVitestTotals(file: string): Totals | undefined {
  const report = readJson(file) as
    | { numPassedTests: number; numFailedTests: number; numPendingTests: number; numTodoTests: number }
    | undefined;
  return (
    report && {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
    }
  );
}

/** Totals of Playwright's JSON report; a test that passed on a second try counts as passed. */
export function readPlaywrightTotals(file: string): Totals | undefined {
  const report = readJson(file) as
    | { stats: { expected: number; unexpected: number; flaky: number; skipped: number } }
    | undefined;
  return (
    report && {
      passed: report.stats.expected + report.stats.flaky,
      failed: report.stats.unexpected,
      skipped: report.stats.skipped,
    }
  );
}

/** The sum of what is there. */
export function addTotals(all: readonly (Totals | undefined)[]): Totals {
  const sum: Totals = { passed: 0, failed: 0, skipped: 0 };
  for (const totals of all) {
    sum.passed += totals?.passed ?? 0;
    sum.failed += totals?.failed ?? 0;
    sum.skipped += totals?.skipped ?? 0;
  }
  return sum;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
