import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBatcher } from '#core/ingest/batcher.ts';
import { createCsvReader } from '#core/ingest/csv.ts';
import { createRowBatcher } from '#core/ingest/row-batcher.ts';
import { detectShape } from '#core/ingest/shape.ts';
import { watchRecords } from '#core/ingest/sightings.ts';
import { createMapper } from '#core/mapping/map.ts';
import { loadPresets, type Preset, recognise, type Variant } from '#core/mapping/preset.ts';
import { fixture } from '../../support/workspace.ts';
import { columnsOf, readSamples, shapeOf, toValue } from '../mapping/samples.ts';
import { contentOf } from './batch-content.ts';

type Export = { preset: Preset; variant: Variant; columns: string[]; rows: (readonly string[])[] };

/** The CSV samples of every preset. */
const samples: Export[] = [
  ...readSamples().flatMap((sample) => {
    if (sample.format !== 'csv') return [];
    const columns = columnsOf(sample);
    const rows = sample.pairs.map(({ record }) => toValue(record, columns) as string[]);
    return [{ ...shapeOf(sample), columns, rows }];
  }),
  ...['ironflock-export.csv', 'flowtriq-export.csv'].map((file) => {
    const [columns = [], ...rows] = cellsOf(readFileSync(fixture(file), 'utf8')).slice(0, 200);
    return {
      ...(recognise('csv', columns, loadPresets()) as Pick<Export, 'preset' | 'variant'>),
      columns,
      rows,
    };
  }),
];

function cellsOf(csv: string): string[][] {
  const reader = createCsvReader(',');
  return [...reader.push(csv), ...reader.end()].map(({ cells }) => cells);
}

/** Cells that are awkward to somebody. */
const awkward = [
  ...['', ' ', '"', 'a"b', ',', '\n', '\r\n', '\\', '\0', '\t', 'ü', '漢', '😀', 'system', '__proto__'],
  ...['["READ"]', '["MAINTAIN", "READ"]', '{"READ":true}', '["\\ud800"', '["\\u00fc"]', '[', 'READ, WRITE'],
  ...['2026-03-09T09:44:19.120Z', '2026-02-30T09:44:19.120Z', '2026-03-09T24:00:00.000Z', '2026-03-09 09:44'],
  ...['2026-03-09T09:44:19.120+02:00', '03/04/2026 10:00', '1767607200123', 'success', 'failure', 'Name'],
];

const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

const task = { source: 'Plant' };

function readByRows(text: string, { preset, variant }: Export, zone: string | null) {
  const info = { ...detectShape(text, 'export.csv', () => true), name: 'export.csv', bytes: text.length };
  const { names: columns, rowsAbove } = info;
  const watcher = watchRecords(variant, info);
  const options = { ...task, preset, variant, columns, rowsAbove, delimiter: ',', zone, watcher };
  const batcher = createRowBatcher(options);
  if (!batcher) return null;
  batcher.push(Buffer.from(text));
  batcher.end();
  expect(batcher.fill()).toBe(false);
  return { batch: contentOf(batcher.take(0, null)), seen: watcher.conclude() };
}

function readByRecords(text: string, { preset, variant }: Export, zone: string | null) {
  const info = { ...detectShape(text, 'export.csv', () => true), name: 'export.csv', bytes: text.length };
  const watcher = watchRecords(variant, info);
  const map = createMapper(preset, variant, info.names, zone);
  const batcher = createBatcher({ ...task, map, watcher });
  const reader = info.createReader();
  for (const record of [...reader.push(text), ...reader.end().records]) batcher.add(record);
  return { batch: contentOf(batcher.take(0, null)), seen: watcher.conclude() };
}

describe('a CSV packed row by row', () => {
  it('gives what its records give one by one, for the samples of every preset and for rows mixed from them', () => {
    const packed = samples.filter((sample) => {
      const header = sample.columns.map(quoted).join(',');
      const cellOf = fc.oneof(
        fc.constantFrom(...sample.rows.flat()),
        fc.constantFrom(...awkward),
        fc.constant(null),
      );
      const row = fc.record({
        base: fc.constantFrom(...sample.rows),
        others: fc.array(fc.tuple(fc.nat(sample.columns.length), cellOf), { maxLength: 3 }),
        end: fc.constantFrom('\n', '\r\n', '\n\n'),
      });
      const zone = fc.constantFrom(null, 'Europe/Berlin');
      const read = (rows: readonly string[], zone: string | null) => {
        const text = `${header}\n${sample.rows.map((one) => one.map(quoted).join(',')).join('\n')}\n${rows.join('')}`;
        const byRows = readByRows(text, sample, zone);
        if (byRows) expect(byRows).toEqual(readByRecords(text, sample, zone));
        return byRows !== null;
      };
      if (!read([], null)) return false;
      fc.assert(
        fc.property(fc.array(row, { maxLength: 12 }), zone, (rows, zone) => {
          const lines = rows.map(({ base, others, end }) => {
            const cells = base.map(quoted);
            // A cell too many, one that is not quoted as it should be, or just another one.
            for (const [at, cell] of others) cells[at] = cell === null ? '"a"b' : quoted(cell);
            return cells.join(',') + end;
          });
          read(lines, zone);
        }),
        { numRuns: 60 },
      );
      return true;
    });
    // The others' records can be several events, or their cells hold JSON.
    expect(packed.map(({ preset, variant }) => `${preset.id} ${variant.id}`)).toEqual([
      'cloudtrail csv',
      'entra-sign-ins csv',
      'generic csv',
      'github csv',
      'gitlab csv',
      'mender csv',
      'ironflock csv',
      'flowtriq csv',
    ]);
  });
});
