// The commands, each from its options to its output. They call what the window calls.

import { readRetention } from '#core/completeness/retention.ts';
import type { ImportOutcome, PresetInfo } from '#core/contract.ts';
import { importFiles, remapImports } from '#core/engine/run-imports.ts';
import { handlers, listPresets } from '#core/engine.ts';
import { AppError } from '#core/errors.ts';
import type { NotedFreeze } from '#core/freeze-model.ts';
import { namePreset } from '#core/mapping/custom-preset.ts';
import { dateOrders } from '#core/mapping/draft-preset.ts';
import { listOwnPresets } from '#core/mapping/used-presets.ts';
import { groupings, type ImportReport, type VerifyFailure, type VerifyReport } from '#core/model.ts';
import { countEvents, groupEvents } from '#core/query/events.ts';
import { listFreezes } from '#core/store/freezes.ts';
import { listSources } from '#core/store/imports.ts';
import { closing } from '#core/store/open.ts';
import { runAccess, runLeavers, runReconcile } from './access-commands.ts';
import { runAround } from './around-command.ts';
import { runAudit } from './audit-command.ts';
import { runCampaign } from './campaign-commands.ts';
import { runChanges, runState } from './change-commands.ts';
import { runContinuity, runCoverage } from './completeness-commands.ts';
import { runEvents } from './event-commands.ts';
import { runExceptions } from './exception-commands.ts';
import { runIdentities } from './identity-commands.ts';
import { knownKey, runKey } from './key-commands.ts';
import { runNote, runNotes } from './note-commands.ts';
import {
  choiceOption,
  type Options,
  queryOption,
  queryOptions,
  readOptions,
  refuseFiles,
  textOption,
  wantsJson,
} from './options.ts';
import { createProgressLine, formatTable, printJson, write } from './output.ts';
import { runPack } from './pack-command.ts';
import { runRecipes } from './recipe-commands.ts';
import { runRequest } from './request-command.ts';
import { runSessions } from './session-commands.ts';
import { runSettings } from './settings-commands.ts';
import { runShow } from './show-command.ts';
import { runSignOff } from './sign-off-command.ts';
import { runSignPdf } from './sign-pdf-command.ts';
import { runSource } from './source-commands.ts';
import { runSync } from './sync-commands.ts';
import { runTickets } from './ticket-commands.ts';
import { runTimeStamp } from './time-stamp-command.ts';
import { type Command, withContext } from './with-context.ts';

/** Every command by its name. */
export const commands: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['import', runImport],
  ['remap', runRemap],
  ['events', runEvents],
  ['around', runAround],
  ['note', runNote],
  ['notes', runNotes],
  ['identities', runIdentities],
  ['count', runCount],
  ['changes', runChanges],
  ['state', runState],
  ['tickets', runTickets],
  ['access', runAccess],
  ['reconcile', runReconcile],
  ['leavers', runLeavers],
  ['campaign', runCampaign],
  ['show', runShow],
  ['sessions', runSessions],
  ['settings', runSettings],
  ['coverage', runCoverage],
  ['continuity', runContinuity],
  ['key', runKey],
  ['sources', runSources],
  ['presets', runPresets],
  ['pack', runPack],
  ['exceptions', runExceptions],
  ['recipes', runRecipes],
  ['source', runSource],
  ['sync', runSync],
  ['sign-off', runSignOff],
  ['time-stamp', runTimeStamp],
  ['sign-pdf', runSignPdf],
  ['verify', runVerify],
  ['audit', runAudit],
  ['request', runRequest],
]);

