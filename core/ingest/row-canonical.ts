// The canonical JSON of CSV rows, which their hash is over: the object of strings by column name, copied together from
// the cells as they stand in the stored JSON array. mapping/stored-record.ts writes the same from strings.

import { type ByteText, copyBytes, createByteText, makeRoom, viewOf, written } from './byte-text.ts';
import type { RowCells } from './csv-rows.ts';

/** A writer for rows with these columns; what it returns is only valid until the next call. */
export function createCanonicalRows(
  columns: readonly string[],
): (row: RowCells, text: ByteText) => Uint8Array {
  const order = columns.map((name, column) => ({ name, column })).sort((a, b) => (a.name < b.name ? -1 : 1));
  const sorted = Int32Array.from(order, ({ column }) => column);
  const prefixes = order.map(({ name }, place) =>
    viewOf(Buffer.from(`${place === 0 ? '{' : '",'}${JSON.stringify(name)}:"`)),
  );
  const prefixLength = prefixes.reduce((length, { byteLength: more }) => length + more, 2);
  const canonical = createByteText(4096);

  return (row, { view }) => {
    const first = row.starts[0] as number;
    const last = row.ends[row.count - 1] as number;
    canonical.length = 0;
    makeRoom(canonical, last - first + prefixLength);
    const to = canonical.view;
    let out = 0;
    for (let place = 0; place < sorted.length; place++) {
      const prefix = prefixes[place] as DataView;
      out = copyBytes(to, out, prefix, 0, prefix.byteLength);
      const column = sorted[place] as number;
      out = copyBytes(to, out, view, row.starts[column] as number, row.ends[column] as number);
    }
    to.setUint8(out++, 34);
    to.setUint8(out++, 125);
    canonical.length = out;
    return written(canonical);
  };
}
