// Inserts the texts of events from the bytes that a batch has them in: many rows share one piece of those bytes, and for
// each text only a number is bound that says where it stands. A string for each would be made, measured and copied.

import type { Database } from 'better-sqlite3';
import { type Batch, none, textSlot, textStride } from './batch.ts';
import { createRowInserter, createTableInserter, type RowInserter } from './insert-rows.ts';

/** The texts of one table row are those of an event of a batch. */
export type RecordInserter = {
  /** Inserts the texts of an event. `rawOf` is an event that has its raw record already. */
  add(batch: Batch, event: number, rawOf: number | null): void;
  flush(): void;
};

/** Where a text stands takes so many bits of its number, its length those above. */
const bits = 20;
/** Texts further apart than this are bound as strings. */
const mostBytes = 2 ** bits;

const nothing = Buffer.alloc(0);

const position = (column: number) =>
  `CAST(substr(@bytes, 1 + (column${column} & ${mostBytes - 1}), column${column} >> ${bits}) AS TEXT)`;

/** An inserter of records. They get the ids that follow the last one, in the order in which they are added. */
export function createRecordInserter(db: Database): RecordInserter {
  let bytes: Buffer = nothing;
  // The piece that the waiting rows share.
  let [from, to] = [0, 0];
  const shared = () => ({ bytes: bytes.subarray(from, to) });

  const values = [textSlot.oldValue, textSlot.newValue];
  const texts = [...values, textSlot.vendorId, textSlot.timeText];
  const [valueColumns, textColumns] = ['old_value, new_value', 'old_value, new_value, vendor_id, time_text'];
  const inserter = (columns: string, slots: readonly number[], last: string): RowInserter =>
    createRowInserter(
      db,
      slots.length + 1,
      `(${Array(slots.length + 1)
        .fill('?')
        .join(', ')})`,
      (rows) =>
        `INSERT INTO stored_record (${columns}) SELECT ${slots.map((_, at) => position(at + 1)).join(', ')}, ${last} FROM (VALUES ${rows})`,
      shared,
    );
  const raw = (slots: readonly number[]) => position(slots.length + 1);
  // Files of one vendor have ids in all records or in none: what is null in most rows is not bound at all.
  const bare = inserter(`${valueColumns}, raw`, values, raw(values));
  const whole = inserter(`${textColumns}, raw`, texts, raw(texts));
  const reference = inserter(`${textColumns}, raw_of`, texts, `column${texts.length + 1}`);
  const columns = ['old_value', 'new_value', 'vendor_id', 'time_text', 'raw', 'raw_of'];
  const long = createTableInserter(db, 'stored_record', columns, {});
  let last = bare;
  const row: (number | null)[] = [];

  /** Ids follow the order of inserts: one statement is done before the next begins. */
  function change(to: RowInserter): void {
    if (to !== last) last.flush();
    last = to;
  }

  function addLong({ texts: positions, bytes: own }: Batch, event: number, rawOf: number | null): void {
    const cut = (slot: number): string | null => {
      const at = event * textStride + slot;
      const start = positions[at] as number;
      return start === none ? null : own.toString('utf8', start, positions[at + 1]);
    };
    change(long);
    const ownRaw = rawOf === null ? cut(textSlot.raw) : null;
    long.add([...texts.map(cut), ownRaw, rawOf]);
    // So that no longer texts wait than must.
    long.flush();
  }

  return {
    add(batch, event, rawOf) {
      const { texts: positions } = batch;
      const base = event * textStride;
      const isNull = (slot: number) => positions[base + slot] === none;
      const isBare = rawOf === null && isNull(textSlot.vendorId) && isNull(textSlot.timeText);
      const slots = isBare ? values : texts;
      let first = positions[base + textSlot.raw] as number;
      let end = positions[base + textSlot.raw + 1] as number;
      for (const slot of slots) {
        if (isNull(slot)) continue;
        first = Math.min(first, positions[base + slot] as number);
        end = Math.max(end, positions[base + slot + 1] as number);
      }
      if (end - first > mostBytes) {
        addLong(batch, event, rawOf);
        return;
      }
      const inserter = isBare ? bare : rawOf === null ? whole : reference;
      change(inserter);
      if (batch.bytes !== bytes || first < from || end - from > mostBytes) {
        inserter.flush();
        bytes = batch.bytes;
      }
      if (inserter.isEmpty()) [from, to] = [first, end];
      to = Math.max(to, end);
      row.length = 0;
      for (const slot of slots) row.push(place(positions, base + slot));
      row.push(rawOf ?? place(positions, base + textSlot.raw));
      inserter.add(row);
    },
    flush() {
      last.flush();
      bytes = nothing;
    },
  };

  function place(positions: Uint32Array, at: number): number | null {
    const start = positions[at] as number;
    if (start === none) return null;
    return start - from + ((positions[at + 1] as number) - start) * mostBytes;
  }
}