async function runImport(args: readonly string[], signal: AbortSignal): Promise<number> {
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

async function runRemap(args: readonly string[], signal: AbortSignal): Promise<number> {
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

async function runCount(args: readonly string[], signal: AbortSignal): Promise<number> {
  const options = readOptions(args, { ...queryOptions, by: { type: 'string' } });
  refuseFiles(options);
  const by = choiceOption(options, 'by', groupings);
  const query = queryOption(options);
  return withContext(options, signal, async (context) => {
    const store = context.reader();
    const result = by ? groupEvents(store, query, by) : { total: countEvents(store, query), groups: [] };
    if (wantsJson(options)) await printJson(result);
    else
      await write(
        formatTable([
          ...result.groups.map(({ key, count }) => [key === '' ? '(none)' : key, count] as const),
          ['total', result.total],
        ]),
      );
    return 0;
  });
}

async function runSources(args: readonly string[], signal: AbortSignal): Promise<number> {
  const options = readOptions(args, {});
  refuseFiles(options);
  return withContext(options, signal, async (context) => {
    const retention = new Map(readRetention(context.reader(), Date.now()).map((one) => [one.source, one]));
    const sources = listSources(context.reader()).map((one) => ({
      ...one,
      exportBy: retention.get(one.name)?.exportBy ?? null,
      settledUntil: retention.get(one.name)?.settledUntil ?? null,
      vendorFrom: retention.get(one.name)?.vendorFrom ?? null,
      lost: retention.get(one.name)?.lost ?? null,
    }));
    if (wantsJson(options)) await printJson({ sources });
    else {
      const rows = sources.map((one) => [
        one.name,
        one.preset,
        one.events,
        one.firstTime ?? '',
        one.lastTime ?? '',
        one.vendorFrom?.slice(0, 10) ?? 'not known',
        one.exportBy ?? 'not known',
        one.lost ? `${one.lost.from} to ${one.lost.until}` : '',
      ]);
      const heads = [
        'source',
        'preset',
        'events',
        'first',
        'last',
        'vendor holds since',
        'export by',
        'may be lost',
      ];
      await write(formatTable([heads, ...rows]));
    }
    return 0;
  });
}

async function runPresets(args: readonly string[], signal: AbortSignal): Promise<number> {
  const options = readOptions(args, {});
  refuseFiles(options);
  const print = async (presets: PresetInfo[]): Promise<number> => {
    if (wantsJson(options)) await printJson({ presets });
    else
      await write(
        formatTable(
          presets.map(({ id, name, retention, own }) => [
            id,
            name,
            `keeps ${retention}`,
            own ? `used for ${own.sources.join(', ')}` : '',
          ]),
        ),
      );
    return 0;
  };
  if (textOption(options, 'workspace') === null) return print(listPresets(null));
  return withContext(options, signal, (context) => print(listPresets(context.reader())));
}

async function runVerify(args: readonly string[], signal: AbortSignal): Promise<number> {
  const options = readOptions(args, { event: { type: 'string' }, pubkey: { type: 'string' } });
  const [pack, ...more] = options.files;
  if (more.length > 0) throw new AppError('usage', 'Verify takes one pack, or a workspace with -w DIR.');
  const uid = textOption(options, 'event');
  if (uid !== null) {
    refuseFiles(options);
    return withContext(options, signal, async (context) => {
      return printVerification(await handlers['verify.event']({ uid }, context), options);
    });
  }
  if (pack !== undefined) {
    const { verifyPack } = await import('#core/evidence/verify-pack.ts');
    const line = createProgressLine();
    const own = { signal, progress: line.show, known: knownKey(options) };
    const verify = async (freezes?: NotedFreeze[]) => {
      const report = await verifyPack(pack, { ...own, ...(freezes ? { freezes } : {}) });
      line.clear();
      return printVerification(report, options);
    };
    if (textOption(options, 'workspace') === null) return verify();
    return withContext(options, signal, (context) => verify(closing(context.reviewReader(), listFreezes)));
  }
  return withContext(options, signal, async (context) =>
    printVerification(await handlers['verify.run']({}, context), options),
  );
}

async function printVerification(
  report: Omit<VerifyReport, 'failures'> & { failures?: VerifyFailure[] },
  options: Options,
): Promise<number> {
  if (wantsJson(options)) await printJson(report);
  else {
    await write(formatTable(report.checks.map(({ name, status, detail }) => [status, name, detail])));
    for (const { check, where, detail } of report.failures ?? [])
      await write(`  ${check}: ${where}: ${detail}\n`);
  }
  return report.ok ? 0 : 1;
}
