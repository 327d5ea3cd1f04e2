// What the log holds, of which sources and mapped how, and whether it is as it was written.

import { readRetention } from '#core/completeness/retention.ts';
import type { PresetInfo } from '#core/contract.ts';
import { handlers, listPresets } from '#core/engine.ts';
import { AppError } from '#core/errors.ts';
import type { NotedFreeze } from '#core/freeze-model.ts';
import { groupings, type VerifyFailure, type VerifyReport } from '#core/model.ts';
import { countEvents, groupEvents } from '#core/query/events.ts';
import { listFreezes } from '#core/store/freezes.ts';
import { listSources } from '#core/store/imports.ts';
import { closing } from '#core/store/open.ts';
import { knownKey } from './key-commands.ts';
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
import { withContext } from './with-context.ts';

export async function runCount(args: readonly string[], signal: AbortSignal): Promise<number> {
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

export async function runSources(args: readonly string[], signal: AbortSignal): Promise<number> {
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

export async function runPresets(args: readonly string[], signal: AbortSignal): Promise<number> {
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

export async function runVerify(args: readonly string[], signal: AbortSignal): Promise<number> {
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
