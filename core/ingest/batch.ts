// What travels from the thread that reads an export to the one that writes the log: some thousand mapped events in a
// few large values, because handing over a million small ones costs as much as reading them. Words that repeat travel
// once and are numbers afterwards; texts lie one behind the other as bytes.

import type { ActorType, MappedEvent } from '#core/model.ts';
import type { LineBlock } from './line-index.ts';

/** What happened, without who did it, when and to what. */
export type EventKind = Pick<MappedEvent, 'action' | 'category' | 'field' | 'outcome' | 'timeBasis'>;
/** To what, and in which scope. */
export type EventTarget = Pick<MappedEvent, 'targetType' | 'targetId' | 'targetName' | 'scope'>;
export type EventActor = { name: string; type: ActorType };

/** Words that come for the first time; the code of each is its place among all of its kind since `restarts`. */
export type NewWords = {
  /** The codes begin at 0 again: what was known before is forgotten. */
  restarts: boolean;
  kinds: EventKind[];
  actors: EventActor[];
  targets: EventTarget[];
  subjects: string[];
  ips: string[];
};

/** Where each number of an event stands; an event takes `stride` of them. A code of -1 is nothing. */
export const slot = {
  row: 0,
  /** 0, or the number of the event within its record. Events of one record follow each other. */
  part: 1,
  uidKey: 2,
  uidTail: 3,
  /** -1 without a vendor id. */
  vendorKey: 4,
  time: 5,
  kind: 6,
  actor: 7,
  target: 8,
  subject: 9,
  ip: 10,
  /** Number of the record within the batch. */
  record: 11,
} as const;
export const stride = 12;

/** Where the texts of an event begin, and one behind it where they end; an event takes `textStride` numbers. */
export const textSlot = {
  timeText: 0,
  vendorId: 2,
  oldValue: 4,
  newValue: 6,
  raw: 8,
} as const;
export const textStride = 10;
/** Where a text begins that is null. */
export const none = 0xffffffff;

export type RejectedRow = { row: number; reason: string; raw: string };

export type Batch = {
  events: number;
  numbers: Float64Array<ArrayBuffer>;
  /** Positions in `bytes`. Texts may share them: a value mostly stands in its raw record as it is. */
  texts: Uint32Array<ArrayBuffer>;
  /** The texts of all events, UTF-8. */
  bytes: Buffer<ArrayBuffer>;
  /** recordHash of each record, 32 bytes each. */
  hashes: Buffer<ArrayBuffer>;
  /**
   * Leaf hash of each event, 32 bytes each, as if its record were the first of its kind in the log; null where it is left
   * to who writes.
   */
  leaves: Buffer<ArrayBuffer> | null;
  newWords: NewWords;
  rejected: RejectedRow[];
  /** Records and further events of records, rejected ones included, so far in this batch. */
  read: number;
  /** Bytes of the file, as stored, that were read up to here. */
  bytesRead: number;
  /** Where the lines begin that were read since the last batch; some are of records that come in the next one. */
  lines: LineBlock | null;
};
