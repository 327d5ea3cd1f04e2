// Packs the rows of a CSV into batches, several times faster than batcher.ts and to the same batches. A row is bytes all
// the way: it is cut, written as the JSON that is stored, and hashed without a string. What its words mean is remembered
// by the cells they are read from, the mapper's parts run for what is new. Texts that stand in the row as they are, as old
// and new value mostly do, are only pointed at.

import { createByteIdentifier, digestRecord, vendorKey } from '#core/integrity/identity.ts';
import {
  createEventParts,
  hasRights,
  kindOf,
  looksIntoValues,
  type NamedAction,
  type Part,
} from '#core/mapping/event-parts.ts';
import { createFieldCompiler, valueText } from '#core/mapping/fields.ts';
import { noAction } from '#core/mapping/map.ts';
import type { Preset, Variant } from '#core/mapping/preset.ts';
import type { RecordTime } from '#core/mapping/record-time.ts';
import { rightsText } from '#core/mapping/rights.ts';
import { type TimeBasis, timeBases } from '#core/model.ts';
import { readUtc, readUtcBytes } from '#core/utc.ts';
import { type Batch, none } from './batch.ts';
import type { BatchMemory } from './batch-memory.ts';
import { putText } from './byte-text.ts';
import { createCsvRows } from './csv-rows.ts';
import type { LineBlock } from './line-index.ts';
import { blankEvent, createPacker, type Place } from './pack-batch.ts';
import { createPartMemo, type MappedRow, type PartMemo } from './part-memo.ts';
import { createCanonicalRows } from './row-canonical.ts';
import { notAsWide } from './shape.ts';
import type { Watcher } from './sightings.ts';
import { createWordCodes } from './word-codes.ts';

export type RowBatcher = {
  /** Takes the next piece of the file. */
  push(piece: Uint8Array): void;
  /** Says that there is no further piece. */
  end(): void;
  /** Reads rows until the batch is full; false where the pieces hold no further one. */
  fill(): boolean;
  /** The batch so far; the next row begins a new one. `bytesRead` is how far the file was read. */
  take(bytesRead: number, lines: LineBlock | null): Batch;
};

export type RowBatcherOptions = {
  /** Name of the source: part of every identity. */
  source: string;
  preset: Preset;
  variant: Variant;
  /** The header's names. */
  columns: readonly string[];
  delimiter: string;
  /** Rows above the first record. */
  rowsAbove: number;
  zone: string | null;
  watcher: Watcher;
  /** What batches are made of, where it is used again. */
  memory?: BatchMemory | undefined;
};

/** An action with the codes of the kinds of event that it was, by what they depend on. */
type KnownAction = { action: NamedAction; kinds: Int32Array; kindsByValues: Map<string, number> };

const mostValues = 10_000;
/** Actions and rights that are kept before all is forgotten: a hostile file may have new ones in each row. */
const mostKnown = 100_000;
const nothing: readonly string[] = [];

/**
 * A batcher for one CSV; null where its records have to be mapped one by one: what an event says may depend on more than
 * whole cells, be one of several, or the delimiter be no ASCII character.
 */
export function createRowBatcher(options: RowBatcherOptions): RowBatcher | null {
  const { source, preset, variant, columns, delimiter, zone, watcher } = options;
  const compiler = createFieldCompiler(variant, columns);
  const parts = createEventParts(preset, variant, compiler, zone ?? preset.zone);
  const isByCell = Object.values(parts).every((part) => part.columns !== null);
  if (
    !isByCell ||
    variant.each !== undefined ||
    variant.slots !== undefined ||
    !/^[\t !#-~]$/.test(delimiter)
  )
    return null;

  const rows = createCsvRows(delimiter);
  const { row } = rows;
  const identify = createByteIdentifier(source);
  const canonical = createCanonicalRows(columns);
  const codes = createWordCodes();
  const packer = createPacker(options.memory);
  const { text } = packer;
  const packed = blankEvent();
  let toSkip = options.rowsAbove;

  let from = 0;
  let cells: readonly string[] | null = null;
  const mapped: MappedRow = {
    row,
    text,
    cells: () => (cells ??= JSON.parse(text.bytes.toString('utf8', from, packed.raw.to)) as string[]),
  };
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

  /** Forgets the codes of words, and what was numbered beside them. */
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
    if (!part.isCell) return false;
    const column = (part.columns as readonly number[])[0] as number;
    if (row.isEscaped[column] === 1) return false;
    const start = row.starts[column] as number;
    const end = row.ends[column] as number;
    place.from = start === end ? none : start;
    place.to = end;
    return true;
  }

  const read = { time: 0, basis: 'explicit' as TimeBasis, doubtful: null as 'twice' | 'never' | null };

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

  /** Packs the row that stands in `text` from `from` on; why it is rejected, else null. */
  function pack(): string | null {
    if (row.fault !== null) return row.fault;
    if (row.count !== columns.length) return notAsWide(row.count, columns.length);
    const known = actions[action.of(mapped)];
    if (known === undefined) return noAction;
    const reason = readTimeOf();
    if (reason !== null) return reason;
    packed.row = row.line;
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
    packer.addRecord(digestRecord(canonical(row, text)), identify);
    packer.addEvent(packed);
    return null;
  }

  /** Takes the row that was read last. */
  function add(): void {
    // A blank line is not a record.
    if (toSkip > 0 || (row.count === 1 && row.starts[0] === row.ends[0])) {
      toSkip = Math.max(0, toSkip - 1);
      text.length = from;
      return;
    }
    packer.countRead(1);
    packed.raw.from = from;
    packed.raw.to = text.length;
    cells = null;
    const reason = pack();
    if (reason === null) return;
    watcher.seeFault();
    packer.reject(row.line, reason, text.bytes.toString('utf8', from, packed.raw.to));
    text.length = from;
  }

  return {
    push: rows.push,
    end: rows.end,
    fill() {
      while (!packer.isFull()) {
        from = text.length;
        if (!rows.next(text)) return false;
        add();
      }
      return true;
    },
    take(bytesRead, lines) {
      const batch = packer.take(bytesRead, lines, codes);
      if (codes.isFull() || actions.length > mostKnown || rights.length > mostKnown) {
        codes.restart();
        forget();
      }
      return batch;
    },
  };
}
