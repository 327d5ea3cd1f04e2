// Importing exports, and mapping imports again.

import type { ImportOutcome } from '#core/contract.ts';
import { importFiles, remapImports } from '#core/engine/run-imports.ts';
import { AppError } from '#core/errors.ts';
import { namePreset } from '#core/mapping/custom-preset.ts';
import { dateOrders } from '#core/mapping/draft-preset.ts';
import { listOwnPresets } from '#core/mapping/used-presets.ts';
import type { ImportReport } from '#core/model.ts';
import { choiceOption, type Options, readOptions, textOption } from './options.ts';
import { printJson, write } from './output.ts';
import { withContext } from './with-context.ts';

export async function runImport(args: readonly string[], signal: AbortSignal): Promise<number> {
  const options = readOptions(args, {
    source: { type: 'string' },
    preset: { type: 'string' },
    zone: { type: 'string' },
    dates: { type: 'string' },
  });
  if (options.files.length === 0) throw new AppError('usage', 'Name at least one export file to import.');
  return withContext(options, signal, async (context) => {
    const outcomes = await importFiles(
      options.files,
      {
        source: textOption(options, 'source'),
        preset: textOption(options, 'preset'),
        zone: textOption(options, 'zone'),
        dates: choiceOption(options, 'dates', dateOrders),
      },
      context,
    );
    return printImports(outcomes, options);
  });
}

export async function runRemap(args: readonly string[], signal: AbortSignal): Promise<number> {
  const options = readOptions(args, {
    preset: { type: 'string' },
    zone: { type: 'string' },
    dates: { type: 'string' },
  });
  const ids = options.files.map((text) => {
    if (!/^[1-9]\d{0,8}$/.test(text))
      throw new AppError(
        'usage',
        `“${text}” is no import. Name imports by their numbers, as the reports say them.`,
      );
    return Number(text);
  });
  if (ids.length === 0) throw new AppError('usage', 'Name at least one import to map again.');
  const [preset, zone] = [textOption(options, 'preset'), textOption(options, 'zone')];
  const dates = choiceOption(options, 'dates', dateOrders);
  if (preset === null && zone === null && dates === null)
    throw new AppError('usage', 'Name what was wrong: the right --preset, --zone or --dates.');
  return withContext(options, signal, async (context) => {
    const mapping = preset === null ? null : namePreset(preset, listOwnPresets(context.reader()));
    return printImports(await remapImports(ids, { preset: mapping, zone, dates }, context), options);
  });
}

async function printImports(outcomes: readonly ImportOutcome[], options: Options): Promise<number> {
  const imports = outcomes.flatMap((outcome) => (outcome.ok && !outcome.already ? [outcome.report] : []));
  const already = outcomes.flatMap((outcome) =>
    outcome.ok && outcome.already ? [{ file: outcome.file, import: outcome.report.id }] : [],
  );
  if (options.values.json)
    await printJson({ imports, already, failed: outcomes.filter((outcome) => !outcome.ok) });
  else {
    for (const report of imports) await write(describeImport(report));
    for (const { file, import: id } of already) await write(`${file}: already imported by import ${id}\n`);
  }
  return reportFailedFiles(outcomes);
}

/** Says on stderr which files were not imported; the exit code of the worst. */
function reportFailedFiles(outcomes: readonly ImportOutcome[]): number {
  let exit = 0;
  for (const outcome of outcomes) {
    if (outcome.ok) continue;
    process.stderr.write(`exhibit: ${outcome.file}: ${outcome.error.message}\n`);
    exit = Math.max(exit, outcome.error.code === 'usage' ? 2 : 3);
  }
  return exit;
}

function describeImport(report: ImportReport): string {
  const { id, remaps, file, source, read, imported, duplicates, conflicts, rejected } = report;
  const what = remaps === null ? `import ${id}` : `import ${id}, in place of import ${remaps}`;
  const lines = [
    `${file} → ${source} (${what}): ${read} read = ${imported} imported + ${duplicates} duplicates + ${rejected} rejected`,
    ...(conflicts > 0 ? [`  ${conflicts} of the imported are conflicts`] : []),
    `  SHA-256 ${report.sha256}`,
    ...(report.firstTime ? [`  ${report.firstTime} to ${report.lastTime}`] : []),
    ...report.warnings.map((warning) => `  ! ${warning.message}`),
    ...report.rejections
      .slice(0, 10)
      .map(({ row, reason }) => `  rejected ${report.rowKind} ${row}: ${reason}`),
  ];
  return `${lines.join('\n')}\n`;
}
