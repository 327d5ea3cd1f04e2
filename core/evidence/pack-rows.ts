// A window of rows of one of a pack's tables, and one of its texts: read as a stream up to where they stand and no
// further, so that a table of any size costs the memory of what is shown.

import { StringDecoder } from 'node:string_decoder';
import type { PackRows } from '#core/audit-model.ts';
import { AppError } from '#core/errors.ts';
import { type CsvRow, createCsvReader } from '#core/ingest/csv.ts';
import type { PackFiles } from './pack-files.ts';

const quote = 34;
const lineFeed = 10;

export type RowsWanted = {
  /** Path of a CSV file in the pack. */
  file: string;
  /** Index of the first row, from 0, and how many. */
  first: number;
  limit: number;
  /** UTF-16 units of a cell; longer ones end in `…`. */
  longest: number;
  /** How many rows the pack lists; null where it does not say. */
  listed: number | null;
  signal?: AbortSignal;
};

/** Cells of a row that are given: no table of a pack has nearly as many. */
const mostColumns = 1000;

/** Reads rows. Throws AppError('input') for a file that is not in the pack or is no CSV. */
export async function readPackRows(files: PackFiles, wanted: RowsWanted): Promise<PackRows> {
  const { file, first, limit, longest, listed } = wanted;
  if (!files.sizes.has(file) || !file.endsWith('.csv'))
    throw new AppError('input', `The pack has no table ${file}. Open the pack again.`);
  const end = first + limit;
  // Where the listed end is in sight, or none is listed, the file is read to its own end: then the count is no claim.
  const countsAll = listed === null || end >= listed;
  const reader = createCsvReader(',');
  const decoder = new StringDecoder('utf8');
  const skipper = createSkipper(first);
  let columns: string[] | null = null;
  let index = first;
  const rows: PackRows['rows'] = [];
  const take = (records: readonly CsvRow[]) => {
    for (const { cells } of records) {
      if (columns === null) columns = cells.slice(0, mostColumns);
      else {
        if (index < end)
          rows.push({ index, cells: cells.slice(0, mostColumns).map((cell) => cut(cell, longest)) });
        index += 1;
      }
    }
  };
  const stream = await files.open(file);
  try {
    for await (const chunk of stream) {
      wanted.signal?.throwIfAborted();
      for (const kept of skipper.keep(chunk as Buffer)) take(reader.push(decoder.write(kept)));
      if (index >= end && !countsAll) break;
    }
    if (index < end || countsAll) take(reader.end());
  } catch (cause) {
    if (cause instanceof AppError || wanted.signal?.aborted) throw cause;
    throw new AppError('input', `${file} cannot be read (${(cause as Error).message}). Get the pack again.`, {
      cause,
    });
  } finally {
    stream.destroy();
  }
  const counted = skipper.skipped() < first ? skipper.skipped() : index;
  return { columns: columns ?? [], rows, total: countsAll || listed === null ? counted : listed };
}

const cut = (cell: string, longest: number): string =>
  cell.length > longest ? `${cell.slice(0, longest)}…` : cell;

/**
 * Lets the header pass, leaves out the first `count` records behind it, and lets the rest pass: line feeds outside quotes
 * end a record. A plain loop over the bytes: with many quotes it is several times faster than searching for each.
 */
function createSkipper(count: number): { keep(chunk: Buffer): Buffer[]; skipped(): number } {
  let ended = 0;
  let inside = false;
  return {
    keep(chunk) {
      if (ended > count) return [chunk];
      const kept: Buffer[] = [];
      let from = ended === 0 ? 0 : -1;
      for (let at = 0; at < chunk.length; at++) {
        const byte = chunk[at];
        if (byte === quote) inside = !inside;
        else if (byte === lineFeed && !inside) {
          ended += 1;
          if (ended === 1) {
            kept.push(chunk.subarray(from, at + 1));
            from = -1;
          }
          if (ended > count) {
            from = at + 1;
            break;
          }
        }
      }
      if (from !== -1 && from < chunk.length) kept.push(chunk.subarray(from));
      return kept;
    },
    skipped: () => Math.max(0, ended - 1),
  };
}

/** The beginning of a text file, at most so many bytes; `isWhole` tells whether that is all of it. */
export async function readPackText(
  files: PackFiles,
  path: string,
  most: number,
): Promise<{ text: string; isWhole: boolean }> {
  const size = files.sizes.get(path);
  if (size === undefined) throw new AppError('input', `The pack has no file ${path}. Open the pack again.`);
  const pieces: Buffer[] = [];
  let length = 0;
  const stream = await files.open(path);
  try {
    for await (const chunk of stream) {
      pieces.push(chunk as Buffer);
      length += (chunk as Buffer).length;
      if (length >= most) break;
    }
  } finally {
    stream.destroy();
  }
  const bytes = Buffer.concat(pieces).subarray(0, most);
  // A character that was cut in two is left out.
  return { text: new StringDecoder('utf8').write(bytes), isWhole: bytes.length === size };
}
