// Maps an import again, from the raw records in the log: when its mapping was wrong. Nothing of the log is changed. The
// corrected events come in as an import of their own that replaces the earlier one, whose events nobody counts any more
// (store/live.ts). Rows that were rejected are tried again; what other imports hold as duplicates stays theirs.

import { AppError } from '#core/errors.ts';
import { type DateOrder, setZone } from '#core/mapping/draft-preset.ts';
import type { ExportProbe } from '#core/mapping/export-probe.ts';
import { createMapper } from '#core/mapping/map.ts';
import { forgetFileOrders } from '#core/mapping/own-presets.ts';
import { type Preset, parsePreset, recognise, type Variant } from '#core/mapping/preset.ts';
import type { ImportReport, Progress } from '#core/model.ts';
import { startStopwatch } from '#core/pace.ts';
import type { Store } from '#core/store/open.ts';
import { assertZone } from '#core/time.ts';
import { type DatedShape, settleDateOrder } from './date-order.ts';
import type { Openable } from './open-with.ts';
import { describeExport } from './probe.ts';
import { readBatches } from './reading.ts';
import type { Replaced } from './replace-import.ts';
import { canonicalPreset } from './source.ts';
import { findStoredImport, openStoredExport, type StoredImport } from './stored-export.ts';
import { writeImport } from './write-import.ts';

export type RemapOptions = {
  /** The corrected mapping; null keeps the one the import was read with. */
  preset: Preset | null;
  /** IANA zone for times that carry none; null leaves it as it was named for the import. */
  zone: string | null;
  /** Which number of dates like 03/04/2026 is the day, where neither mapping nor records say it. */
  dates: DateOrder | null;
  signal: AbortSignal;
  progress(progress: Progress): void;
};

/**
 * Maps an import again and gives the report of the one that replaces it. Needs a store opened for writing that nobody
 * else uses meanwhile. Throws AppError, with nothing changed, when there is no such import, another one replaced it, the
 * mapping does not fit or is the one it has, or the person cancels.
 */
export async function remapImport(
  store: Store,
  importId: number,
  options: RemapOptions,
): Promise<ImportReport> {
  const { signal, progress } = options;
  const stopwatch = startStopwatch();
  if (options.zone !== null) assertZone(options.zone);
  const { db } = store;
  const one = findStoredImport(db, importId);
  const file = openStoredExport(db, one);
  const chosen = shapeOf(one, file.info.names, options);
  const shape = await settleDateOrder(file, chosen, async () => openStoredExport(db, one), options);
  const zone = options.zone ?? one.zone;
  if (
    shape.variant.id === one.variant &&
    zone === one.zone &&
    canonicalPreset(shape.preset).json === one.mapping
  ) {
    throw new AppError(
      'usage',
      `Import ${importId} is mapped just so already. Nothing was changed; name another preset or zone.`,
    );
  }
  const report = await writeImport(store, {
    ...shape,
    warnings: [
      {
        code: 'remapped',
        message: `The records of import ${importId} were mapped again from the log, and this import replaces it. Its ${one.imported} events stay in the log and count no more.`,
      },
      ...shape.warnings,
    ],
    info: file.info,
    takeSource() {
      // Under the write lock: another one may have replaced it meanwhile.
      findStoredImport(db, importId);
      return { id: one.sourceId, name: one.source, zone };
    },
    read: (task) => readBatches(openStoredExport(db, one), task),
    thread: null,
    replaces: describeReplaced(store, one),
    stopwatch,
    signal,
    progress,
  });
  // Only what has something else to commit is ever left out.
  return report as ImportReport;
}

/** What reads the records: the mapping as it was, or the shape of a new one that fits them. */
function shapeOf(
  one: StoredImport,
  names: string[],
  { preset, dates }: Pick<RemapOptions, 'preset' | 'dates'>,
): DatedShape {
  if (!preset) return usedShape(one, dates !== null);
  const found = recognise(one.format === 'csv' ? 'csv' : 'json', names, [preset]);
  if (found) return found;
  if (names.length === 0) {
    throw new AppError(
      'usage',
      `Import ${one.id} holds no records of its own: other imports have all of them. Map those again.`,
    );
  }
  throw new AppError(
    'input',
    `The records of import ${one.id} lack what this mapping asks for: ${preset.variants[0]?.requires.flat().join(', ')}. They have ${names.slice(0, 12).join(', ')}.`,
  );
}

/** The preset and shape an import was mapped with, as they were then; without the order of dates that its file told. */
export function usedShape(one: StoredImport, withoutOrder = false): { preset: Preset; variant: Variant } {
  const stored = parsePreset(one.mapping, `The mapping of import ${one.id}`);
  const preset = withoutOrder ? forgetFileOrders(stored) : stored;
  const variant = preset.variants.find(({ id }) => id === one.variant);
  if (!variant) throw new Error(`The mapping of import ${one.id} has no shape “${one.variant}”.`);
  return { preset, variant };
}

/** What the log has of an import, to try a mapping on. Throws AppError where it is not there or counts no more. */
export function importToOpen({ db }: Store, id: number): Openable {
  const one = findStoredImport(db, id);
  return { name: one.file, open: async () => openStoredExport(db, one) };
}

/** What an import's records are and how they are mapped now, as the mapping screen asks of a file. */
export async function probeImport({ db }: Store, id: number): Promise<ExportProbe> {
  const one = findStoredImport(db, id);
  const used = usedShape(one, true);
  const isGuessed = used.preset.only === 'unrecognised';
  const probe = await describeExport(
    openStoredExport(db, one),
    isGuessed ? null : { ...used, own: { source: one.source, preset: used.preset } },
    one.source,
  );
  if (one.zone === null) return probe;
  // The zone a person named for the import is a part of how it was read.
  const { proposal } = probe;
  return { ...probe, proposal: { ...proposal, preset: setZone(proposal.preset, one.zone) } };
}

/**
 * What is replaced, with how many of its duplicates are not read again. Where a record may be several events, some of
 * them may be duplicates and others not: then the mapping as it was says how many were which.
 */
function describeReplaced(store: Store, one: StoredImport): Replaced {
  const { id, firstEventId, imported, duplicates } = one;
  const base = { id, firstEventId, imported };
  const { preset, variant } = usedShape(one);
  if (variant.each === undefined) return { ...base, kept: duplicates, heldRows: null };
  const map = createMapper(preset, variant, one.columns ?? [], one.zone);
  const heldRows = new Set<number>();
  let read = 0;
  for (const record of openStoredExport(store.db, one).records()) {
    heldRows.add(record.row);
    read += 'fault' in record ? 1 : map(record.value).length;
  }
  return { ...base, kept: duplicates - (read - imported - one.rejected), heldRows };
}
