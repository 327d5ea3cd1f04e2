// What a person should know about a pack that was made: findings, not failures. Sentences, worst first.

import type { PackFacts } from './facts.ts';
import { plural } from './wording.ts';

/** The warnings of a pack. */
export function packWarnings(
  facts: PackFacts,
  made: { cutCells: number; tokens: number; cutValues: number },
): string[] {
  const warnings = facts.checks
    .filter(({ status }) => status === 'failed')
    .map(({ name, detail }) => `Check failed: ${name}: ${detail}.`);
  if (facts.funnel.inPack === 0) {
    warnings.push(
      'No event observed in the imported logs for this period and filter: the pack has empty tables.',
    );
  }
  if (facts.rejected.total > 0)
    warnings.push(`${plural(facts.rejected.total, 'row')} of the imported files could not be read.`);
  if (facts.rejected.rows.length < facts.rejected.total) {
    warnings.push(`Only the first ${plural(facts.rejected.rows.length, 'rejected row')} are listed.`);
  }
  const imports = facts.imports.filter((one) => one.warnings.length > 0);
  if (imports.length > 0)
    warnings.push(`${plural(imports.length, 'import')} carried warnings; section 3 lists them.`);
  const conflicts = facts.imports.reduce((sum, one) => sum + one.conflicts, 0);
  if (conflicts > 0)
    warnings.push(`${plural(conflicts, 'record')} came with a known id and other content; both are kept.`);
  const assumed = facts.timeBasis.get('assumed') ?? 0;
  if (assumed > 0) warnings.push(`${plural(assumed, 'event')} carry a time without a zone; UTC was assumed.`);
  if (made.cutCells > 0)
    warnings.push(
      `${plural(made.cutCells, 'value')} were cut in the workbook, where a cell holds 32,767 characters.`,
    );
  if (made.tokens > 0)
    warnings.push(`${plural(made.tokens, 'character')} are shown as code points in the report.`);
  if (made.cutValues > 0)
    warnings.push(`${plural(made.cutValues, 'long value')} were shortened in the report’s tables.`);
  return warnings;
}
