// One file into one source: finds the preset that reads it and the order of its dates, then has it written.

import { AppError } from '#core/errors.ts';
import { isPresetText, namePreset } from '#core/mapping/custom-preset.ts';
import type { DateOrder } from '#core/mapping/draft-preset.ts';
import { type OwnPreset, type Recognised, recogniseWithOwn } from '#core/mapping/own-presets.ts';
import { type Preset, recognise } from '#core/mapping/preset.ts';
import type { ImportReport, Progress } from '#core/model.ts';
import { startStopwatch } from '#core/pace.ts';
import type { Store } from '#core/store/open.ts';
import { assertZone } from '#core/time.ts';
import { type ExportFile, plainFile } from './containers.ts';
import { settleDateOrder } from './date-order.ts';
import { findSameContent, pickHeld } from './held-import.ts';
import { type OpenExport, openExport } from './read-export.ts';
import { readBatches } from './reading.ts';
import { takeSource } from './source.ts';
import { type ImportThread, openImportThread } from './threading.ts';
import { type ImportToWrite, writeImport } from './write-import.ts';

export type ImportOptions = {
  /** Name of the source; null takes the preset's vendor. */
  source: string | null;
  /** Preset id, file, or JSON text; null recognises it by the file's columns or keys. */
  preset: string | null;
  /** What persons mapped before: without a `preset`, a file no bundled one knows is recognised by it. */
  own?: readonly OwnPreset[];
  /** IANA zone for times that carry none; null leaves it to the preset. */
  zone: string | null;
  /** Which number of dates like 03/04/2026 is the day, where neither preset nor file says it. */
  dates?: DateOrder | null;
  /** The thread that large files are read in; by default each has its own. It stays open. */
  thread?: ImportThread;
  signal: AbortSignal;
  progress(progress: Progress): void;
};

/**
 * The import that has all of this file already, into the source and with the mapping and zone that it would be imported
 * with now; null where there is none, or where the order of its dates is said. Throws as importFile.
 */
export async function findHeldImport(
  store: Store,
  from: ExportFile,
  options: Pick<ImportOptions, 'source' | 'preset' | 'own' | 'zone' | 'dates'>,
): Promise<number | null> {
  if (options.dates) return null;
  const same = await findSameContent(store.db, from);
  if (same.length === 0) return null;
  const find = createFinder(options);
  const file = await openExport(from, (names) => find('json', names) !== null);
  try {
    const { preset, own } = choosePreset(file, find, options.preset);
    return pickHeld(same, { source: sourceName(options, { preset, own }, file), preset, zone: options.zone });
  } finally {
    await file.close();
  }
}

type Find = (format: 'csv' | 'json', names: string[]) => Recognised | null;

function createFinder(options: Pick<ImportOptions, 'preset' | 'own'>): Find {
  const named = options.preset === null ? null : namePreset(options.preset, options.own ?? []);
  return (format, names) => {
    if (!named) return recogniseWithOwn(format, names, options.own ?? []);
    const found = recognise(format, names, [named]);
    return found && { ...found, own: null };
  };
}

const sourceName = (
  options: Pick<ImportOptions, 'source'>,
  { preset, own }: Pick<Recognised, 'preset' | 'own'>,
  { info }: OpenExport,
): string => options.source ?? own?.source ?? defaultSource(preset, info.name);

/**
 * Imports one file. Needs a store opened for writing that nobody else uses meanwhile. Throws AppError, with nothing
 * stored, when the file cannot be read or recognised, or the person cancels.
 */
export async function importFile(
  store: Store,
  from: string | ExportFile,
  options: ImportOptions,
): Promise<ImportReport> {
  return (await importWith(store, from, options)) as ImportReport;
}

/**
 * Imports one file with what is committed along with it (`along` runs in its transaction). Null where nothing of it is
 * new: then only that is committed. Throws as importFile.
 */
export async function importWith(
  store: Store,
  from: string | ExportFile,
  options: ImportOptions & Pick<ImportToWrite, 'along'>,
): Promise<ImportReport | null> {
  const stopwatch = startStopwatch();
  if (options.zone !== null) assertZone(options.zone);
  const find = createFinder(options);
  const isRecord = (names: string[]) => find('json', names) !== null;
  const source = typeof from === 'string' ? plainFile(from) : from;
  const file = await openExport(source, isRecord);
  const { info } = file;
  const thread = isWorthAThread(info.bytes) ? (options.thread ?? openImportThread()) : null;
  try {
    const chosen = choosePreset(file, find, options.preset);
    const dates = await settleDateOrder(file, chosen, () => openExport(source, isRecord), options);
    const shape = { ...chosen, ...dates };
    return await writeImport(store, {
      ...shape,
      info,
      takeSource: () =>
        takeSource(store.db, {
          name: sourceName(options, shape, file),
          preset: shape.preset,
          zone: options.zone,
        }),
      read: (task) => (thread ? thread.read(source.place, task) : readBatches(file, task)),
      thread,
      replaces: null,
      stopwatch,
      along: options.along,
      signal: options.signal,
      progress: options.progress,
    });
  } finally {
    if (thread !== options.thread) await thread?.close();
    await file.close();
  }
}

function choosePreset(file: OpenExport, find: Find, name: string | null): Recognised {
  const format = file.info.format === 'csv' ? 'csv' : 'json';
  const found = find(format, file.info.names);
  if (found) return found;
  if (format === 'json' && file.info.names.length === 0) {
    throw new AppError(
      'input',
      `${file.info.name} holds no record by which to tell what it is: its list is empty, or has no JSON objects in it. Either nothing was logged in its period, or the export failed: if there should be something, export it again.`,
    );
  }
  const columns = file.info.names.slice(0, 12).join(', ');
  throw new AppError(
    'input',
    name === null
      ? `${file.info.name} is not recognised: no preset fits its ${format === 'csv' ? 'columns' : 'keys'} (${columns}). Name a preset, or write one for this export.`
      : `${file.info.name} does not fit ${isPresetText(name) ? 'this mapping' : `the preset “${name}”`}: it has ${columns}. Choose another preset.`,
  );
}

/**
 * What a source is called where nobody said: by its vendor, or by the file when no preset knows the vendor, without
 * the date or number most exports end with, so that two unknown systems do not become one.
 */
export function defaultSource(preset: Preset, file: string): string {
  if (preset.only !== 'unrecognised') return preset.vendor;
  const stem = file.replace(/\..*$/, '');
  return stem.replace(/[\s_.-]*\d{3}.*$/, '') || stem || file;
}

/** Whether a file of so many bytes is read in a thread of its own: below, starting one takes longer than reading. */
export const isWorthAThread = (bytes: number): boolean => bytes >= 2 * 1024 * 1024;
