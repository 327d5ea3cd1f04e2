// The byte at which each record begins in its file.

import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDetail } from '#core/browse/detail.ts';
import { createLineIndex } from '#core/ingest/line-index.ts';
import { remapImport } from '#core/ingest/remap.ts';
import { eachEvent } from '#core/query/events.ts';
import { byteOfRow } from '#core/store/lines.ts';
import type { Store } from '#core/store/open.ts';
import { importInto, openTemporaryStore, query, temporaryFile } from '../../support/workspace.ts';

const header = 'timestamp,user,asset_type,asset_key,asset_name,project,aspect,subject,old_value,new_value';
const line = (n: number, value: string, end = '\n') =>
  `2026-01-05T10:00:00.${String(n).padStart(3, '0')}Z,ann,device,${n},press,plant,Name,,${value},b${end}`;

/** What stands in the text where each event is said to begin, up to the end of its time. */
const beginnings = (store: Store, text: Buffer, length = 24): string[] =>
  [...eachEvent(store, query(), 'oldest')].map(({ uid }) => {
    const { byte } = readDetail(store, uid).provenance;
    return byte === null ? 'not known' : text.subarray(byte, byte + length).toString();
  });
const times = (count: number) =>
  Array.from({ length: count }, (_, n) => `2026-01-05T10:00:00.${String(n).padStart(3, '0')}Z`);

const values = ['a', '"two\nlines"', 'größer 😀', '"quoted ""twice"""', ''];
const csv = (count: number) =>
  `${header}\n${Array.from({ length: count }, (_, n) => line(n, values[n % values.length] as string, n % 3 === 0 ? '\r\n' : '\n')).join('')}`;

