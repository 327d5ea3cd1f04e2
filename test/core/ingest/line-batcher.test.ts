// Two ways to read NDJSON: its lines as bytes, and as strings. They have to agree on everything.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLineReader } from '#core/ingest/json.ts';
import { createLineBatcher } from '#core/ingest/line-batcher.ts';
import { contentOf } from './batch-content.ts';
import { jsonBatcherFor, records } from './flowtriq-json.ts';

const open = jsonBatcherFor('ndjson');

function readAsStrings(text: string) {
  const { watcher, batcher } = open();
  const reader = createLineReader();
  for (const piece of reader.push(text)) batcher.add(piece);
  const { pieces, isCutOff } = reader.end();
  for (const piece of pieces) batcher.add(piece);
  return { batch: contentOf(batcher.take(0, null)), seen: watcher.conclude(), isCutOff };
}

function readAsBytes(text: string, cuts: readonly number[]) {
  const { watcher, batcher } = open();
  const lines = createLineBatcher(batcher);
  const bytes = Buffer.from(text);
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  for (let at = 1; at < places.length; at++) {
    lines.push(bytes.subarray(places[at - 1], places[at]));
    while (lines.fill()) expect.unreachable('a batch has room for more than these');
  }
  lines.end();
  while (lines.fill()) expect.unreachable('a batch has room for more than these');
  return { batch: contentOf(lines.take(0, null)), seen: watcher.conclude(), isCutOff: lines.isCutOff() };
}

describe('NDJSON read as bytes', () => {
  it('gives what it gives as strings, wherever its pieces are cut', () => {
    const odd = fc.constantFrom(
      '',
      ' ',
      '\t',
      '\u00a0',
      '\ufeff',
      '\u2028',
      'x',
      '{',
      '}',
      '{}',
      '[]',
      '"ü"',
      '{"a":1',
      '😀',
    );
    const line = fc
      .tuple(odd, fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...records) }, odd), odd)
      .map(([before, record, after]) => before + record + after);
    const text = fc
      .tuple(
        fc.array(fc.oneof(fc.constantFrom(...records), line), { maxLength: 8 }),
        fc.constantFrom('\n', '\r\n'),
      )
      .map(([lines, end]) => lines.join(end));
    fc.assert(
      fc.property(text, fc.boolean(), fc.array(fc.nat(), { maxLength: 6 }), (text, ends, cuts) => {
        const whole = ends ? `${text}\n` : text;
        expect(readAsBytes(whole, cuts)).toEqual(readAsStrings(whole));
      }),
      { numRuns: 300 },
    );
  });

  it('refuses a line that is longer than any record may be', () => {
    const { batcher } = open();
    const lines = createLineBatcher(batcher);
    const megabyte = Buffer.alloc(1024 * 1024, 'x');
    const readOn = () => {
      for (let piece = 0; piece < 20; piece++) {
        lines.push(megabyte);
        lines.fill();
      }
    };
    lines.push(Buffer.from(`${records[0]}\n{"a":"`));
    expect(readOn).toThrow('The record at line 2 is longer than 16 MB');
  });
});
