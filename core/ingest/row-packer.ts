// Maps rows whose cells are bytes and packs the events into batches: the rows of a CSV, or JSON records of one shape with
// their members as cells. What its words mean is remembered by the cells they are read from, the mapper's parts run for
// what is new. Texts that stand in the row as they are, as old and new value mostly do, are only pointed at.

import { createByteIdentifier, digestRecord, vendorKey } from '#core/integrity/identity.ts';
import {
  type EventParts,
  hasRights,
  kindOf,
  looksIntoValues,
  type NamedAction,
  type Part,
} from '#core/mapping/event-parts.ts';
import { type RecordValue, valueText } from '#core/mapping/fields.ts';
import { noAction } from '#core/mapping/map.ts';
import type { DoubtfulTime, RecordTime } from '#core/mapping/record-time.ts';
import { rightsText } from '#core/mapping/rights.ts';
import { type TimeBasis, timeBases } from '#core/model.ts';
import { readUtc, readUtcBytes } from '#core/utc.ts';
import { none } from './batch.ts';
import { putText } from './byte-text.ts';
import { blankEvent, type Packer, type Place } from './pack-batch.ts';
import { createPartMemo, type MappedRow, type PartMemo } from './part-memo.ts';
import type { Watcher } from './sightings.ts';
import type { WordCodes } from './word-codes.ts';

export type RowPacker = {
  /** Packs the row, whose raw record stands in `raw`. Why it is rejected, else null. */
  pack(line: number): string | null;
  /** Where the raw record stands that is packed next. */
  raw: Place;
  /** Forgets the codes of words, and what was numbered beside them. */
  forget(): void;
  /** Whether so much is remembered that it should be forgotten: a hostile file may have new words in each row. */
  isFull(): boolean;
};

export type RowPackerOptions = {
  /** Name of the source: part of every identity. */
  source: string;
  parts: EventParts;
  packer: Packer;
  codes: WordCodes;
  watcher: Watcher;
  mapped: MappedRow;
  /** A record without any cell. */
  nothing: RecordValue;
  /** Says where the text of a cell stands in the row, `none` for null; false where it has to be read. */
  pointAtCell(place: Place, column: number): boolean;
  /** The canonical JSON of the row; only valid until the next call. */
  canonical(): Uint8Array;
};

/** Whether the parts of an event can be told by whole cells: else records have to be mapped one by one. */
export function isByCell(parts: EventParts): boolean {
  return Object.values(parts).every((part) => part.columns !== null);
}

/** An action with the codes of the kinds of event that it was, by what they depend on. */
type KnownAction = { action: NamedAction; kinds: Int32Array; kindsByValues: Map<string, number> };

const mostValues = 10_000;
const mostKnown = 100_000;

