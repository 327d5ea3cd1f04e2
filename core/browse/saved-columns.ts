// The columns of a large log as a file beside it, so that opening the workspace does not read every event again. It
// can always be deleted. It counts only if it is of this very log: workspace, size and root are compared with what the
// log says of itself, and its own content with a checksum; and only for as long as no import was replaced since.

import { closeSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { readLogStateAt } from '#core/store/imports.ts';
import type { Store } from '#core/store/open.ts';
import { type Columns, codeColumns, createColumns } from './columns.ts';

/** A file of this name in the workspace's folder. */
export const savedColumnsName = 'columns.cache';
/** Below so many events reading the log is quick enough. */
const leastSaved = 300_000;
/** Format of the file; another one is not read. */
const format = 2;
/** The header is JSON, filled up with blanks. */
const headerBytes = 2048;

type Header = {
  format: number;
  workspace: string;
  logSize: number;
  logRoot: string;
  replaced: number;
  end: number;
  length: number;
  highest: Columns['highest'];
  checksum: number;
};

/** Whether columns are worth saving when so many events of theirs are in the file already. */
export function isWorthSaving(columns: Columns, saved: number): boolean {
  return columns.length >= leastSaved && columns.length - saved >= columns.length / 10;
}

/** Writes the columns beside the log. A folder that may only be read, or a full disk, is left as it is. */
export function saveColumns(store: Store, columns: Columns): void {
  const state = readLogStateAt(store, columns.end);
  if (!state || state.replaced !== columns.replaced) return;
  const file = join(store.folder, savedColumnsName);
  const draft = `${file}.new`;
  try {
    const output = openSync(draft, 'w');
    try {
      let checksum = 0;
      for (const bytes of partsOf(columns)) checksum = crc32(bytes, checksum);
      const { end, length, highest } = columns;
      const header: Header = { format, ...state, end, length, highest, checksum };
      writeSync(output, Buffer.from(JSON.stringify(header).padEnd(headerBytes)));
      for (const bytes of partsOf(columns)) {
        for (let at = 0; at < bytes.length; ) at += writeSync(output, bytes, at);
      }
      fsyncSync(output);
    } finally {
      closeSync(output);
    }
    renameSync(draft, file);
  } catch {
    // It is a convenience: without it the next opening reads the log.
    rmSync(draft, { force: true });
  }
}

/** The saved columns, if they are of this log and whole; null otherwise. The log may have grown since. */
export function readSavedColumns(store: Store): Columns | null {
  let input: number;
  try {
    input = openSync(join(store.folder, savedColumnsName), 'r');
  } catch {
    return null;
  }
  try {
    const start = Buffer.alloc(headerBytes);
    readWhole(input, start);
    const header = JSON.parse(start.toString()) as Header;
    const state = header.format === format ? readLogStateAt(store, header.end) : null;
    const isOfLog =
      state !== null &&
      state.workspace === header.workspace &&
      state.logSize === header.logSize &&
      state.logRoot === header.logRoot &&
      state.replaced === header.replaced &&
      header.length <= header.end;
    if (!isOfLog) return null;
    const columns = createColumns(header.length, header.highest);
    columns.end = header.end;
    columns.replaced = header.replaced;
    let checksum = 0;
    for (const bytes of partsOf(columns)) {
      readWhole(input, bytes);
      checksum = crc32(bytes, checksum);
    }
    return checksum === header.checksum ? columns : null;
  } catch {
    // Damaged: as good as none.
    return null;
  } finally {
    closeSync(input);
  }
}

/** The bytes of all columns, in the order of the file; numbers as this kind of machine has them, little-endian. */
function partsOf({ time, id, codes, length }: Columns): Uint8Array[] {
  return [time, id, ...codeColumns.map((column) => codes[column])].map(
    (column) => new Uint8Array(column.buffer, 0, length * column.BYTES_PER_ELEMENT),
  );
}

function readWhole(input: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) {
    const count = readSync(input, bytes, at, bytes.length - at, null);
    if (count === 0) throw new Error('The file is shorter than it says.');
    at += count;
  }
}
