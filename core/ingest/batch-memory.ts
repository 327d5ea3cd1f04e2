// The memory of batches, used again and again: fresh memory for each of some thousand would have to be cleared by the
// system and collected by the runtime, which looks through everything each time that much of it has come.

import type { Batch } from './batch.ts';

/** What of a batch lies in memory of its own. */
const parts = ['numbers', 'texts', 'bytes', 'hashes', 'leaves'] as const;
type Part = (typeof parts)[number];

/** The memory of a batch that nobody reads any more. */
export type UsedMemory = { [Key in Part]?: ArrayBuffer };

export type BatchMemory = {
  /** Memory of at least so many bytes; what it held before is still in it. */
  take(part: Part, bytes: number): ArrayBuffer;
  /** Takes back what a batch was made of. */
  giveBack(used: UsedMemory): void;
};

/** More than a batch needs, so that the next one, a little larger, finds room in it. */
const roomy = (bytes: number) => Math.ceil((bytes * 1.25) / 4096) * 4096;

/** Memory for the batches of one export. */
export function createBatchMemory(): BatchMemory {
  const free: { [Key in Part]: ArrayBuffer[] } = {
    numbers: [],
    texts: [],
    bytes: [],
    hashes: [],
    leaves: [],
  };
  return {
    take(part, bytes) {
      // What is too small goes: files have records of about one size.
      for (let buffer = free[part].pop(); buffer; buffer = free[part].pop())
        if (buffer.byteLength >= bytes) return buffer;
      return new ArrayBuffer(roomy(bytes));
    },
    giveBack(used) {
      for (const part of parts) {
        const buffer = used[part];
        if (buffer) free[part].push(buffer);
      }
    },
  };
}

/** The memory of a batch; to be handed over together with it, or after it was read. */
export function memoryOf(batch: Batch): UsedMemory {
  const used: UsedMemory = {};
  for (const part of parts) {
    const value = batch[part];
    if (value) used[part] = value.buffer;
  }
  return used;
}