/** A packer of rows with the same columns. */
export function createRowPacker(options: RowPackerOptions): RowPacker {
  const { source, parts, packer, codes, watcher, mapped, nothing, pointAtCell, canonical } = options;
  const identify = createByteIdentifier(source);
  const { text } = packer;
  const packed = blankEvent();
  const actions: KnownAction[] = [];
  const action = createPartMemo(parts.action, (action) => {
    if (action === null) return -1;
    actions.push({
      action,
      kinds: new Int32Array(timeBases.length * 4).fill(-1),
      kindsByValues: new Map(),
    });
    return actions.length - 1;
  });
  const actor = createPartMemo(parts.actor, codes.actor);
  const target = createPartMemo(parts.target, codes.target);
  const subject = createPartMemo(parts.subject, codes.subject);
  const ip = createPartMemo(parts.ip, codes.ip);

  // Rights are put in one form; the same lists of them come again and again.
  const rights: (string | null)[] = [];
  const rightsMemo = (part: Part<unknown>) =>
    createPartMemo(part, (value) => rights.push(rightsText(value)) - 1);
  const oldRights = rightsMemo(parts.oldValue);
  const newRights = rightsMemo(parts.newValue);
  const memos = [action, actor, target, subject, ip, oldRights, newRights];

  function forget(): void {
    for (const memo of memos) memo.clear();
    [actions.length, rights.length] = [0, 0];
  }

  function placeText(place: Place, value: string | null): void {
    place.from = value === null ? none : text.length;
    if (value !== null) putText(text, value);
    place.to = text.length;
  }

  /** Whether a part is the text of a cell that stands in the row as it is; then says where. */
  function pointAt(place: Place, part: Part<unknown>): boolean {
    return part.isCell && pointAtCell(place, (part.columns as readonly number[])[0] as number);
  }

  const read = { time: 0, basis: 'explicit' as TimeBasis, doubtful: null as DoubtfulTime | null };

  /** Reads a part that is not pointed at. One that reads no cell needs none. */
  const readPart = <T>(part: Part<T>): T => part.read(part.columns?.length === 0 ? nothing : mapped.cells());

  /** Reads the time of the row into `read`; why it cannot be read, else null. */
  function readTimeOf(): string | null {
    const place = packed.timeText;
    const isText = pointAt(place, parts.time);
    if (isText && place.from !== none && place.to - place.from === 24) {
      const ms = readUtcBytes(text.bytes, place.from);
      if (!Number.isNaN(ms)) {
        read.time = ms;
        read.basis = 'explicit';
        read.doubtful = null;
        place.from = none;
        return null;
      }
    }
    const found: RecordTime = readPart(parts.time);
    if ('reason' in found) return found.reason;
    read.time = found.ms;
    read.basis = found.basis;
    read.doubtful = found.doubtful;
    if (readUtc(found.text) === found.ms) place.from = none;
    else if (!isText) placeText(place, found.text);
    return null;
  }

  /** Places the old or the new value, which are the rights that `memo` knows where the action's values are rights. */
  function placeValue(place: Place, part: Part<unknown>, memo: PartMemo, action: NamedAction): void {
    if (hasRights(action)) placeText(place, rights[memo.of(mapped)] as string | null);
    else if (!pointAt(place, part)) placeText(place, valueText(readPart(part)));
  }

  function textOf({ from, to }: Place): string | null {
    return from === none ? null : text.bytes.toString('utf8', from, to);
  }

  function kindCode({ action, kinds, kindsByValues }: KnownAction): number {
    const { oldValue, newValue } = packed;
    const code = (oldText: string | null, newText: string | null) =>
      codes.kind(kindOf(action, read.basis, oldText, newText));
    if (looksIntoValues(action)) {
      const [oldText, newText] = [textOf(oldValue), textOf(newValue)];
      const key = JSON.stringify([read.basis, oldText, newText]);
      const known = kindsByValues.get(key);
      if (known !== undefined) return known;
      const fresh = code(oldText, newText);
      if (kindsByValues.size < mostValues) kindsByValues.set(key, fresh);
      return fresh;
    }
    const hasOld = oldValue.from !== none;
    const hasNew = newValue.from !== none;
    const at = timeBases.indexOf(read.basis) * 4 + (hasOld ? 2 : 0) + (hasNew ? 1 : 0);
    if (kinds[at] === -1) kinds[at] = code(hasOld ? '' : null, hasNew ? '' : null);
    return kinds[at] as number;
  }

  function pack(line: number): string | null {
    const known = actions[action.of(mapped)];
    if (known === undefined) return noAction;
    const reason = readTimeOf();
    if (reason !== null) return reason;
    // Before any word gets a code: it throws for a record that is none.
    const digest = digestRecord(canonical());
    packed.row = line;
    packed.time = read.time;
    packed.actor = actor.of(mapped);
    packed.target = target.of(mapped);
    packed.subject = subject.of(mapped);
    packed.ip = ip.of(mapped);
    if (!pointAt(packed.vendorId, parts.vendorId)) placeText(packed.vendorId, readPart(parts.vendorId));
    const vendorId = textOf(packed.vendorId);
    packed.vendorKey = vendorId === null ? -1 : vendorKey(vendorId);
    placeValue(packed.oldValue, parts.oldValue, oldRights, known.action);
    placeValue(packed.newValue, parts.newValue, newRights, known.action);
    packed.kind = kindCode(known);
    watcher.seeRow(
      read.time,
      read.basis,
      read.doubtful,
      known.action.rule === null ? known.action.name : null,
    );
    packer.addRecord(digest, identify);
    packer.addEvent(packed);
    return null;
  }

  return {
    pack,
    raw: packed.raw,
    forget,
    isFull: () => actions.length > mostKnown || rights.length > mostKnown,
  };
}
