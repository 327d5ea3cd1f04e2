// Packs the rows of a CSV into batches, several times faster than batcher.ts and to the same batches. A row is bytes all
// the way: it is cut, written as the JSON that is stored, and hashed without a string; row-packer.ts maps it.

import { createEventParts } from '#core/mapping/event-parts.ts';
import { createFieldCompiler } from '#core/mapping/fields.ts';
import type { Preset, Variant } from '#core/mapping/preset.ts';
import { type Batch, none } from './batch.ts';
import type { BatchMemory } from './batch-memory.ts';
import { createCsvRows } from './csv-rows.ts';
import type { LineBlock } from './line-index.ts';
import { createPacker } from './pack-batch.ts';
import type { MappedRow } from './part-memo.ts';
import { createCanonicalRows } from './row-canonical.ts';
import { createRowPacker, isByCell } from './row-packer.ts';
import { notAsWide } from './shape.ts';
import type { Watcher } from './sightings.ts';
import { createWordCodes } from './word-codes.ts';

/** Packs an export that comes in pieces of UTF-8 text. */
export type PieceBatcher = {
  /** Takes the next piece of the file. */
  push(piece: Uint8Array): void;
  /** Says that there is no further piece. */
  end(): void;
  /** Reads records until the batch is full; false where the pieces hold no further one. */
  fill(): boolean;
  /** The batch so far; the next record begins a new one. `bytesRead` is how far the file was read. */
  take(bytesRead: number, lines: LineBlock | null): Batch;
  /** Whether the text ended in the middle of a record; asked at the end. */
  isCutOff(): boolean;
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

/**
 * A batcher for one CSV; null where its records have to be mapped one by one: what an event says may depend on more than
 * whole cells, be one of several, or the delimiter be no ASCII character.
 */
export function createRowBatcher(options: RowBatcherOptions): PieceBatcher | null {
  const { source, preset, variant, columns, delimiter, zone, watcher } = options;
  const compiler = createFieldCompiler(variant, columns);
  const parts = createEventParts(preset, variant, compiler, zone ?? preset.zone);
  if (
    !isByCell(parts) ||
    variant.each !== undefined ||
    variant.slots !== undefined ||
    !/^[\t !#-~]$/.test(delimiter)
  )
    return null;

  const rows = createCsvRows(delimiter);
  const { row } = rows;
  const canonical = createCanonicalRows(columns);
  const codes = createWordCodes();
  const packer = createPacker(options.memory);
  const { text } = packer;
  let toSkip = options.rowsAbove;

  let from = 0;
  let cells: readonly string[] | null = null;
  const mapped: MappedRow = {
    row,
    text,
    cells: () => (cells ??= JSON.parse(text.bytes.toString('utf8', from, raw.to)) as string[]),
  };
  const rowPacker = createRowPacker({
    source,
    parts,
    packer,
    codes,
    watcher,
    mapped,
    nothing: [],
    pointAtCell(place, column) {
      if (row.isEscaped[column] === 1) return false;
      const start = row.starts[column] as number;
      const end = row.ends[column] as number;
      place.from = start === end ? none : start;
      place.to = end;
      return true;
    },
    canonical: () => canonical(row, text),
  });
  const { raw } = rowPacker;

  /** Packs the row that stands in `text` from `from` on; why it is rejected, else null. */
  function pack(): string | null {
    if (row.fault !== null) return row.fault;
    if (row.count !== columns.length) return notAsWide(row.count, columns.length);
    return rowPacker.pack(row.line);
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
    raw.from = from;
    raw.to = text.length;
    cells = null;
    const reason = pack();
    if (reason === null) return;
    watcher.seeFault();
    packer.reject(row.line, reason, text.bytes.toString('utf8', from, raw.to));
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
      if (codes.isFull() || rowPacker.isFull()) {
        codes.restart();
        rowPacker.forget();
      }
      return batch;
    },
    // A quote that is never closed is an error; any other row may be the last one.
    isCutOff: () => false,
  };
}
