// What a person should know about a pack that was made: findings, not failures. Sentences, worst first.

import type { PackFacts } from './facts.ts';
import { formatCount, leftOutWords } from './wording.ts';

/** The warnings of a pack. */
export function packWarnings(
  facts: PackFacts,
  made: { cutCells: number; tokens: number; cutValues: number },
): string[] {
  const { completeness } = facts;
  const warnings = facts.checks
    .filter((check) => check.status === 'failed' && !completeness.includes(check))
    .map(({ name, detail }) => `Check failed: ${name}: ${detail}.`);
  if (facts.funnel.inPack === 0) {
    warnings.push(
      'No event observed in the imported logs for this period and filter: the pack has empty tables.',
    );
  }
  /** `1 row was …`, `2 rows were …`: nothing for none. */
  const say = (count: number, one: string, many: string) => {
    if (count > 0) warnings.push(`${formatCount(count)} ${count === 1 ? one : many}.`);
  };
  const leftOut = leftOutWords(facts);
  if (leftOut !== null) warnings.push(`Left out by the recipe: ${leftOut}.`);
  const { rejected, imports, funnel } = facts;
  if (funnel.inPack < funnel.inPeriod) {
    warnings.push(
      `The filter leaves out ${formatCount(funnel.inPeriod - funnel.inPack)} of ${formatCount(funnel.inPeriod)} events in the period.`,
    );
  }
  for (const { name, status, detail } of completeness) {
    if (status === 'failed') warnings.push(`${name}: ${detail}.`);
  }
  say(
    rejected.total,
    'row of the imported files could not be read',
    'rows of the imported files could not be read',
  );
  say(
    rejected.total - rejected.rows.length,
    'more rejected row is counted, but not listed',
    'more rejected rows are counted, but not listed',
  );
  say(
    imports.filter((one) => one.warnings.length > 0).length,
    'import carried warnings; section 3 of the report lists them',
    'imports carried warnings; section 3 of the report lists them',
  );
  say(
    imports.reduce((sum, one) => sum + one.conflicts, 0),
    'record came with a known id and other content; both are kept',
    'records came with a known id and other content; both are kept',
  );
  say(
    facts.timeBasis.get('assumed') ?? 0,
    'event carries a time without a zone; UTC was assumed',
    'events carry a time without a zone; UTC was assumed',
  );
  say(
    made.cutCells,
    'value was cut in the workbook, where a cell holds 32,767 characters',
    'values were cut in the workbook, where a cell holds 32,767 characters',
  );
  say(
    made.tokens,
    'character is shown as a code point in the report',
    'characters are shown as code points in the report',
  );
  say(
    made.cutValues,
    'long value was shortened in the report’s tables',
    'long values were shortened in the report’s tables',
  );
  return warnings;
}
