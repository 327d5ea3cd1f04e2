// Packs the records of an export into batches: maps each to its events, hashes it, and writes what the log needs of it
// into a few large values. This is the half of an import that needs no database.

import { createIdentifier, hashRecord, vendorKey } from '#core/integrity/identity.ts';
import type { Mapper } from '#core/mapping/map.ts';
import { readUtc } from '#core/utc.ts';
import { type Batch, none, type RejectedRow, slot, stride, textSlot, textStride } from './batch.ts';
import type { ExportRecord } from './shape.ts';
import type { Watcher } from './sightings.ts';
import { createWordCodes } from './word-codes.ts';

export type Batcher = {
  add(record: ExportRecord): void;
  /** Whether the batch is large enough to be handed over. */
  isFull(): boolean;
  /** The batch so far; the next record begins a new one. `bytesRead` is how far the file was read. */
  take(bytesRead: number): Batch;
};

export type BatcherOptions = {
  /** Name of the source: part of every identity. */
  source: string;
  map: Mapper;
  watcher: Watcher;
};

const fullEvents = 1024;
const fullText = 4 * 1024 * 1024;
const longestRejectedText = 1_000_000;
const beyondLatin1 = /[^\0-\xff]/;

/** A batcher for one export. */
export function createBatcher({ source, map, watcher }: BatcherOptions): Batcher {
  const identify = createIdentifier(source);
  const codes = createWordCodes();
  let numbers = new Float64Array(fullEvents * stride);
  let texts = new Uint32Array(fullEvents * textStride);
  let isWide = new Uint8Array(fullEvents);
  let events = 0;
  let records = 0;
  let read = 0;
  let narrow = '';
  let wide = '';
  let hashes = '';
  let rejected: RejectedRow[] = [];

  function reserve(): void {
    if (events < isWide.length) return;
    const grown = <T extends Float64Array | Uint32Array | Uint8Array>(old: T, larger: T): T => {
      larger.set(old);
      return larger;
    };
    numbers = grown(numbers, new Float64Array(numbers.length * 2));
    texts = grown(texts, new Uint32Array(texts.length * 2));
    isWide = grown(isWide, new Uint8Array(isWide.length * 2));
  }

  function reject(row: number, reason: string, raw: string): void {
    rejected.push({ row, reason, raw: raw.slice(0, longestRejectedText).toWellFormed() });
  }

  function addEvents(record: Extract<ExportRecord, { value: unknown }>): void {
    const mapped = map(record.value);
    read += mapped.length;
    watcher.see(mapped, record.value);
    const { row, raw } = record;
    let number = -1;
    let identity = { key: 0, tail: 0 };
    let [rawFrom, rawTo] = [0, 0];
    let wideRecord = false;
    for (const one of mapped) {
      if ('reason' in one) {
        const place = one.part > 0 ? `event ${one.part} of ${mapped.length} in it: ` : '';
        reject(row, place + one.reason, raw);
        continue;
      }
      if (number === -1) {
        const hash = hashRecord(record.canonical);
        hashes += hash;
        identity = identify(hash);
        number = records++;
        // What is mapped comes from the raw record, save for what JSON escapes in it.
        wideRecord = beyondLatin1.test(raw) || raw.includes('\\u');
      }
      reserve();
      const { event, vendorId, part } = one;
      const at = events * stride;
      numbers[at + slot.row] = row;
      numbers[at + slot.part] = part;
      numbers[at + slot.uidKey] = identity.key;
      numbers[at + slot.uidTail] = identity.tail;
      numbers[at + slot.vendorKey] = vendorId === null ? -1 : vendorKey(vendorId);
      numbers[at + slot.time] = event.time;
      numbers[at + slot.kind] = codes.kind(event);
      numbers[at + slot.actor] = codes.actor(event);
      numbers[at + slot.target] = codes.target(event);
      numbers[at + slot.subject] = codes.subject(event);
      numbers[at + slot.ip] = codes.ip(event);
      numbers[at + slot.record] = number;
      const timeText = readUtc(event.timeText) === event.time ? null : event.timeText;
      const { oldValue, newValue } = event;
      const base = events * textStride;
      const from = wideRecord ? wide.length : narrow.length;
      let end = from;
      const place = (at: number, text: string | null) => {
        if (text !== null) end += text.length;
        texts[base + at] = text === null ? none : end;
      };
      texts[base + textSlot.from] = from;
      place(textSlot.timeText, timeText);
      place(textSlot.vendorId, vendorId);
      place(textSlot.oldValue, oldValue);
      place(textSlot.newValue, newValue);
      let text = (timeText ?? '') + (vendorId ?? '') + (oldValue ?? '') + (newValue ?? '');
      if (rawTo === 0) {
        rawFrom = end;
        rawTo = end + raw.length;
        text += raw;
      }
      texts[base + textSlot.rawFrom] = rawFrom;
      texts[base + textSlot.rawTo] = rawTo;
      isWide[events] = wideRecord ? 1 : 0;
      if (wideRecord) wide += text;
      else narrow += text;
      events += 1;
    }
  }

  return {
    add(record) {
      if ('fault' in record) {
        read += 1;
        watcher.seeFault();
        reject(record.row, record.fault, record.raw);
      } else addEvents(record);
    },
    isFull: () =>
      events >= fullEvents || narrow.length + wide.length >= fullText || rejected.length >= fullEvents,
    take(bytesRead) {
      const batch: Batch = {
        events,
        numbers: numbers.slice(0, events * stride),
        texts: texts.slice(0, events * textStride),
        isWide: isWide.slice(0, events),
        narrow,
        wide,
        hashes,
        newWords: codes.takeNew(),
        rejected,
        read,
        bytesRead,
      };
      [events, records, read] = [0, 0, 0];
      [narrow, wide, hashes] = ['', '', ''];
      rejected = [];
      if (codes.isFull()) codes.restart();
      return batch;
    },
  };
}
