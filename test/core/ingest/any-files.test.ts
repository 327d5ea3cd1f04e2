// The identity of records, against a plain oracle: whichever files the same records come in, in which order and how
// often, the log holds the same. What it should hold is computed from the files alone, without the product's code.

import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Event } from '#core/model.ts';
import { eachEvent } from '#core/query/events.ts';
import { verifyFailures } from '../../support/log-content.ts';
import { importInto, openTemporaryStore, query, temporaryFolder } from '../../support/workspace.ts';

type Format = 'ironflock csv' | 'ironflock json' | 'google json';
/** `note` changes the record and none of its events. `flipped` changes how JSON writes it, and not the record. */
type Item = { id: string | null; note: string; flipped: boolean; actor: string; values: string[] };
type File = { format: Format; items: Item[] };

type Json = string | null | { [key: string]: Json } | Json[];

const time = '2026-01-05T10:00:00Z';

/** The record an item is in a format. IronFlock's records are one event each. */
function recordOf(format: Format, { id, note, actor, values }: Item): { [key: string]: Json } {
  const [value = ''] = values;
  if (format === 'ironflock csv') {
    return {
      id: id ?? '',
      timestamp: time,
      user: actor,
      asset_type: 'device',
      asset_key: '4007',
      aspect: 'Name',
      old_value: 'a',
      new_value: value,
      note,
    };
  }
  if (format === 'ironflock json') {
    const asset = { type: 'device', key: '4007' };
    return {
      id,
      timestamp: time,
      user: { username: actor },
      asset,
      aspect: 'Name',
      old: 'a',
      new: value,
      note,
    };
  }
  return {
    id: { time, uniqueQualifier: id, applicationName: 'admin', customerId: 'C1' },
    actor: { email: actor },
    events: values.map((name) => ({ type: 'x', name: `EVENT_${name}` })),
    note,
  };
}

function write({ format, items }: File): string {
  const records = items.map((item) => ({ item, record: recordOf(format, item) }));
  if (format === 'ironflock csv') {
    const columns = Object.keys(records[0]?.record ?? {});
    const lines = records.map(({ record }) => columns.map((column) => record[column]).join(','));
    return `${[columns.join(','), ...lines].join('\n')}\n`;
  }
  const texts = records.map(({ item, record }) =>
    item.flipped
      ? JSON.stringify(Object.fromEntries(Object.entries(record).reverse()))
      : JSON.stringify(record),
  );
  return format === 'google json' ? `${texts.join('\n')}\n` : `[${texts.join(',\n')}]`;
}

/** RFC 8785 for the records of this test: no numbers, and names in ASCII. */
function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value === 'string') return JSON.stringify(value);
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name] ?? null)}`).join(',')}}`;
}

const hashOf = (record: Json) => createHash('sha256').update(canonical(record)).digest('hex');

/** An event by what makes it the same as another: its vendor's id and what it says, or else its record. */
const keyOf = (identity: string, part: number, says: readonly (string | null)[]) =>
  JSON.stringify([identity, part, ...says]);

function keysOf(format: Format, item: Item): string[] {
  const hash = hashOf(recordOf(format, item));
  const identity = item.id === null ? hash : `${format.split(' ')[0]} ${item.id}`;
  if (format !== 'google json') return [keyOf(identity, 0, ['Name', item.actor, 'a', item.values[0] ?? ''])];
  return item.values.map((name, index) =>
    keyOf(identity, item.values.length > 1 ? index + 1 : 0, [`EVENT_${name}`, item.actor, null, null]),
  );
}

/** How often each event belongs into the log: as often as its record stands in the file that has most of it. */
function expectedContent(files: readonly File[]): Map<string, number> {
  const content = new Map<string, number>();
  for (const { format, items } of files) {
    const inFile = new Map<string, number>();
    for (const item of items) {
      const hash = hashOf(recordOf(format, item));
      const times = (inFile.get(hash) ?? 0) + 1;
      inFile.set(hash, times);
      for (const key of keysOf(format, item)) content.set(key, Math.max(content.get(key) ?? 0, times));
    }
  }
  return content;
}

function keyOfStored(event: Event): string {
  const raw = event.raw as { [key: string]: Json };
  const isGoogle = event.source !== 'IronFlock';
  const id = isGoogle ? (raw.id as { uniqueQualifier: string | null }).uniqueQualifier : raw.id;
  const identity = id === null || id === '' ? hashOf(raw) : `${isGoogle ? 'google' : 'ironflock'} ${id}`;
  const part = Number(/\.(\d+)/.exec(event.uid)?.[1] ?? 0);
  return keyOf(identity, part, [event.action, event.actor, event.oldValue, event.newValue]);
}

