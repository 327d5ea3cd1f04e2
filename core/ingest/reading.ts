// Reads an export into batches.

import { createMapper } from '#core/mapping/map.ts';
import type { Preset, Variant } from '#core/mapping/preset.ts';
import type { Batch } from './batch.ts';
import type { BatchMemory } from './batch-memory.ts';
import { createBatcher } from './batcher.ts';
import { createJsonBatcher } from './json-batcher.ts';
import { createLineBatcher } from './line-batcher.ts';
import { createListBatcher } from './list-batcher.ts';
import type { ExportEnd, OpenExport } from './read-export.ts';
import { createRowBatcher, type PieceBatcher } from './row-batcher.ts';
import { type Sightings, type Watcher, watchRecords } from './sightings.ts';

/** How an export is to be read: the same preset, shape and zone give the same batches anywhere. */
export type ReadingTask = {
  importId: number;
  source: string;
  preset: Preset;
  variant: Variant;
  zone: string | null;
};

/** What is known when the whole export has been read. */
export type ReadingEnd = ExportEnd & {
  seen: Sightings;
  /** Size and columns (or keys) of what was read: a file may have been replaced since it was looked at. */
  bytes: number;
  names: readonly string[];
};

/** The batches of an export, in its order. Throws AppError when it cannot be read to its end. */
export type Batches = AsyncGenerator<Batch, ReadingEnd>;

/** Reads an open export here. Batches are made of `memory`. */
export async function* readBatches(file: OpenExport, task: ReadingTask, memory?: BatchMemory): Batches {
  const { info } = file;
  const watcher = watchRecords(task.variant, info);
  const columns = info.format === 'csv' ? info.names : [];
  const { delimiter, rowsAbove } = info;
  const createPieceBatcher = (): PieceBatcher | null => {
    if (delimiter !== null)
      return createRowBatcher({ ...task, columns, delimiter, rowsAbove, watcher, memory });
    const json = createJsonBatcher({ ...task, watcher, memory });
    return file.cutting ? createListBatcher(json, file.cutting) : createLineBatcher(json);
  };
  const batcher = file.pieces && createPieceBatcher();
  const end = yield* file.pieces && batcher
    ? batchPieces(file.pieces(), batcher, file)
    : batchRecords(file, task, columns, { watcher, memory });
  return { ...end, seen: watcher.conclude(), bytes: info.bytes, names: info.names };
}

type Pieces = ReturnType<NonNullable<OpenExport['pieces']>>;

async function* batchPieces(
  pieces: Pieces,
  batcher: PieceBatcher,
  file: OpenExport,
): AsyncGenerator<Batch, ExportEnd> {
  let bytesRead = 0;
  for (;;) {
    const step = await pieces.next();
    if (step.done) batcher.end();
    else {
      batcher.push(step.value.text);
      bytesRead = step.value.bytesRead;
    }
    while (batcher.fill()) yield batcher.take(bytesRead, file.takeLines());
    if (!step.done) continue;
    yield batcher.take(bytesRead, file.takeLines());
    return { ...step.value, isCutOff: step.value.isCutOff || batcher.isCutOff() };
  }
}

async function* batchRecords(
  file: OpenExport,
  { source, preset, variant, zone }: ReadingTask,
  columns: readonly string[],
  { watcher, memory }: { watcher: Watcher; memory: BatchMemory | undefined },
): AsyncGenerator<Batch, ExportEnd> {
  const map = createMapper(preset, variant, columns, zone);
  const batcher = createBatcher({ source, map, watcher, memory });
  const pieces = file.batches();
  let bytesRead = 0;
  for (;;) {
    const step = await pieces.next();
    if (step.done) {
      yield batcher.take(bytesRead, file.takeLines());
      return step.value;
    }
    const { records } = step.value;
    bytesRead = step.value.bytesRead;
    for (const record of records) {
      batcher.add(record);
      if (batcher.isFull()) yield batcher.take(bytesRead, file.takeLines());
    }
  }
}
