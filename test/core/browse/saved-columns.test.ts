// The file that spares a large workspace's opening: it gives back what was saved, and is ignored whenever it is not of
// this very log.

import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Columns } from '#core/browse/columns.ts';
import { growColumns } from '#core/browse/grow-columns.ts';
import { readSavedColumns, saveColumns, savedColumnsName } from '#core/browse/saved-columns.ts';
import type { Store } from '#core/store/open.ts';
import { addEvents, type PlainEvent } from '../../support/filled-log.ts';
import { openTemporaryStore } from '../../support/workspace.ts';

const events = (count: number, start = 0): PlainEvent[] =>
  Array.from({ length: count }, (_, at) => ({
    time: start + ((at * 7919) % count) * 1000,
    source: 'Plant',
    action: `Action ${at % 3}`,
    category: 'other',
    actor: at % 5 === 0 ? null : `person ${at % 300}`,
    actorType: 'human',
    targetType: 'device',
    targetId: String(at % 40),
    targetName: null,
    subject: null,
    field: null,
    ip: null,
    outcome: 'success',
    text: '',
  }));

function grown(store: Store, held: Columns | null = null): Columns {
  const growth = growColumns(store, held);
  let step = growth.next();
  while (!step.done) step = growth.next();
  return step.value;
}

/** What the columns say, without the room they have to spare. */
function inUse(columns: Columns | null) {
  if (!columns) return null;
  const { end, length, time, id, codes } = columns;
  const cut = (column: ArrayLike<number>) => Array.from(column).slice(0, length);
  return { end, length, rows: [time, id, ...Object.values(codes)].map(cut) };
}

function openSaved(): { store: Store; columns: Columns; file: string } {
  const store = openTemporaryStore();
  addEvents(store, events(1000));
  const columns = grown(store);
  saveColumns(store, columns);
  return { store, columns, file: join(store.folder, savedColumnsName) };
}

test('what was saved comes back, and grows with what an import has added', () => {
  const { store, columns, file } = openSaved();
  expect(inUse(readSavedColumns(store))).toEqual(inUse(columns));
  expect(existsSync(`${file}.new`)).toBe(false);

  addEvents(store, events(300, 450_000));
  const saved = readSavedColumns(store);
  expect(inUse(saved)).toEqual(inUse(columns));
  expect(inUse(grown(store, saved))).toEqual(inUse(grown(store)));
});

test.each<[string, (file: string) => void]>([
  ['cut off', (file) => truncateSync(file, readFileSync(file).length - 1)],
  ['changed in one byte', (file) => changeByte(file, 5000)],
  ['changed in its header', (file) => changeByte(file, 20)],
  ['empty', (file) => writeFileSync(file, '')],
  ['of a log of another size', (file) => replaceText(file, '"logSize":0', '"logSize":1')],
  ['of another format', (file) => replaceText(file, '"format":2', '"format":1')],
  ['gone', (file) => rmSync(file)],
])('a file that is %s is ignored', (_how, spoil) => {
  const { store, file } = openSaved();
  spoil(file);
  expect(readSavedColumns(store)).toBeNull();
});

test('a file of another workspace is ignored', () => {
  const { file } = openSaved();
  const other = openTemporaryStore();
  addEvents(other, events(1000));
  writeFileSync(join(other.folder, savedColumnsName), readFileSync(file));
  expect(readSavedColumns(other)).toBeNull();
});

function changeByte(file: string, at: number): void {
  const byte = readFileSync(file)[at] as number;
  const output = openSync(file, 'r+');
  writeSync(output, Buffer.from([byte ^ 1]), 0, 1, at);
  closeSync(output);
}

function replaceText(file: string, from: string, to: string): void {
  writeFileSync(file, readFileSync(file, 'latin1').replace(from, to), 'latin1');
}