/** Files of few different records, so that they overlap. */
function filesOf(parts: {
  id: fc.Arbitrary<string | null>;
  note: fc.Arbitrary<string>;
  isOnce: boolean;
  most?: number;
}) {
  const item = fc.record({
    id: parts.id,
    note: parts.note,
    flipped: fc.boolean(),
    actor: fc.constantFrom('alice', 'bob'),
    values: fc.array(fc.constantFrom('b', 'c'), { minLength: 1, maxLength: 2 }),
  });
  const file = fc.constantFrom<Format>('ironflock csv', 'ironflock json', 'google json').chain((format) =>
    fc.record({
      format: fc.constant(format),
      items: fc.uniqueArray(item, {
        minLength: 1,
        maxLength: parts.most ?? 8,
        // Each record once, or any of them often.
        comparator: (a, b) => parts.isOnce && hashOf(recordOf(format, a)) === hashOf(recordOf(format, b)),
      }),
    }),
  );
  // Any of the files may come again.
  return fc
    .array(file, { minLength: 1, maxLength: 4 })
    .chain((files) =>
      fc
        .array(fc.nat(files.length - 1), { maxLength: 2 })
        .map((again) => [...files, ...again.map((index) => files[index] as File)]),
    );
}

async function checkContent(files: readonly File[]): Promise<void> {
  const store = openTemporaryStore();
  const folder = temporaryFolder();
  for (const [index, file] of files.entries()) {
    const path = join(folder, `${index}.${file.format.endsWith('csv') ? 'csv' : 'json'}`);
    writeFileSync(path, write(file));
    const report = await importInto(store, path);
    const events = file.items.flatMap((item) => keysOf(file.format, item)).length;
    expect([report.read, report.rejected]).toEqual([events, 0]);
    expect(report.imported + report.duplicates).toBe(events);
  }
  const stored = new Map<string, number>();
  const events = [...eachEvent(store, query(), 'oldest')];
  for (const event of events) {
    const key = keyOfStored(event);
    stored.set(key, (stored.get(key) ?? 0) + 1);
  }
  const sorted = (content: Map<string, number>) => [...content].sort(([a], [b]) => (a < b ? -1 : 1));
  expect(sorted(stored)).toEqual(sorted(expectedContent(files)));
  expect(new Set(events.map(({ uid }) => uid)).size).toBe(events.length);
  expect(await verifyFailures(store)).toEqual([]);
  store.close();
}

const someIds = fc.constantFrom(null, 'e1', 'e2');
const someNotes = fc.constantFrom('', 'x');

it('records without ids are in the log as often as in the file that has most of them', async () => {
  const files = filesOf({ id: fc.constant(null), note: someNotes, isOnce: false });
  await fc.assert(fc.asyncProperty(files, checkContent), { numRuns: 100 });
}, 300_000);

it('records with ids are there once for each thing they say, in whichever format, and conflicts are kept', async () => {
  const files = filesOf({ id: someIds, note: someNotes, isOnce: true });
  await fc.assert(fc.asyncProperty(files, checkContent), { numRuns: 100 });
}, 300_000);

it('records with ids that files repeat are there as often as in the file that has most of one of them', async () => {
  const files = filesOf({ id: someIds, note: someNotes, isOnce: false });
  await fc.assert(fc.asyncProperty(files, checkContent), { numRuns: 200 });
}, 300_000);

it('records that all share one id are there as often, however many they are', async () => {
  const files = filesOf({ id: fc.constantFrom('e1'), note: someNotes, isOnce: false, most: 40 });
  // Of a record that is several events, one is said already and the other is not: it counted twice.
  const item = (actor: string, values: string[]): Item => ({
    id: 'e1',
    note: '',
    flipped: false,
    actor,
    values,
  });
  const partly: File[] = [
    ['b', 'c'],
    ['b', 'b'],
  ].map((values) => ({
    format: 'google json',
    items: [item('bob', values), item('bob', values), item('alice', ['b'])],
  }));
  await fc.assert(fc.asyncProperty(files, checkContent), { numRuns: 100, examples: [[partly]] });
}, 300_000);
