// `exhibit sync`: brings what is new from connected sources, for cron as for a person.

import { syncConnections } from '#core/engine/run-sync.ts';
import { previewSyncs } from '#core/engine/sync-preview.ts';
import type { SyncMeans } from '#core/engine/sync-run.ts';
import type { SyncPreview, SyncReport } from '#core/sync-model.ts';
import { prepareNetwork } from './network.ts';
import { type Options, readOptions, wantsJson } from './options.ts';
import { formatTable, printJson, write } from './output.ts';
import { type Context, withContext } from './with-context.ts';

/** `exhibit sync [SOURCE…] -w DIR [--dry-run] [--offline]`. */
export async function runSync(args: readonly string[], signal: AbortSignal): Promise<number> {
  const options = readOptions(args, { 'dry-run': { type: 'boolean' }, offline: { type: 'boolean' } });
  prepareNetwork(options);
  const means: SyncMeans = {};
  return withContext(options, signal, async (context) => {
    // Says so where there is no workspace at all.
    context.reader();
    if (options.values['dry-run'] === true) return preview(options, means, context);
    const reports = await syncConnections(options.files, means, context);
    if (wantsJson(options))
      await printJson({
        imports: reports.flatMap(({ imports }) => imports),
        syncs: reports.map(({ imports, ...report }) => ({ ...report, imports: imports.map(({ id }) => id) })),
      });
    else for (const report of reports) await write(describe(report));
    return reportFaults(reports);
  });
}

function reportFaults(reports: readonly SyncReport[]): number {
  let exit = 0;
  for (const { connection, error } of reports) {
    if (!error) continue;
    process.stderr.write(`exhibit: ${connection}: ${error.message}\n`);
    exit = Math.max(exit, error.code === 'usage' ? 2 : 3);
  }
  return exit;
}

function describe(report: SyncReport): string {
  const { connection, source, read, imported, duplicates, rejected, repeated, requests, retries } = report;
  const lines = [
    `${connection} → ${source}: ${read} read = ${imported} imported + ${duplicates} duplicates + ${rejected} rejected`,
    `  ${requests} requests, ${retries} of them again${repeated > 0 ? `; ${repeated} records came more than once` : ''}`,
    ...(report.settledUntil ? [`  settled until ${report.settledUntil}`] : []),
    ...report.gaps.map(({ from, until, why }) => `  ! ${from} to ${until}: ${why}`),
    ...report.warnings.map((warning) => `  ! ${warning}`),
    ...report.imports.flatMap((one) => [
      `  import ${one.id}: SHA-256 ${one.sha256}`,
      ...one.warnings.map(({ message }) => `  ! ${message}`),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

async function preview(options: Options, means: SyncMeans, context: Context): Promise<number> {
  const previews = await previewSyncs(options.files, means, context);
  if (wantsJson(options)) {
    await printJson({ previews });
    return 0;
  }
  for (const seen of previews) {
    await write(`${seen.connection}: ${seen.address}\n  ${foundWords(seen)}; nothing was stored\n`);
    for (const sentence of seen.kind === 'api' ? seen.assumed : []) await write(`  assumed: ${sentence}\n`);
    if (seen.fault !== null) await write(`  ! ${seen.fault}\n`);
    if (seen.kind === 'files')
      for (const { object, bytes, isChanged } of seen.objects)
        await write(`  ${object}, ${bytes} bytes${isChanged ? ', changed since it was read' : ''}\n`);
    if (!seen.preview) continue;
    const rows = seen.preview.events
      .slice(0, 20)
      .map((event) => [
        event.time,
        event.actor ?? '',
        event.action,
        event.targetName ?? event.targetId ?? '',
      ]);
    await write(formatTable(rows));
    for (const { row, reason } of seen.preview.rejections)
      await write(`  rejected record ${row}: ${reason}\n`);
  }
  return 0;
}

function foundWords(seen: SyncPreview): string {
  const by = `read by ${seen.preset ?? 'no preset'}`;
  if (seen.kind === 'api') return `${seen.records} records on the first page, ${by}`;
  const { fresh, changed, known, looked, bytes } = seen;
  const inside = looked === null ? '' : `; the first of them, ${looked}, is ${by}`;
  return `${fresh} new files, ${changed} changed ones, ${bytes} bytes; ${known} read before${inside}`;
}
