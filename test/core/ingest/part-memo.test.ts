import { describe, expect, it } from 'vitest';
import { createByteText } from '#core/ingest/byte-text.ts';
import { createCsvRows } from '#core/ingest/csv-rows.ts';
import { createPartMemo } from '#core/ingest/part-memo.ts';
import type { Part } from '#core/mapping/event-parts.ts';

/** Asks a memo of the second and third cell of each row; returns what it says, and how many rows it had read. */
function askOf(rows: readonly string[]): { numbers: number[]; read: number } {
  const csv = createCsvRows(',');
  const text = createByteText(1024);
  let cells: string[] = [];
  let read = 0;
  const numbers = new Map<string, number>();
  const part: Part<string> = {
    columns: [1, 2],
    isCell: false,
    read: (record) => (record as readonly string[]).slice(1, 3).join('\0'),
  };
  const memo = createPartMemo(part, (value) => {
    read += 1;
    const number = numbers.get(value) ?? numbers.size;
    numbers.set(value, number);
    return number;
  });
  csv.push(Buffer.from(rows.map((row) => `${row}\n`).join('')));
  const found = rows.map((row) => {
    text.length = 0;
    csv.next(text);
    cells = row.split(',');
    return memo.of({ row: csv.row, text, cells: () => cells });
  });
  return { numbers: found, read };
}

describe('a part of an event remembered by its cells', () => {
  it('is read once for the same cells, and told from others that would be the same in a row', () => {
    const { numbers, read } = askOf(['1,ab,c', '2,a,bc', '3,ab,c', '4,abc,', '5,,abc', '6,a,bc', '7,ab,c']);
    expect(numbers).toEqual([0, 1, 0, 2, 3, 1, 0]);
    expect(read).toBe(4);
  });

  it('stays right when there are too many to remember, or hardly one comes twice', () => {
    const repeated = Array.from({ length: 300_000 }, (_, at) => `${at},cell ${(at * 7) % 140_000},x`);
    const distinct = Array.from({ length: 40_000 }, (_, at) => `${at},${at},${at}`);
    for (const rows of [repeated, distinct]) {
      const { numbers, read } = askOf(rows);
      const first = new Map<string, number>();
      const expected = rows.map((row) => {
        const key = row.slice(row.indexOf(','));
        if (!first.has(key)) first.set(key, first.size);
        return first.get(key);
      });
      expect(numbers).toEqual(expected);
      expect(read).toBeGreaterThanOrEqual(first.size);
    }
  });
});
