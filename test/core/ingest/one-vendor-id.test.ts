// A column that is the same in each row may be mapped as the vendor's id, or an exporter may write one for all: the
// import stays as fast as others, and says that these are conflicts.

import { expect, it } from 'vitest';
import { importInto, openTemporaryStore, temporaryFile } from '../../support/workspace.ts';

const header = 'id,timestamp,user,asset_type,asset_key,aspect,old_value,new_value';
const file = (rows: string[]) => temporaryFile('one-id.csv', `${[header, ...rows].join('\n')}\n`);

const each = (count: number, value: (row: number) => string) =>
  Array.from({ length: count }, (_, row) => `e1,2026-01-05T10:00:00Z,a@b,device,7,Name,a,${value(row)}`);

it('imports many different records with one id, and the same again, in a time that grows with their number', async () => {
  const store = openTemporaryStore();
  const path = file(each(12_000, (row) => `v${row}`));
  const first = await importInto(store, path);
  expect([first.imported, first.duplicates, first.conflicts]).toEqual([12_000, 0, 11_999]);
  const again = await importInto(store, path);
  expect([again.imported, again.duplicates, again.conflicts]).toEqual([0, 12_000, 0]);
  const more = await importInto(store, file(each(16_000, (row) => `v${row + 8_000}`)));
  expect([more.imported, more.duplicates, more.conflicts]).toEqual([12_000, 4_000, 12_000]);
}, 60_000);

it('imports one record with an id many times over, and says in which file it came most often', async () => {
  const store = openTemporaryStore();
  const first = await importInto(store, file(each(8_000, () => 'b')));
  expect([first.imported, first.duplicates, first.conflicts]).toEqual([8_000, 0, 0]);
  // The same event with another column: as many of them stand for those that are stored.
  const rows = each(10_000, () => 'b').map((row) => `${row},x`);
  const other = temporaryFile('other.csv', `${[`${header},note`, ...rows].join('\n')}\n`);
  const second = await importInto(store, other);
  expect([second.imported, second.duplicates, second.conflicts]).toEqual([2_000, 8_000, 0]);
}, 60_000);
