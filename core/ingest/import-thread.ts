// Entry file of the second thread of an import: see threading.ts.

import { type MessagePort, parentPort } from 'node:worker_threads';
import { toErrorShape } from '#core/errors.ts';
import { createMerkleTree, stateOf } from '#core/integrity/merkle.ts';
import { recognise } from '#core/mapping/preset.ts';
import { createBatchMemory, memoryOf, type UsedMemory } from './batch-memory.ts';
import { exportAt } from './containers.ts';
import { createLeafHasher } from './leaves.ts';
import { openExport } from './read-export.ts';
import { readBatches } from './reading.ts';
import type { FromThread, ToThread } from './threading.ts';

/** Who has work waiting leaves the hashing of leaves to the other: so both are equally busy, whatever the file is. */
const enoughWaiting = 2;

const port = parentPort as MessagePort;
const post = (message: FromThread, memory: UsedMemory = {}) =>
  port.postMessage(message, Object.values(memory));

// Of the file that is being read.
let credit = 0;
let wake = () => {};
let returned: UsedMemory[] = [];

port.on('message', async (message: ToThread) => {
  try {
    if (message.kind === 'read') {
      [credit, returned] = [0, []];
      await read(message);
    } else if (message.kind === 'grow') post({ kind: 'grown', trees: grow(message) });
    else {
      credit += message.more;
      if (message.used) returned.push(message.used);
      wake();
    }
  } catch (error) {
    post({ kind: 'error', error: toErrorShape(error) });
  }
});

/** Reads an export, and posts a batch for each that was asked for. */
async function read({ place, task, waiting }: Extract<ToThread, { kind: 'read' }>): Promise<void> {
  const hasher = createLeafHasher(task.importId, task.source);
  const open = await openExport(
    await exportAt(place),
    (names) => recognise('json', names, [task.preset]) !== null,
  );
  try {
    const memory = createBatchMemory();
    const batches = readBatches(open, task, memory);
    for (;;) {
      for (const used of await asked()) memory.giveBack(used);
      const step = await batches.next();
      if (step.done) {
        post({ kind: 'end', end: step.value });
        return;
      }
      const batch = step.value;
      hasher.learn(batch.newWords);
      if (Atomics.load(waiting, 0) >= enoughWaiting)
        batch.leaves = hasher.hash(batch, memory.take('leaves', batch.events * 32));
      Atomics.add(waiting, 0, 1);
      post({ kind: 'batch', batch }, memoryOf(batch));
    }
  } finally {
    await open.close();
  }
}

/** Waits until a batch is asked for; says what memory came back meanwhile. */
async function asked(): Promise<UsedMemory[]> {
  while (credit === 0) await new Promise<void>((resolve) => (wake = resolve));
  credit -= 1;
  const used = returned;
  returned = [];
  return used;
}

const grow = ({ trees, leaves }: Extract<ToThread, { kind: 'grow' }>) =>
  trees.map((state) => {
    const tree = createMerkleTree(state);
    for (let at = 0; at < leaves.length; at += 32) tree.append(leaves, at);
    return stateOf(tree);
  });
