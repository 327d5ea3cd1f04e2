// Packs events into batches, as numbers and bytes. Who maps an event writes its texts into `text`, at the end of what is
// there, and says where they stand.

import type { RecordIdentity } from '#core/integrity/identity.ts';
import { type Batch, none, type RejectedRow, slot, stride, textSlot, textStride } from './batch.ts';
import { type BatchMemory, createBatchMemory } from './batch-memory.ts';
import { type ByteText, createByteText } from './byte-text.ts';
import type { LineBlock } from './line-index.ts';
import type { WordCodes } from './word-codes.ts';

/** Where a text of an event stands in the bytes of the batch; `from` is `none` for one that is null. */
export type Place = { from: number; to: number };

/** One event as it is packed; whoever packs many uses the same object again and again. */
export type PackedEvent = {
  row: number;
  part: number;
  /** -1 without a vendor id. */
  vendorKey: number;
  time: number;
  /** Codes of words, -1 for nothing. */
  kind: number;
  actor: number;
  target: number;
  subject: number;
  ip: number;
  timeText: Place;
  vendorId: Place;
  oldValue: Place;
  newValue: Place;
  raw: Place;
};

export type Packer = {
  text: ByteText;
  /** Begins a record: the events added next are of it. `digest` is its SHA-256, a character for each byte. */
  addRecord(digest: string, identify: (bytes: Uint8Array, at: number) => RecordIdentity): void;
  addEvent(event: PackedEvent): void;
  reject(row: number, reason: string, raw: string): void;
  /** Counts records, or further events of records, as read. */
  countRead(more: number): void;
  /** Whether the batch is large enough to be handed over. */
  isFull(): boolean;
  /** The batch so far; the next record begins a new one. `bytesRead` is how far the file was read. */
  take(bytesRead: number, lines: LineBlock | null, codes: WordCodes): Batch;
};

const fullEvents = 2048;
const fullText = 4 * 1024 * 1024;
/** Of a rejected row no more characters are kept. */
export const longestRejectedText = 1_000_000;

/** An event without any text. */
export function blankEvent(): PackedEvent {
  const place = (): Place => ({ from: none, to: 0 });
  return {
    row: 0,
    part: 0,
    vendorKey: -1,
    time: 0,
    kind: -1,
    actor: -1,
    target: -1,
    subject: -1,
    ip: -1,
    timeText: place(),
    vendorId: place(),
    oldValue: place(),
    newValue: place(),
    raw: place(),
  };
}

/** A packer for one export. Batches are made of `memory`. */
export function createPacker(memory: BatchMemory = createBatchMemory()): Packer {
  const text = createByteText(512 * 1024);
  let numbers = new Float64Array(fullEvents * stride);
  let texts = new Uint32Array(fullEvents * textStride);
  let room = fullEvents;
  let hashes: Buffer<ArrayBuffer> = Buffer.allocUnsafeSlow(fullEvents * 32);
  let events = 0;
  let records = 0;
  let read = 0;
  let identity: RecordIdentity = { key: 0, tail: 0 };
  let rejected: RejectedRow[] = [];

  function grow(): void {
    const grown = <T extends Float64Array | Uint32Array>(old: T, larger: T): T => {
      larger.set(old);
      return larger;
    };
    numbers = grown(numbers, new Float64Array(numbers.length * 2));
    texts = grown(texts, new Uint32Array(texts.length * 2));
    const larger = Buffer.allocUnsafeSlow(hashes.length * 2);
    larger.set(hashes);
    hashes = larger;
    room *= 2;
  }

  function place(at: number, { from, to }: Place): void {
    texts[at] = from;
    texts[at + 1] = to;
  }

  return {
    text,
    addRecord(digest, identify) {
      if (events === room) grow();
      hashes.write(digest, records * 32, 'latin1');
      identity = identify(hashes, records * 32);
      records += 1;
    },
    addEvent(event) {
      if (events === room) grow();
      const at = events * stride;
      numbers[at + slot.row] = event.row;
      numbers[at + slot.part] = event.part;
      numbers[at + slot.uidKey] = identity.key;
      numbers[at + slot.uidTail] = identity.tail;
      numbers[at + slot.vendorKey] = event.vendorKey;
      numbers[at + slot.time] = event.time;
      numbers[at + slot.kind] = event.kind;
      numbers[at + slot.actor] = event.actor;
      numbers[at + slot.target] = event.target;
      numbers[at + slot.subject] = event.subject;
      numbers[at + slot.ip] = event.ip;
      numbers[at + slot.record] = records - 1;
      const base = events * textStride;
      place(base + textSlot.timeText, event.timeText);
      place(base + textSlot.vendorId, event.vendorId);
      place(base + textSlot.oldValue, event.oldValue);
      place(base + textSlot.newValue, event.newValue);
      place(base + textSlot.raw, event.raw);
      events += 1;
    },
    reject(row, reason, raw) {
      rejected.push({ row, reason, raw: raw.slice(0, longestRejectedText).toWellFormed() });
    },
    countRead(more) {
      read += more;
    },
    isFull: () => events >= fullEvents || text.length >= fullText || rejected.length >= fullEvents,
    take(bytesRead, lines, codes) {
      const batch: Batch = {
        events,
        numbers: new Float64Array(memory.take('numbers', events * stride * 8), 0, events * stride),
        texts: new Uint32Array(memory.take('texts', events * textStride * 4), 0, events * textStride),
        bytes: Buffer.from(memory.take('bytes', text.length), 0, text.length),
        hashes: Buffer.from(memory.take('hashes', records * 32), 0, records * 32),
        leaves: null,
        newWords: codes.takeNew(),
        rejected,
        read,
        bytesRead,
        lines,
      };
      batch.numbers.set(numbers.subarray(0, events * stride));
      batch.texts.set(texts.subarray(0, events * textStride));
      text.bytes.copy(batch.bytes, 0, 0, text.length);
      hashes.copy(batch.hashes, 0, 0, records * 32);
      [events, records, read] = [0, 0, 0];
      text.length = 0;
      rejected = [];
      return batch;
    },
  };
}
