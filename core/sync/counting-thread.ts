// Entry file of the thread that counts and spools what a sync reads.

import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { toErrorShape } from '#core/errors.ts';
import { type CountingState, createCounting } from './counting.ts';
import { answer, type CountingAnswer, type CountingAsked } from './intake.ts';

const port = parentPort as MessagePort;
const counting = createCounting(workerData as CountingState);
let failed: CountingAnswer | null = null;

port.on('message', (asked: CountingAsked) => {
  try {
    // After a failure nothing may be written: it would stand behind half a record.
    const answered = failed ?? answer(counting, asked);
    const canonical = 'canonical' in answered ? answered.canonical : null;
    port.postMessage(answered, canonical ? [canonical.buffer] : []);
  } catch (error) {
    failed = { error: toErrorShape(error) };
    port.postMessage(failed);
  }
});
