// Records of the Flowtriq fixture, and a batcher of what they are in, for tests that read the same JSON in two ways.

import { readFileSync } from 'node:fs';
import { createJsonBatcher } from '#core/ingest/json-batcher.ts';
import { keyPaths } from '#core/ingest/shape.ts';
import { watchRecords } from '#core/ingest/sightings.ts';
import { loadPresets, recognise } from '#core/mapping/preset.ts';
import { fixture } from '../../support/workspace.ts';

export const records = readFileSync(fixture('flowtriq-export.ndjson'), 'utf8')
  .trim()
  .split('\n')
  .slice(0, 20);

/** Opens a batcher, with what it sees of its records, for one format after another. */
export function jsonBatcherFor(format: 'json' | 'ndjson') {
  const names = keyPaths(JSON.parse(records[0] as string));
  const flowtriq = recognise('json', names, loadPresets());
  if (!flowtriq) throw new Error('No preset knows this export.');
  const { preset, variant } = flowtriq;
  const rowKind = format === 'json' ? ('record' as const) : ('line' as const);
  const info = { name: `export.${format}`, bytes: 1, format, rowKind, delimiter: null, names, rowsAbove: 0 };
  return () => {
    const watcher = watchRecords(variant, info);
    return { watcher, batcher: createJsonBatcher({ source: 'Plant', preset, variant, zone: null, watcher }) };
  };
}
