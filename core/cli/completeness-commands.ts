// The commands that say whether the log is all there.

import { testContinuity } from '#core/completeness/continuity.ts';
import { readCoverage } from '#core/completeness/coverage.ts';
import { queryOptions, readOptions, refuseFiles, requiredOption, textOption, wantsJson } from './options.ts';
import { formatTable, printJson, write } from './output.ts';
import { withContext } from './with-context.ts';

/** `exhibit continuity`: old values against the new values before them. */
export async function runContinuity(args: readonly string[], signal: AbortSignal): Promise<number> {
  const options = readOptions(args, {});
  refuseFiles(options);
  return withContext(options, signal, async (context) => {
    const report = testContinuity(context.reader());
    if (wantsJson(options)) await printJson(report);
    else {
      const rows = report.sources.map((one) => [
        one.source,
        one.tested,
        one.consistent,
        one.breaks,
        one.untestable,
      ]);
      await write(formatTable([['source', 'tested', 'consistent', 'breaks', 'untestable'], ...rows]));
      for (const one of report.breaks) {
        const target = `${one.targetType ?? ''} ${one.targetName ?? one.targetId ?? ''}`.trim();
        await write(
          `  ${target}, ${one.field}: “${one.expected}” (${one.earlier}) is followed by “${one.found}” (${one.later})\n`,
        );
      }
    }
    return 0;
  });
}

/** `exhibit coverage`: which days of a period the imports span, and which are silent. */
export async function runCoverage(args: readonly string[], signal: AbortSignal): Promise<number> {
  const { from, to, zone } = queryOptions;
  const options = readOptions(args, { from, to, zone });
  refuseFiles(options);
  const asked = {
    from: requiredOption(options, 'from', 'name the first day of the period'),
    to: requiredOption(options, 'to', 'name the last day of the period'),
    zone: textOption(options, 'zone') ?? 'UTC',
  };
  return withContext(options, signal, async (context) => {
    const report = readCoverage(context.reader(), asked);
    if (wantsJson(options)) await printJson(report);
    else {
      for (const { source, days, warnings } of report.sources) {
        const count = (status: string) => days.filter((day) => day.status === status).length;
        await write(
          `${source}: ${count('covered')} days covered, ${count('silent')} silent, ${count('gap')} in gaps\n`,
        );
        for (const warning of warnings) await write(`  ! ${warning.message}\n`);
      }
    }
    return 0;
  });
}
