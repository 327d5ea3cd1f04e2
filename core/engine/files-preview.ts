// A look at what a sync of a bucket or a watched folder would read: which objects, and what the first of them would become.

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CallContext } from '#core/engine.ts';
import { AppError } from '#core/errors.ts';
import { type ExportFile, eachExportFile, fileAt } from '#core/ingest/containers.ts';
import { fileToOpen } from '#core/ingest/open-with.ts';
import { previewExport } from '#core/ingest/probe.ts';
import { openExport } from '#core/ingest/read-export.ts';
import { namePreset } from '#core/mapping/custom-preset.ts';
import { recogniseWithOwn } from '#core/mapping/own-presets.ts';
import type { Preset } from '#core/mapping/preset.ts';
import { listOwnPresets } from '#core/mapping/used-presets.ts';
import type { Store } from '#core/store/open.ts';
import { readObjects } from '#core/store/syncs.ts';
import { openBucket } from '#core/sync/bucket.ts';
import { addressText, type BucketConnection, type FolderConnection, feedOf } from '#core/sync/connection.ts';
import { isDigest } from '#core/sync/digest.ts';
import { type Found, isExportName, listFolder, sortFound } from '#core/sync/files.ts';
import { temporaryPath } from '#core/sync/spool.ts';
import type { FilesPreview } from '#core/sync-model.ts';
import { readToken } from './run-sync.ts';
import { presetFor, type SyncMeans } from './sync-run.ts';

const mostShown = 20;
/** Only a look: what is larger is not fetched for it. */
const largestLooked = 64 * 1024 * 1024;

/** Lists what is there and maps the beginning of the first file; nothing is stored. Throws AppError as a sync does. */
export async function previewFiles(
  connection: BucketConnection | FolderConnection,
  means: SyncMeans,
  context: CallContext,
): Promise<FilesPreview> {
  if (connection.kind === 'folder') {
    const { folder, settleSeconds } = connection;
    const now = (means.now ?? Date.now)();
    const { found, unsettled, others } = listFolder(folder, settleSeconds * 1000, now);
    const listed = { found, unsettled, others };
    return look(connection, listed, context, (one, use) => use(join(folder, one.object)));
  }
  const bucket = await openBucket(connection, await readToken(connection, context), context);
  try {
    const all = await bucket.list();
    const found = all.filter(({ object }) => isExportName(object) && !isDigest(object));
    const others = all.filter(({ object }) => !isExportName(object)).length;
    return await look(connection, { found, unsettled: 0, others }, context, async (one, use) => {
      const ending = /\.zip$/i.test(one.object) ? 'zip' : 'object';
      const temporary = temporaryPath(context.workspace, ending);
      try {
        await bucket.download(one, temporary, false);
        return await use(temporary);
      } finally {
        rmSync(temporary, { force: true });
      }
    });
  } finally {
    bucket.close();
  }
}

type Listed = { found: Found[]; unsettled: number; others: number };
type Fetch = <T>(one: Found, use: (path: string) => Promise<T>) => Promise<T>;

async function look(
  connection: BucketConnection | FolderConnection,
  { found, unsettled, others }: Listed,
  context: CallContext,
  fetch: Fetch,
): Promise<FilesPreview> {
  const { name, source } = connection;
  const store = context.reader();
  const sorted = sortFound(found, readObjects(store.db, source, feedOf(connection)));
  const { fresh, changed, known, empty } = sorted;
  const all = [...fresh, ...changed];
  const first = all.find(({ bytes }) => bytes <= largestLooked);
  const seen: Pick<FilesPreview, 'preset' | 'preview' | 'fault'> = first
    ? await fetch(first, (path) => lookInto(path, first.object, store, connection))
    : { preset: null, preview: null, fault: null };
  return {
    kind: 'files',
    connection: name,
    source,
    address: addressText(connection),
    fresh: fresh.length,
    changed: changed.length,
    bytes: all.reduce((sum, { bytes }) => sum + bytes, 0),
    known,
    empty,
    unsettled,
    others,
    objects: all
      .slice(0, mostShown)
      .map((one) => ({ object: one.object, bytes: one.bytes, isChanged: changed.includes(one) })),
    looked: first?.object ?? null,
    ...seen,
  };
}

async function lookInto(
  path: string,
  object: string,
  store: Store,
  connection: BucketConnection | FolderConnection,
): Promise<Pick<FilesPreview, 'preset' | 'preview' | 'fault'>> {
  try {
    if (!/\.zip$/i.test(object)) return await mapFirst(fileAt(path, object), store, connection);
    for await (const entry of eachExportFile(path)) return await mapFirst(entry, store, connection);
    return { preset: null, preview: null, fault: null };
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'cancelled') throw error;
    return { preset: null, preview: null, fault: error.message };
  }
}

async function mapFirst(
  file: ExportFile,
  store: Store,
  connection: BucketConnection | FolderConnection,
): Promise<Pick<FilesPreview, 'preset' | 'preview' | 'fault'>> {
  const named = presetFor({ store, connection });
  const preset = named === null ? await recogniseFile(file, store) : namePreset(named, listOwnPresets(store));
  if (!preset) return { preset: null, preview: null, fault: null };
  const preview = await previewExport(fileToOpen(file), preset, connection.zone);
  return { preset: preset.id, preview, fault: null };
}

async function recogniseFile(file: ExportFile, store: Store): Promise<Preset | null> {
  const own = listOwnPresets(store);
  const open = await openExport(file, (names) => recogniseWithOwn('json', names, own) !== null);
  try {
    const { format, names } = open.info;
    return recogniseWithOwn(format === 'csv' ? 'csv' : 'json', names, own)?.preset ?? null;
  } finally {
    await open.close();
  }
}
