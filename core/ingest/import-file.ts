// One file into one source, in one transaction: after a crash, a full disk or a cancel the log is as it was before.
// The import's own row is written last, with the counts and the Merkle roots over what it stored.

import { isDeepStrictEqual } from 'node:util';
import { AppError } from '#core/errors.ts';
import { canonicalJson } from '#core/integrity/canonical.ts';
import { leafHash, type MerkleTree } from '#core/integrity/merkle.ts';
import { isPresetText, namePreset } from '#core/mapping/custom-preset.ts';
import type { DateOrder } from '#core/mapping/draft-preset.ts';
import { type OwnPreset, type Recognised, recogniseWithOwn } from '#core/mapping/own-presets.ts';
import { type Preset, recognise } from '#core/mapping/preset.ts';
import type { ImportReport, ImportWarning, Progress } from '#core/model.ts';
import { importLeafText, readImport, readLogTree } from '#core/store/imports.ts';
import type { Store } from '#core/store/open.ts';
import { assertZone } from '#core/time.ts';
import { openBulkIndexes } from './bulk-indexes.ts';
import { type ExportFile, type ExportPlace, plainFile } from './containers.ts';
import { settleDateOrder } from './date-order.ts';
import { concludeFindings } from './findings.ts';
import { createLogWriter, type LogWriter } from './log-writer.ts';
import { type OpenExport, openExport } from './read-export.ts';
import { type ReadingEnd, readBatches, readBatchesInThread } from './reading.ts';
import { storeMapping, takeSource } from './source.ts';

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
  signal: AbortSignal;
  progress(progress: Progress): void;
};

/**
 * Imports one file. Needs a store opened for writing that nobody else uses meanwhile. Throws AppError, with nothing
 * stored, when the file cannot be read or recognised, or the person cancels.
 */
export async function importFile(
  store: Store,
  from: string | ExportFile,
  options: ImportOptions,
): Promise<ImportReport> {
  const startedAt = Date.now();
  if (options.zone !== null) assertZone(options.zone);
  const named = options.preset === null ? null : namePreset(options.preset);
  const find = (format: 'csv' | 'json', names: string[]): Recognised | null => {
    if (!named) return recogniseWithOwn(format, names, options.own ?? []);
    const found = recognise(format, names, [named]);
    return found && { ...found, own: null };
  };
  const isRecord = (names: string[]) => find('json', names) !== null;
  const source = typeof from === 'string' ? plainFile(from) : from;
  const file = await openExport(source, isRecord);
  try {
    const chosen = choosePreset(file, find, options.preset);
    const dates = await settleDateOrder(file, chosen, () => openExport(source, isRecord), options);
    const shape = { ...chosen, ...dates };
    store.db.exec('BEGIN IMMEDIATE');
    try {
      const id = await readIntoLog(store, file, source.place, shape, options, startedAt);
      store.db.exec('COMMIT');
      return readImport(store, id);
    } catch (error) {
      if (store.db.inTransaction) store.db.exec('ROLLBACK');
      throw error;
    }
  } finally {
    await file.close();
  }
}

function choosePreset(
  file: OpenExport,
  find: (format: 'csv' | 'json', names: string[]) => Recognised | null,
  name: string | null,
): Recognised {
  const format = file.info.format === 'csv' ? 'csv' : 'json';
  const found = find(format, file.info.names);
  if (found) return found;
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

/** Reads the whole file into the log and returns the import's id. Runs inside the transaction. */
async function readIntoLog(
  store: Store,
  file: OpenExport,
  place: ExportPlace,
  { preset, variant, own, warnings }: Recognised & { warnings: ImportWarning[] },
  options: ImportOptions,
  startedAt: number,
): Promise<number> {
  const { db } = store;
  const { info } = file;
  const importId = db.prepare('SELECT coalesce(max(id), 0) + 1 FROM import').pluck().get() as number;
  const source = takeSource(db, {
    name: options.source ?? own?.source ?? defaultSource(preset, info.name),
    preset,
    zone: options.zone,
  });
  const mappingId = storeMapping(db, preset);
  const columns = info.format === 'csv' ? info.names : null;
  const indexes = openBulkIndexes(db, info.bytes);
  const log = readLogTree(store);
  const writer = createLogWriter(
    db,
    { importId, sourceId: source.id, source: source.name, preset, columns, isLarge: indexes.isLarge },
    log,
  );
  const task = { importId, source: source.name, preset, variant, zone: source.zone };
  const batches = info.bytes < worthAThread ? readBatches(file, task) : readBatchesInThread(place, task);

  let end: ReadingEnd | undefined;
  try {
    while (!end) {
      const step = await batches.next();
      if (options.signal.aborted) {
        throw new AppError(
          'cancelled',
          `The import of ${info.name} was cancelled. Nothing of it was stored.`,
        );
      }
      if (step.done) {
        end = step.value;
        break;
      }
      writer.write(step.value);
      indexes.see(writer.counts.imported);
      options.progress({
        stage: `Reading ${info.name}`,
        done: step.value.bytesRead,
        total: info.bytes,
        unit: 'bytes',
        note: `${writer.counts.read} records`,
      });
    }
  } finally {
    await batches.return(undefined as never);
  }
  if (end.bytes !== info.bytes || !isDeepStrictEqual(end.names, info.names)) {
    throw new AppError(
      'input',
      `${info.name} changed while it was read. Nothing of it was imported; try again when it is finished.`,
    );
  }
  writer.flush();
  indexes.rebuild();
  const { seen } = end;
  const found = concludeFindings(db, { preset, variant, info }, seen, {
    firstEventId: writer.firstEventId,
    sourceId: source.id,
    counts: writer.counts,
    isCutOff: end.isCutOff,
    encoding: end.encoding,
    now: startedAt,
  });
  finishImport(store, writer, log, {
    id: importId,
    source_id: source.id,
    mapping_id: mappingId,
    variant: variant.id,
    first_event_id: writer.firstEventId,
    file: info.name,
    sha256: end.sha256,
    bytes: info.bytes,
    format: info.format,
    encoding: end.encoding,
    columns: columns && JSON.stringify(columns),
    zone: source.zone,
    newest_first: seen.isNewestFirst ? 1 : 0,
    ...writer.counts,
    first_time: seen.firstTime,
    last_time: seen.lastTime,
    warnings: canonicalJson([...warnings, ...found]),
    started_at: startedAt,
    ms: Date.now() - startedAt,
  });
  return importId;
}

/** A file of this many bytes is read in a thread of its own: below, starting one takes longer than reading. */
const worthAThread = 2 * 1024 * 1024;

/** Appends the import's own leaf to the log and writes its row. */
function finishImport(
  store: Store,
  writer: LogWriter,
  log: MerkleTree,
  row: Record<string, string | number | null>,
): void {
  const root = writer.root().toString('hex');
  log.append(leafHash(importLeafText(store, { ...row, root })));
  const full = {
    ...row,
    root,
    log_size: log.size(),
    log_root: log.root().toString('hex'),
    log_frontier: log.frontier(),
  };
  const names = Object.keys(full);
  store.db
    .prepare(
      `INSERT INTO import (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`,
    )
    .run(full);
}
