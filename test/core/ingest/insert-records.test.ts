// Texts reach the log byte for byte, however many share a statement and however long they are.

import { expect, it } from 'vitest';
import { importInto, openTemporaryStore, temporaryFile } from '../../support/workspace.ts';

const values = [
  '',
  'plain',
  'Prüfstand Süd',
  '\0 and \u0001',
  '😀'.repeat(3),
  '"quoted" \\',
  'x'.repeat(5000),
];
/** Longer than the piece of bytes that rows share, so that they are stored one by one. */
const longValues = ['ü'.repeat(700_000), 'y'.repeat(1_500_000)];

function recordOf(row: number): Record<string, unknown> {
  const value = (at: number) => (at % 9 === 8 ? null : values[at % values.length]);
  const isLong = row === 70 || row === 131;
  return {
    timestamp: `2026-01-05T10:00:00${row % 5 === 0 ? '+01:00' : 'Z'}`,
    user: { username: 'a@b' },
    asset: { type: 'device', key: String(row) },
    aspect: 'Name',
    old: value(row),
    new: isLong ? longValues[row === 70 ? 0 : 1] : value(row + 1),
    ...(row % 3 === 0 ? { id: `id ${row}` } : {}),
  };
}

it('stores the texts of records with and without ids, short and long, as the file has them', async () => {
  const store = openTemporaryStore();
  const records = Array.from({ length: 211 }, (_, row) => recordOf(row));
  const lines = records.map((record) => JSON.stringify(record));
  const report = await importInto(store, temporaryFile('texts.ndjson', `${lines.join('\n')}\n`));
  expect([report.imported, report.rejected]).toEqual([211, 0]);
  const stored = store.db.prepare('SELECT * FROM stored_record ORDER BY event_id').all();
  expect(stored).toEqual(
    records.map((record, row) => ({
      event_id: row + 1,
      vendor_id: record.id ?? null,
      time_text: row % 5 === 0 ? record.timestamp : '2026-01-05T10:00:00Z',
      old_value: record.old,
      new_value: record.new,
      raw: lines[row],
      raw_of: null,
    })),
  );
});