describe('the byte a record begins at', () => {
  it.each([
    ['a CSV file', (text: string) => Buffer.from(text)],
    ['one with a byte order mark', (text: string) => Buffer.from(`\ufeff${text}`)],
    ['one without a newline at its end', (text: string) => Buffer.from(text.trimEnd())],
    ['windows-1252', (text: string) => Buffer.from(text.replaceAll(' 😀', ''), 'latin1')],
    ['lines above the header', (text: string) => Buffer.from(`Audit log\n\n${text}`)],
  ])('is told of %s, packed or not', async (_what, write) => {
    const text = write(csv(20));
    for (const content of [text, gzipSync(text)]) {
      const store = openTemporaryStore();
      await importInto(store, temporaryFile('export.csv', content));
      expect(beginnings(store, text)).toEqual(times(20));
    }
  });

  const records = (count: number, value: string) =>
    Array.from({ length: count }, (_, n) =>
      Object.fromEntries(
        line(n, value, '')
          .split(',')
          .map((cell, at) => [header.split(',')[at] as string, cell]),
      ),
    );
  /** What a record begins with, up to its time: that is another one in each. */
  const opening = (text: string) => text.replaceAll(/\s/g, '').slice(0, 38);
  const opened = (count: number) => times(count).map((time) => `{"timestamp":"${time}`);

  it('is told of NDJSON, and of no line of UTF-16', async () => {
    const text = Buffer.from(
      records(3, 'größer')
        .map((record) => `${JSON.stringify(record)}\n`)
        .join('\n'),
    );
    const store = openTemporaryStore();
    await importInto(store, temporaryFile('export.ndjson', text));
    expect(beginnings(store, text, 38)).toEqual(opened(3));
    const wide = openTemporaryStore();
    await importInto(wide, temporaryFile('wide.csv', Buffer.from(`\ufeff${csv(3)}`, 'utf16le')));
    expect(beginnings(wide, text)).toEqual(Array(3).fill('not known'));
  });

  const list = (all: object[]) => all.map((record) => `  ${JSON.stringify(record)}`).join(' ,\r\n');
  it.each([
    ['an array', (all: object[]) => `[\n${list(all)}\n]`],
    ['one of nothing else', (all: object[]) => `[${JSON.stringify(all[0])}]`],
    [
      'an object with the list inside',
      (all: object[]) => `{"größe": "ä😀", "records": [${list(all)}], "n": 1}`,
    ],
    [
      'a list far down in it',
      (all: object[]) => `{"note": "${'ä😀'.repeat(20_000)}", "records": [${list(all)}]}`,
    ],
    ['arrays one after the other', (all: object[]) => `[${list(all.slice(0, 2))}]\n[${list(all.slice(2))}]`],
    [
      'records one after the other',
      (all: object[]) => all.map((one) => JSON.stringify(one, null, 1)).join('\n\n  '),
    ],
    [
      'a list with what is no record',
      (all: object[]) => `[${list(all.slice(0, 1))}, 7, ${list(all.slice(1))}`,
    ],
  ])('is told of %s in any encoding', async (_what, write) => {
    const encodings: [string, (text: string) => Buffer][] = [
      ['größer 😀', (text) => Buffer.from(text)],
      ['größer 😀', (text) => Buffer.from(`\ufeff${text}`)],
      ['größer 😀', (text) => gzipSync(text)],
      ['größer 😀', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
      ['größer', (text) => Buffer.from(text.replaceAll('😀', ''), 'latin1')],
    ];
    for (const [value, encode] of encodings) {
      const all = records(900, value);
      const text = write(all);
      const content = encode(text);
      const store = openTemporaryStore();
      const report = await importInto(store, temporaryFile('export.json', content));
      const bytes = content[0] === 0x1f ? Buffer.from(text) : content;
      const unit = content[0] === 0xff ? 'utf16le' : 'latin1';
      const found = [...eachEvent(store, query(), 'oldest')].map(({ row }) =>
        opening(
          bytes
            .subarray(byteOfRow(store.db, 1, row) as number)
            .subarray(0, 100)
            .toString(unit),
        ),
      );
      expect(found).toEqual(opened(report.imported));
      expect(found.length).toBeGreaterThan(0);
    }
  });

  it('stays when the record is mapped again, and is told of rejected rows as well', async () => {
    const text = Buffer.from(`${csv(4)}ragged\n${line(4, 'z')}`);
    const store = openTemporaryStore();
    const report = await importInto(store, temporaryFile('export.csv', text), { source: 'A' });
    const ragged = byteOfRow(store.db, 1, report.rejections[0]?.row as number) as number;
    expect(text.subarray(ragged, ragged + 7).toString()).toBe('ragged\n');
    const { signal } = new AbortController();
    const asked = { preset: null, zone: 'Asia/Tokyo', dates: null, signal, progress: () => {} };
    await remapImport(store, 1, asked);
    expect(beginnings(store, text)).toEqual(times(5));
    expect(byteOfRow(store.db, 2, 99)).toBeNull();
  });

  it('is found whatever the lines and the pieces they are read in', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(20_000), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 50_000 }),
        (lengths, size) => {
          const text = Buffer.from(lengths.map((length) => `${'x'.repeat(length)}\n`).join(''));
          const index = createLineIndex();
          const blocks = [];
          for (let at = 0; at < text.length; at += size) {
            index.see(text.subarray(at, at + size));
            const block = index.take();
            if (block) blocks.push(block);
          }
          let [line, byte] = [1, 0];
          const starts = blocks.flatMap((block) => {
            expect([block.line, block.byte]).toEqual([line, byte]);
            const found: number[] = [];
            let [length, unit] = [0, 1];
            for (const part of block.lengths) {
              length += (part & 127) * unit;
              unit *= 128;
              if (part >= 128) continue;
              found.push(byte);
              line += 1;
              byte += length;
              [length, unit] = [0, 1];
            }
            return found;
          });
          const before = (at: number) => lengths.slice(0, at).reduce((sum, length) => sum + length + 1, 0);
          expect(starts).toEqual(lengths.map((_, at) => before(at)));
        },
      ),
    );
  });
});
