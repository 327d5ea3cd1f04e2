// The second thread of an import of a large file, and how the two talk: it reads, maps and hashes while this one writes, and
// puts the leaves together while this one builds indexes. A small file would wait longer for the thread than for the reading.

import { Worker } from 'node:worker_threads';
import { AppError, type ErrorShape } from '#core/errors.ts';
import type { TreeState } from '#core/integrity/merkle.ts';
import type { Batch } from './batch.ts';
import { memoryOf, type UsedMemory } from './batch-memory.ts';
import type { ExportPlace } from './containers.ts';
import type { Batches, ReadingEnd, ReadingTask } from './reading.ts';

/** From the thread. */
export type FromThread =
  | { kind: 'batch'; batch: Batch }
  | { kind: 'end'; end: ReadingEnd }
  | { kind: 'grown'; trees: TreeState[] }
  | { kind: 'error'; error: ErrorShape };

/** To the thread. */
export type ToThread =
  /** It may read this; `waiting` is how many batches were posted and not taken yet, which both threads see at once. */
  | { kind: 'read'; place: ExportPlace; task: ReadingTask; waiting: Int32Array<SharedArrayBuffer> }
  /** It may send so many more batches, and has the memory of one back. */
  | { kind: 'more'; more: number; used?: UsedMemory }
  /** Leaves to append to each of these trees, 32 bytes each. */
  | { kind: 'grow'; trees: TreeState[]; leaves: Uint8Array<ArrayBuffer> };

export type ImportThread = {
  /** Lets it load its code, before it is known what it will do. */
  start(): void;
  /** Reads an export there. Leaving the loop over it before its end ends the thread. */
  read(place: ExportPlace, task: ReadingTask): Batches;
  /**
   * Begins to append leaves to trees there, also while this thread does something else; what it returns waits until that
   * is done. The leaves' memory is handed over.
   */
  grow(trees: TreeState[], leaves: Uint8Array<ArrayBuffer>): () => Promise<TreeState[]>;
  /** Ends the thread, if there is one. */
  close(): Promise<void>;
};

/** Batches that may wait to be written: a few, so that neither thread waits for the other, nor memory grows. */
const mostWaiting = 8;

/** A thread for the imports of one after another; it is started when it is needed, or told to. */
export function openImportThread(): ImportThread {
  let worker: Worker | null = null;
  let arrived: FromThread[] = [];
  let wake = () => {};
  // Whether leaves are put together there, and nobody waited for it yet.
  let isGrowing = false;

  function start(): Worker {
    if (worker) return worker;
    const entry = new URL(
      /\.ts$/.test(import.meta.url) ? './import-thread.ts' : './import-thread.js',
      import.meta.url,
    );
    // What a record leaves behind is gone with the next one: room for more of it would only be filled.
    const resourceLimits = { maxYoungGenerationSizeMb: 32, maxOldGenerationSizeMb: 1024 };
    worker = new Worker(entry, { resourceLimits });
    arrived = [];
    const arrive = (message: FromThread) => {
      arrived.push(message);
      wake();
    };
    const fail = (why: string) =>
      arrive({ kind: 'error', error: { code: 'internal', message: `The thread of the import ${why}.` } });
    worker.on('message', arrive);
    worker.on('error', (error) => fail(`failed: ${error.message}`));
    worker.on('exit', () => fail('ended'));
    return worker;
  }

  /** The next message. Throws AppError where it is an error. */
  async function next(): Promise<Exclude<FromThread, { kind: 'error' }>> {
    for (;;) {
      const message = arrived.shift();
      if (!message) await new Promise<void>((resolve) => (wake = resolve));
      else if (message.kind === 'error') throw new AppError(message.error.code, message.error.message);
      else return message;
    }
  }

  async function close(): Promise<void> {
    worker?.removeAllListeners();
    await worker?.terminate();
    worker = null;
    isGrowing = false;
  }

  return {
    start,
    async *read(place, task) {
      if (isGrowing) await close();
      const thread = start();
      const ask = (message: ToThread, memory: UsedMemory = {}) =>
        thread.postMessage(message, Object.values(memory));
      const waiting = new Int32Array(new SharedArrayBuffer(4));
      ask({ kind: 'read', place, task, waiting });
      ask({ kind: 'more', more: mostWaiting });
      let isAtEnd = false;
      try {
        for (;;) {
          const message = await next();
          if (message.kind === 'end') {
            isAtEnd = true;
            return message.end;
          }
          if (message.kind !== 'batch') throw new Error('The thread of the import did something else.');
          Atomics.sub(waiting, 0, 1);
          const batch = withBuffers(message.batch);
          yield batch;
          // Who asks for the next one has read this one.
          const used = memoryOf(batch);
          ask({ kind: 'more', more: 1, used }, used);
        }
      } finally {
        if (!isAtEnd) await close();
      }
    },
    grow(trees, leaves) {
      const message: ToThread = { kind: 'grow', trees, leaves };
      start().postMessage(message, [leaves.buffer]);
      isGrowing = true;
      return async () => {
        const grown = await next();
        isGrowing = false;
        if (grown.kind !== 'grown') throw new Error('The thread of the import did something else.');
        return grown.trees;
      };
    },
    close,
  };
}

/** A batch as it was sent: a Buffer arrives as the plain bytes it is made of. */
function withBuffers(batch: Batch): Batch {
  const bufferOf = ({ buffer, byteLength }: Uint8Array<ArrayBuffer>) => Buffer.from(buffer, 0, byteLength);
  const { bytes, hashes, leaves } = batch;
  return { ...batch, bytes: bufferOf(bytes), hashes: bufferOf(hashes), leaves: leaves && bufferOf(leaves) };
}
