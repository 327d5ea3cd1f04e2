// Packs JSON records into batches, several times faster than batcher.ts and to the same batches: a record whose keys are
// those of an earlier one, in the same order, is cut into its members, mapped and hashed as bytes (row-packer.ts), with
// the members as cells. What is not like that, or is no event, is parsed and mapped on its own.

import { parseJson } from '#core/integrity/canonical.ts';
import { createEventParts } from '#core/mapping/event-parts.ts';
import { createFieldCompiler, type RecordValue } from '#core/mapping/fields.ts';
import { createMapper } from '#core/mapping/map.ts';
import { createNameCheck } from '#core/mapping/names.ts';
import type { Preset, Variant } from '#core/mapping/preset.ts';
import { type Batch, none } from './batch.ts';
import type { BatchMemory } from './batch-memory.ts';
import { createRecordAdder } from './batcher.ts';
import { putBytes, putText } from './byte-text.ts';
import type { JsonPiece } from './json.ts';
import {
  areTooMany,
  type CanonicalTexts,
  createCanonicalMembers,
  forgetCanonicalTexts,
  noCanonicalTexts,
} from './json-canonical.ts';
import { createJsonMembers, form, type JsonMembers, type Leaf, leavesOf } from './json-members.ts';
import type { LineBlock } from './line-index.ts';
import { createPacker, type Packer } from './pack-batch.ts';
import type { MappedRow } from './part-memo.ts';
import { createRowPacker, isByCell, type RowPacker } from './row-packer.ts';
import { jsonRecord } from './shape.ts';
import type { Watcher } from './sightings.ts';
import { createWordCodes, type WordCodes } from './word-codes.ts';

export type JsonBatcher = {
  add(piece: JsonPiece): void;
  /** The same of a piece without a fault, as UTF-8: what stands at `place` in `bytes`, of which `view` is. */
  addBytes(bytes: Buffer, view: DataView, place: { from: number; to: number }, row: number): void;
  /** Whether the batch is large enough to be handed over. */
  isFull(): boolean;
  /** The batch so far; the next record begins a new one. `bytesRead` is how far the file was read. */
  take(bytesRead: number, lines: LineBlock | null): Batch;
};

export type JsonBatcherOptions = {
  /** Name of the source: part of every identity. */
  source: string;
  preset: Preset;
  variant: Variant;
  zone: string | null;
  watcher: Watcher;
  /** What batches are made of, where it is used again. */
  memory?: BatchMemory | undefined;
};

/** Records with the same keys in the same order. */
type Shape = {
  /** Packs the record that is `from..to` of the text; false where it is of another shape, or has to be mapped on its own. */
  pack(from: number, to: number, row: number): boolean;
  forgetWords(): void;
  forgetTexts(): void;
  isFull(): boolean;
};

/** Exports have a few shapes; each takes some memory for what it remembers. */
const mostShapes = 8;
/** Records with more members than this make none. */
const mostLeaves = 200;
const nothing = {};

