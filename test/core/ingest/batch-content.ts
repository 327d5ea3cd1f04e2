import { type Batch, slot, stride, textSlot } from '#core/ingest/batch.ts';
import { textOf } from '#core/ingest/batch-event.ts';

/** What an import would be told of a batch, wherever its texts stand. */
export function contentOf(batch: Batch) {
  const { events, numbers, hashes, newWords, rejected, read } = batch;
  const rows = Array.from({ length: events }, (_, event) => ({
    numbers: [...numbers.subarray(event * stride, event * stride + stride)],
    texts: Object.values(textSlot).map((place) => textOf(batch, event, place)),
    hash: hashes.toString('hex', (numbers[event * stride + slot.record] as number) * 32).slice(0, 64),
  }));
  return { rows, newWords, rejected, read };
}
