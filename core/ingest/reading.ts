// Reads an export into batches, here or in a thread of its own. A large file is worth a thread: while it reads, maps
// and hashes, this one writes. A small one would wait longer for the thread than for the reading.

import { Worker } from 'node:worker_threads';
import { AppError, type ErrorShape } from '#core/errors.ts';
import { createMapper } from '#core/mapping/map.ts';
import { type Preset, recognise, type Variant } from '#core/mapping/preset.ts';
import type { Batch } from './batch.ts';
import { type BatchMemory, createBatchMemory, memoryOf, type UsedMemory } from './batch-memory.ts';
import { createBatcher } from './batcher.ts';
import { type ExportFile, type ExportPlace, exportAt } from './containers.ts';
import { createJsonBatcher } from './json-batcher.ts';
import { createLeafHasher } from './leaves.ts';
import { createLineBatcher } from './line-batcher.ts';
import { createListBatcher } from './list-batcher.ts';
import { type ExportEnd, type OpenExport, openExport } from './read-export.ts';
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
/** From a reading thread. */
type FromThread =
  | { kind: 'batch'; batch: Batch }
  | { kind: 'end'; end: ReadingEnd }
  | { kind: 'error'; error: ErrorShape };

/** To a reading thread: it may send so many more batches, and has the memory of one back. */
export type ToThread = { more: number; used?: UsedMemory };

/** What a reading thread is started with. */
export type ReadingThreadData = {
  place: ExportPlace;
  task: ReadingTask;
  /** How many batches were posted and not taken yet: one number, which both threads see at once. */
  waiting: Int32Array<SharedArrayBuffer>;
};

/** Batches that may wait to be written: a few, so that neither thread waits for the other, nor memory grows. */
const mostWaiting = 8;

/** Who has work waiting leaves the hashing of leaves to the other: so both are equally busy, whatever the file is. */
const enoughWaiting = 2;

/** Reads an export in a thread of its own. Leaving the loop over it ends the thread. */
export async function* readBatchesInThread(place: ExportPlace, task: ReadingTask): Batches {
  const entry = new URL(
    /\.ts$/.test(import.meta.url) ? './reading-thread.ts' : './reading-thread.js',
    import.meta.url,
  );
  const waiting = new Int32Array(new SharedArrayBuffer(4));
  const workerData: ReadingThreadData = { place, task, waiting };
  // What a record leaves behind is gone with the next one: room for more of it would only be filled.
  const resourceLimits = { maxYoungGenerationSizeMb: 32, maxOldGenerationSizeMb: 1024 };
  const worker = new Worker(entry, { workerData, resourceLimits });
  const arrived: FromThread[] = [];
  let wake = () => {};
  const arrive = (message: FromThread) => {
    arrived.push(message);
    wake();
  };
  const fail = (why: string) =>
    arrive({ kind: 'error', error: { code: 'internal', message: `The thread that reads the file ${why}.` } });
  worker.on('message', arrive);
  worker.on('error', (error) => fail(`failed: ${error.message}`));
  worker.on('exit', () => fail('ended before the file'));
  const ask = (message: ToThread) => worker.postMessage(message, Object.values(message.used ?? {}));
  ask({ more: mostWaiting });
  try {
    for (;;) {
      const message = arrived.shift();
      if (!message) await new Promise<void>((resolve) => (wake = resolve));
      else if (message.kind === 'error') throw new AppError(message.error.code, message.error.message);
      else if (message.kind === 'end') return message.end;
      else {
        Atomics.sub(waiting, 0, 1);
        const batch = withBuffers(message.batch);
        yield batch;
        // Who asks for the next one has read this one.
        ask({ more: 1, used: memoryOf(batch) });
      }
    }
  } finally {
    worker.removeAllListeners();
    await worker.terminate();
  }
}

/** A batch as it was sent: a Buffer arrives as the plain bytes it is made of. */
function withBuffers(batch: Batch): Batch {
  const bufferOf = ({ buffer, byteLength }: Uint8Array<ArrayBuffer>) => Buffer.from(buffer, 0, byteLength);
  const { bytes, hashes, leaves } = batch;
  return { ...batch, bytes: bufferOf(bytes), hashes: bufferOf(hashes), leaves: leaves && bufferOf(leaves) };
}

/** The inside of a reading thread: reads what `data` names, and posts a batch for each that was asked for. */
export async function serveReading(
  data: ReadingThreadData,
  port: {
    post(message: FromThread, transfer: ArrayBuffer[]): void;
    /** Waits until a batch is asked for; says what memory came back meanwhile. */
    asked(): Promise<UsedMemory[]>;
  },
): Promise<void> {
  const { place, task, waiting } = data;
  const hasher = createLeafHasher(task.importId, task.source);
  const file: ExportFile = await exportAt(place);
  const open = await openExport(file, (names) => recognise('json', names, [task.preset]) !== null);
  try {
    const memory = createBatchMemory();
    const batches = readBatches(open, task, memory);
    for (;;) {
      for (const used of await port.asked()) memory.giveBack(used);
      const step = await batches.next();
      if (step.done) {
        port.post({ kind: 'end', end: step.value }, []);
        return;
      }
      const batch = step.value;
      hasher.learn(batch.newWords);
      if (Atomics.load(waiting, 0) >= enoughWaiting)
        batch.leaves = hasher.hash(batch, memory.take('leaves', batch.events * 32));
      Atomics.add(waiting, 0, 1);
      port.post({ kind: 'batch', batch }, Object.values(memoryOf(batch)));
    }
  } finally {
    await open.close();
  }
}
