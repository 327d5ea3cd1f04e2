// Packs the records of an export into batches: maps each to its events, hashes it, and writes what the log needs of it
// as numbers and bytes. This is the half of an import that needs no database.

import { createByteIdentifier, digestRecord, vendorKey } from '#core/integrity/identity.ts';
import type { Mapper } from '#core/mapping/map.ts';
import { readUtc } from '#core/utc.ts';
import { type Batch, none } from './batch.ts';
import type { BatchMemory } from './batch-memory.ts';
import { putText } from './byte-text.ts';
import type { LineBlock } from './line-index.ts';
import { blankEvent, createPacker, type Packer, type Place } from './pack-batch.ts';
import type { ExportRecord } from './shape.ts';
import type { Watcher } from './sightings.ts';
import { createWordCodes, type WordCodes } from './word-codes.ts';

export type Batcher = {
  add(record: ExportRecord): void;
  /** Whether the batch is large enough to be handed over. */
  isFull(): boolean;
  /** The batch so far; the next record begins a new one. `bytesRead` is how far the file was read. */
  take(bytesRead: number, lines: LineBlock | null): Batch;
};

export type BatcherOptions = {
  /** Name of the source: part of every identity. */
  source: string;
  map: Mapper;
  watcher: Watcher;
  /** What batches are made of, where it is used again. */
  memory?: BatchMemory | undefined;
};

/** A batcher for one export. */
export function createBatcher({ source, map, watcher, memory }: BatcherOptions): Batcher {
  const codes = createWordCodes();
  const packer = createPacker(memory);
  return {
    add: createRecordAdder({ source, map, watcher, packer, codes }),
    isFull: packer.isFull,
    take(bytesRead, lines) {
      const batch = packer.take(bytesRead, lines, codes);
      if (codes.isFull()) codes.restart();
      return batch;
    },
  };
}

/** Maps one record after the other and packs its events. */
export function createRecordAdder({
  source,
  map,
  watcher,
  packer,
  codes,
}: Omit<BatcherOptions, 'memory'> & { packer: Packer; codes: WordCodes }): (record: ExportRecord) => void {
  const identify = createByteIdentifier(source);
  const { text } = packer;
  const packed = blankEvent();
  const { raw: rawPlace } = packed;

  /** Writes a text behind the others. */
  function place(at: Place, value: string | null): void {
    at.from = value === null ? none : text.length;
    if (value !== null) putText(text, value);
    at.to = text.length;
  }

  function addEvents(record: Extract<ExportRecord, { value: unknown }>): void {
    const mapped = map(record.value);
    packer.countRead(mapped.length);
    watcher.see(mapped, record.value);
    const { row, raw } = record;
    let isNew = true;
    for (const one of mapped) {
      if ('reason' in one) {
        const place = one.part > 0 ? `event ${one.part} of ${mapped.length} in it: ` : '';
        packer.reject(row, place + one.reason, raw);
        continue;
      }
      if (isNew) {
        packer.addRecord(digestRecord(record.canonical), identify);
        place(rawPlace, raw);
        isNew = false;
      }
      const { event, vendorId, part } = one;
      packed.row = row;
      packed.part = part;
      packed.vendorKey = vendorId === null ? -1 : vendorKey(vendorId);
      packed.time = event.time;
      packed.kind = codes.kind(event);
      packed.actor = codes.actor(event);
      packed.target = codes.target(event);
      packed.subject = codes.subject(event.subject);
      packed.ip = codes.ip(event.ip);
      const timeText = readUtc(event.timeText) === event.time ? null : event.timeText;
      place(packed.timeText, timeText);
      place(packed.vendorId, vendorId);
      place(packed.oldValue, event.oldValue);
      place(packed.newValue, event.newValue);
      packer.addEvent(packed);
    }
  }

  return (record) => {
    if ('fault' in record) {
      packer.countRead(1);
      watcher.seeFault();
      packer.reject(record.row, record.fault, record.raw);
    } else addEvents(record);
  };
}
