// Where the records of the mapping screen come from: a chosen file that is not imported yet, or an import whose records
// are in the log. Both are asked the same.

import type { EventNames, ExportProbe, Preview } from '#core/mapping/export-probe.ts';
import { ask } from '../engine/engine.ts';

export type RecordsFrom = { grant: string; file: string } | { import: number };

/** The files behind a grant, of which this shape is the one that is mapped. */
export const fromFiles = (grant: string, shape: ExportProbe): RecordsFrom => ({ grant, file: shape.file });

export const askPreview = (from: RecordsFrom, preset: string, signal: AbortSignal): Promise<Preview> =>
  'import' in from
    ? ask('remap.preview', { ...from, preset, zone: null }, signal)
    : ask('imports.preview', { ...from, preset, zone: null }, signal);

export const askNames = (from: RecordsFrom, preset: string, signal: AbortSignal): Promise<EventNames> =>
  'import' in from
    ? ask('remap.names', { ...from, preset }, signal)
    : ask('imports.names', { ...from, preset }, signal);
