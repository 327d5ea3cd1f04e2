// Writes one import into the log, in one transaction, wherever its records come from: after a crash, a full disk or a
// cancel the log is as it was before. The import's own row is written last, with the counts and the Merkle roots over
// what it stored.

import { isDeepStrictEqual } from 'node:util';
import { AppError } from '#core/errors.ts';
import { canonicalJson } from '#core/integrity/canonical.ts';
import { leafHash } from '#core/integrity/merkle.ts';
import type { Preset, Variant } from '#core/mapping/preset.ts';
import type { ImportReport, ImportWarning, Progress } from '#core/model.ts';
import type { Stopwatch } from '#core/pace.ts';
import { importLeafText, readImport, readLogTree } from '#core/store/imports.ts';
import { replacedImports } from '#core/store/live.ts';
import type { Store } from '#core/store/open.ts';
import { writeDirect } from '#core/store/write-direct.ts';
import { isLargeImport, openBulkIndexes } from './bulk-indexes.ts';
import { concludeFindings } from './findings.ts';
import { openLogTrees, type SettledTrees } from './log-trees.ts';
import { createLogWriter, type LogWriter, type WriteCounts } from './log-writer.ts';
import type { ExportInfo } from './read-export.ts';
import type { Batches, ReadingEnd, ReadingTask } from './reading.ts';
import { addSuccessor, beginReplacing, type Replaced, spanOf } from './replace-import.ts';
import { storeMapping, type TakenSource } from './source.ts';
import type { ImportThread } from './threading.ts';

/** An import about to be written. */
export type ImportToWrite = {
  info: ExportInfo;
  preset: Preset;
  variant: Variant;
  /** What is to be said of it already. */
  warnings: readonly ImportWarning[];
  /** The source it goes into, taken inside the transaction. */
  takeSource(): TakenSource;
  /** Its records, as they are read. */
  read(task: ReadingTask): Batches;
  /** What else may work for it; null where it is too small for a second thread. */
  thread: ImportThread | null;
  /** The import that this one takes the place of. */
  replaces: Replaced | null;
  stopwatch: Stopwatch;
  /** What is committed with it. An import that brings nothing new is then left out, and this committed alone. */
  along?: ((importId: number | null, counts: WriteCounts) => void) | undefined;
  signal: AbortSignal;
  progress(progress: Progress): void;
};

/**
 * Writes an import and gives its report; null where there is something to commit along with it and nothing of it is new.
 * Throws, with nothing stored, when reading fails or the person cancels.
 */
export async function writeImport(store: Store, one: ImportToWrite): Promise<ImportReport | null> {
  const writeAsEver = isLargeImport(one.info.bytes, 0) ? writeDirect(store) : () => {};
  store.db.exec('BEGIN IMMEDIATE');
  try {
    const written = await writeIntoLog(store, one);
    if (typeof written !== 'number') {
      store.db.exec('ROLLBACK');
      store.db.transaction(() => one.along?.(null, written)).immediate();
      return null;
    }
    store.db.exec('COMMIT');
    return readImport(store, written);
  } catch (error) {
    if (store.db.inTransaction) store.db.exec('ROLLBACK');
    throw error;
  } finally {
    writeAsEver();
  }
}

/** The id of the import; its counts where it is to be left out. */
async function writeIntoLog(store: Store, one: ImportToWrite): Promise<number | WriteCounts> {
  const { db } = store;
  const { info, preset, variant, replaces, stopwatch } = one;
  const importId = db.prepare('SELECT coalesce(max(id), 0) + 1 FROM stored_import').pluck().get() as number;
  const source = one.takeSource();
  const kept = replaces && beginReplacing(db, replaces, importId);
  const mappingId = storeMapping(db, preset);
  const columns = info.format === 'csv' ? info.names : null;
  const indexes = openBulkIndexes(db, info.bytes);
  const replaced = replacedImports(db);
  if (replaces) replaced.add(replaces.id);
  const trees = openLogTrees(readLogTree(store), one.thread);
  const target = {
    importId,
    sourceId: source.id,
    source: source.name,
    preset,
    columns,
    expected: indexes.expected,
    replaced,
    kept,
  };
  const writer = createLogWriter(db, target, trees);
  const batches = one.read({ importId, source: source.name, preset, variant, zone: source.zone });

  const end = await writeAll(batches, one, writer, indexes.see);
  if (end.bytes !== info.bytes || !isDeepStrictEqual(end.names, info.names)) {
    throw new AppError(
      'input',
      `${info.name} changed while it was read. Nothing of it was imported; try again when it is finished.`,
    );
  }
  writer.end();
  const { counts, firstEventId } = writer;
  if (one.along && counts.imported === 0 && counts.rejected === 0) return { ...counts };
  const settled = trees.settle();
  indexes.rebuild();
  if (replaces) addSuccessor(db, replaces, { importId, firstEventId });
  const seen =
    kept && kept.count > 0
      ? { ...end.seen, ...spanOf(db, { importId, firstEventId }), records: end.seen.records + kept.count }
      : end.seen;
  const found = concludeFindings(db, { preset, variant, info }, seen, {
    firstEventId,
    sourceId: source.id,
    counts,
    isCutOff: end.isCutOff,
    encoding: end.encoding,
    now: stopwatch.startedAt,
  });
  one.along?.(importId, counts);
  finishImport(store, await settled(), {
    id: importId,
    remaps: replaces?.id ?? null,
    source_id: source.id,
    mapping_id: mappingId,
    variant: variant.id,
    first_event_id: firstEventId,
    file: info.name,
    sha256: end.sha256,
    bytes: info.bytes,
    format: info.format,
    encoding: end.encoding,
    columns: columns && JSON.stringify(columns),
    zone: source.zone,
    newest_first: seen.isNewestFirst ? 1 : 0,
    ...counts,
    first_time: seen.firstTime,
    last_time: seen.lastTime,
    warnings: canonicalJson([...one.warnings, ...found]),
    started_at: stopwatch.startedAt,
    ms: stopwatch.ms(),
  });
  return importId;
}

/** Writes every batch there is. Throws AppError('cancelled') when the person cancels. */
async function writeAll(
  batches: Batches,
  { info, replaces, signal, progress }: ImportToWrite,
  writer: LogWriter,
  see: (stored: number) => void,
): Promise<ReadingEnd> {
  try {
    for (;;) {
      const step = await batches.next();
      if (signal.aborted) {
        throw new AppError(
          'cancelled',
          replaces
            ? `Mapping import ${replaces.id} again was cancelled. The log is as it was.`
            : `The import of ${info.name} was cancelled. Nothing of it was stored.`,
        );
      }
      if (step.done) return step.value;
      writer.write(step.value);
      see(writer.counts.imported);
      progress({
        stage: replaces ? `Mapping ${info.name} again` : `Reading ${info.name}`,
        done: step.value.bytesRead,
        total: info.bytes,
        unit: 'bytes',
        note: `${writer.counts.read} records`,
      });
    }
  } finally {
    await batches.return(undefined as never);
  }
}

/** Appends the import's own leaf to the log and writes its row. */
function finishImport(store: Store, trees: SettledTrees, row: Record<string, string | number | null>): void {
  const { log } = trees;
  const root = trees.root.toString('hex');
  log.append(leafHash(importLeafText(store, { ...row, root })));
  const full = {
    ...row,
    root,
    log_size: log.size(),
    log_root: log.root().toString('hex'),
    log_frontier: log.frontier(),
  };
  const names = Object.keys(full);
  store.db
    .prepare(
      `INSERT INTO stored_import (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`,
    )
    .run(full);
}