/** A batcher for one JSON export. */
export function createJsonBatcher(options: JsonBatcherOptions): JsonBatcher {
  const { source, preset, variant, zone, watcher } = options;
  const codes = createWordCodes();
  const packer = createPacker(options.memory);
  const { text } = packer;
  const map = createMapper(preset, variant, [], zone);
  const addRecord = createRecordAdder({ source, map, watcher, packer, codes });
  const texts = noCanonicalTexts();
  const shapes: Shape[] = [];
  let last = 0;
  let canLearn = variant.each === undefined && variant.slots === undefined;

  /** Tries the shape of the record before, then the others. */
  function packAny(from: number, to: number, row: number): boolean {
    if (shapes[last]?.pack(from, to, row)) return true;
    for (let at = 0; at < shapes.length; at++) {
      if (at === last || !(shapes[at] as Shape).pack(from, to, row)) continue;
      last = at;
      return true;
    }
    return false;
  }

  function learn(value: RecordValue, from: number, to: number): void {
    const leaves = leavesOf(value);
    if (leaves.length === 0 || leaves.length > mostLeaves) return;
    const members = createJsonMembers(leaves);
    if (members.cut(text, from, to) !== to) return;
    const shape = createShape({ ...options, packer, codes, texts }, leaves, members);
    if (shape) shapes.push(shape);
    canLearn = shape !== null && shapes.length < mostShapes;
  }

  /** Parses and maps a piece that is of no known shape. It stands in `text` from `from` on, and is taken out of it. */
  function addAlone(piece: JsonPiece, from: number): void {
    const record = jsonRecord(piece);
    if (canLearn && 'value' in record) learn(record.value, from, text.length);
    text.length = from;
    addRecord(record);
  }

  return {
    add(piece) {
      if (piece.fault !== null || (shapes.length === 0 && !canLearn)) {
        addRecord(jsonRecord(piece));
        return;
      }
      const from = text.length;
      putText(text, piece.text);
      if (!packAny(from, text.length, piece.row)) addAlone(piece, from);
    },
    addBytes(bytes, view, place, row) {
      const from = text.length;
      putBytes(text, view, place.from, place.to);
      if (packAny(from, text.length, row)) return;
      addAlone({ text: bytes.toString('utf8', place.from, place.to), row, fault: null }, from);
    },
    isFull: packer.isFull,
    take(bytesRead, lines) {
      const batch = packer.take(bytesRead, lines, codes);
      if (codes.isFull() || shapes.some((shape) => shape.isFull())) {
        codes.restart();
        for (const shape of shapes) shape.forgetWords();
      }
      if (areTooMany(texts)) {
        forgetCanonicalTexts(texts);
        for (const shape of shapes) shape.forgetTexts();
      }
      return batch;
    },
  };
}

/** A shape; null where what an event says depends on more than whole members. */
function createShape(
  options: JsonBatcherOptions & { packer: Packer; codes: WordCodes; texts: CanonicalTexts },
  leaves: readonly Leaf[],
  members: JsonMembers,
): Shape | null {
  const { source, preset, variant, zone, watcher, packer, codes } = options;
  const compiler = createFieldCompiler(variant, [], leaves);
  const parts = createEventParts(preset, variant, compiler, zone ?? preset.zone);
  if (!isByCell(parts)) return null;
  const { text } = packer;
  const isKnownName = createNameCheck(variant);
  const keys = new Set(leaves.map(([key]) => key as string));
  const unknownKeys = [...keys].filter((key) => !isKnownName(key));
  let value: RecordValue | null = null;
  const row: MappedRow = {
    row: members,
    text,
    cells: () =>
      (value ??= parseJson(text.bytes.toString('utf8', rows.raw.from, rows.raw.to)) as RecordValue),
  };
  const canonical = createCanonicalMembers(leaves, members, text, options.texts);
  const rows: RowPacker = createRowPacker({
    source,
    parts,
    packer,
    codes,
    watcher,
    mapped: row,
    nothing,
    pointAtCell(place, column) {
      const start = members.starts[column] as number;
      const end = members.ends[column] as number;
      if (members.forms[column] !== form.same) return false;
      const first = text.bytes[start];
      // An empty text is one in some places and none in others.
      if (first === 34 && end - start > 2) {
        place.from = start + 1;
        place.to = end - 1;
        return true;
      }
      if (first !== 110) return false;
      place.from = none;
      place.to = none;
      return true;
    },
    canonical: canonical.write,
  });

  return {
    pack(from, to, line) {
      if (members.cut(text, from, to) !== to) return false;
      value = null;
      rows.raw.from = from;
      rows.raw.to = to;
      try {
        if (rows.pack(line) !== null) return false;
      } catch (error) {
        // No JSON after all, where only the parser can tell.
        if (error instanceof SyntaxError) return false;
        throw error;
      }
      packer.countRead(1);
      watcher.seeKeys(unknownKeys);
      return true;
    },
    forgetWords: rows.forget,
    forgetTexts: canonical.forget,
    isFull: rows.isFull,
  };
}
