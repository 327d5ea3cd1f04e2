// Entry file of the thread that reads a large export.

import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { toErrorShape } from '#core/errors.ts';
import type { UsedMemory } from './batch-memory.ts';
import { type ReadingThreadData, serveReading, type ToThread } from './reading.ts';

const port = parentPort as MessagePort;
let credit = 0;
let wake = () => {};
let returned: UsedMemory[] = [];
port.on('message', ({ more, used }: ToThread) => {
  credit += more;
  if (used) returned.push(used);
  wake();
});

try {
  await serveReading(workerData as ReadingThreadData, {
    post: (message, transfer) => port.postMessage(message, transfer),
    async asked() {
      while (credit === 0) await new Promise<void>((resolve) => (wake = resolve));
      credit -= 1;
      const used = returned;
      returned = [];
      return used;
    },
  });
} catch (error) {
  port.postMessage({ kind: 'error', error: toErrorShape(error) });
}
