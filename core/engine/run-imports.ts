// Runs imports, of files and of what the log has of earlier ones: one after another, each in a transaction of its own,
// and each noted in the activity log.

import { basename } from 'node:path';
import type { ImportOutcome } from '#core/contract.ts';
import type { CallContext } from '#core/engine.ts';
import { toErrorShape } from '#core/errors.ts';
import { eachExportFile, isSingleFile, storedSize } from '#core/ingest/containers.ts';
import { findHeldImport, type ImportOptions, importFile, isWorthAThread } from '#core/ingest/import-file.ts';
import { type RemapOptions, remapImport } from '#core/ingest/remap.ts';
import { openImportThread } from '#core/ingest/threading.ts';
import { listOwnPresets } from '#core/mapping/used-presets.ts';
import type { ImportReport } from '#core/model.ts';
import { recordActivity } from '#core/store/activity.ts';
import { readImport } from '#core/store/imports.ts';
import type { Store } from '#core/store/open.ts';

/** How they are to be read, whatever the files are. */
type FilesOptions = Pick<ImportOptions, 'source' | 'preset' | 'zone' | 'dates'>;

/**
 * Imports files, folders and archives one export after another, each in its own transaction: one that cannot be read
 * does not keep the others out. A cancel stops the present one and leaves the rest out; what was imported before it
 * stays, and is not read again when the same folder or archive comes once more.
 */
export async function importFiles(
  paths: readonly string[],
  options: FilesOptions,
  context: CallContext,
): Promise<ImportOutcome[]> {
  const thread = openImportThread();
  try {
    // It loads its code while the workspace is opened.
    if (paths.some((path) => isWorthAThread(storedSize(path)))) thread.start();
    return await importWithThread(paths, { ...options, thread }, context);
  } finally {
    await thread.close();
  }
}

async function importWithThread(
  paths: readonly string[],
  options: FilesOptions & Pick<ImportOptions, 'thread'>,
  context: CallContext,
): Promise<ImportOutcome[]> {
  const outcomes: ImportOutcome[] = [];
  const store = context.writer();
  const review = context.review();
  const fail = (file: string, error: unknown) => {
    const shape = toErrorShape(error);
    // A bug must surface as one.
    if (shape.code === 'internal') throw error;
    outcomes.push({ file, ok: false, error: shape });
  };
  try {
    const own = listOwnPresets(store);
    for (const path of paths) {
      // A file handed over by itself is read again: who asks for it gets the report of its duplicates.
      const isOne = isSingleFile(path);
      try {
        for await (const file of eachExportFile(path)) {
          try {
            const held = isOne ? null : await findHeldImport(store, file, { ...options, own });
            if (held !== null) {
              const report = readImport(store, held);
              outcomes.push({ file: file.name, ok: true, report, already: true });
              const { signal, progress } = context;
              progress({
                stage: `Already imported: ${file.name}`,
                done: outcomes.length,
                total: null,
                unit: 'files',
              });
              // A folder may hold thousands of them: a cancel gets its chance to arrive.
              await new Promise((resolve) => setImmediate(resolve));
              if (signal.aborted) return outcomes;
              continue;
            }
            const report = await importFile(store, file, {
              ...options,
              own,
              signal: context.signal,
              progress: context.progress,
            });
            noteImport(review, report);
            outcomes.push({ file: report.file, ok: true, report });
          } catch (error) {
            fail(file.name, error);
          }
          if (context.signal.aborted) return outcomes;
        }
      } catch (error) {
        fail(basename(path), error);
      }
    }
  } finally {
    store.close();
    review.close();
  }
  return outcomes;
}

/**
 * Maps imports again, one after another, each in a transaction of its own. One that cannot be mapped so does not keep
 * the others from it; a cancel stops the present one and leaves the rest as they are.
 */
export async function remapImports(
  ids: readonly number[],
  options: Pick<RemapOptions, 'preset' | 'zone' | 'dates'>,
  context: CallContext,
): Promise<ImportOutcome[]> {
  const { signal, progress } = context;
  const outcomes: ImportOutcome[] = [];
  const store = context.writer();
  const review = context.review();
  try {
    for (const id of ids) {
      try {
        const report = await remapImport(store, id, { ...options, signal, progress });
        noteImport(review, report);
        outcomes.push({ file: report.file, ok: true, report });
      } catch (error) {
        const shape = toErrorShape(error);
        if (shape.code === 'internal') throw error;
        outcomes.push({ file: `import ${id}`, ok: false, error: shape });
      }
      if (signal.aborted) break;
    }
  } finally {
    store.close();
    review.close();
  }
  return outcomes;
}

function noteImport(review: Store, report: ImportReport): void {
  const { file, sha256, source, read, imported, duplicates, conflicts, rejected, root, remaps } = report;
  const detail = { file, sha256, source, read, imported, duplicates, conflicts, rejected, root };
  recordActivity(review, 'import', remaps === null ? detail : { ...detail, remaps });
}
