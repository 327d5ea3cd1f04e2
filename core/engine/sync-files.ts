// Syncs a bucket or a watched folder: what is new there is read like any file, an import each, and remembered with it.

import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { AppError, toErrorShape } from '#core/errors.ts';
import { type ExportFile, eachExportFile, fileAt } from '#core/ingest/containers.ts';
import { findHeldImport, importWith } from '#core/ingest/import-file.ts';
import { listOwnPresets } from '#core/mapping/used-presets.ts';
import { readObjectDetails, readObjects } from '#core/store/syncs.ts';
import { openBucket } from '#core/sync/bucket.ts';
import type { BucketConnection, FolderConnection } from '#core/sync/connection.ts';
import { checkDigests, type DigestFile, isDigest, isTrailLog } from '#core/sync/digest.ts';
import { type Found, isExportName, listFolder, sortFound } from '#core/sync/files.ts';
import { temporaryPath } from '#core/sync/spool.ts';
import { addCounts, type Counts, committing, noteImported, presetFor, type SyncRun } from './sync-run.ts';

const none: Counts = { read: 0, imported: 0, duplicates: 0, conflicts: 0, rejected: 0 };

/** Syncs a watched folder. Throws AppError where it cannot be read; a file that cannot keeps no other out. */
export async function syncFolder(run: SyncRun, { folder, settleSeconds }: FolderConnection): Promise<void> {
  const { report } = run;
  const { found, unsettled } = listFolder(folder, settleSeconds * 1000, (run.now ?? Date.now)());
  if (unsettled > 0)
    report.warnings.push(
      `${unsettled} files changed less than ${settleSeconds} seconds ago and are left for the next sync.`,
    );
  await syncFound(run, found, async (one, read) => {
    const path = join(folder, one.object);
    if (isArchive(one.object)) await readArchive(run, one, path, read);
    else await read(fileAt(path, one.object), one.object);
  });
}

/** Syncs a bucket, and checks CloudTrail's digests where there are some. Throws AppError where it cannot be read. */
export async function syncBucket(run: SyncRun, connection: BucketConnection): Promise<void> {
  const { context, report, token } = run;
  const bucket = await openBucket(connection, token, context);
  const hashes = new Map<string, string>();
  const digests: DigestFile[] = [];
  try {
    const all = await bucket.list();
    const fetched = async <T>(
      one: Found,
      isHashed: boolean,
      use: (path: string, got: Awaited<ReturnType<typeof bucket.download>>) => Promise<T>,
    ) => {
      const ending = isArchive(one.object) ? 'zip' : 'object';
      const temporary = temporaryPath(context.workspace, ending);
      try {
        return await use(temporary, await bucket.download(one, temporary, isHashed));
      } finally {
        rmSync(temporary, { force: true });
      }
    };
    const logs = all.filter(({ object }) => isExportName(object) && !isDigest(object));
    await syncFound(run, logs, (one, read) =>
      fetched(one, isTrailLog(one.object), async (path, { unpacked }) => {
        if (unpacked !== null) hashes.set(one.object, unpacked);
        if (isArchive(one.object)) await readArchive(run, one, path, read);
        else await read(fileAt(path, one.object), one.object, unpacked === null ? {} : { unpacked });
      }),
    );
    const files = all.filter(({ object }) => isDigest(object) && isExportName(object));
    for (const one of files) {
      await fetched(one, false, async (path, { metadata }) => {
        const stored = readFileSync(path);
        const content = stored[0] === 0x1f ? gunzipSync(stored, { maxOutputLength: 64 << 20 }) : stored;
        digests.push({ object: one.object, content, signature: metadata.signature ?? null });
      });
    }
  } finally {
    bucket.close();
    report.requests += bucket.tally.requests;
    report.pages += bucket.tally.pages;
    report.clockSkewMs = bucket.tally.skewMs;
  }
  if (digests.length > 0) sayDigests(run, connection, digests, hashes);
}

function sayDigests(
  { store, feed, report }: SyncRun,
  { source, digestKeys }: BucketConnection,
  digests: readonly DigestFile[],
  hashes: ReadonlyMap<string, string>,
): void {
  const stored = readObjectDetails(store.db, source, feed);
  const hashOf = (object: string) => {
    const kept = stored.get(object)?.unpacked;
    return hashes.get(object) ?? (typeof kept === 'string' ? kept : null);
  };
  const check = checkDigests(digests, hashOf, digestKeys);
  report.warnings.push(
    ...check.faults.slice(0, 100),
    `CloudTrail’s digests were checked: ${check.digests} of them name ${check.logFiles} log files that are as they were delivered; ${check.signed} are signed by a key that was given${check.unsigned === null ? '' : ` (${check.unsigned})`}.`,
  );
}

const isArchive = (object: string): boolean => /\.zip$/i.test(object);

/** An archive holds several exports; each is an import, and the archive is remembered when all of them are in. */
async function readArchive(run: SyncRun, one: Found, path: string, read: Read): Promise<void> {
  for await (const entry of eachExportFile(path)) {
    // Of a bucket the archive itself goes by the name of a temporary file.
    const name = `${one.object} › ${entry.name.slice(entry.name.indexOf(' › ') + 3)}`;
    await read({ ...entry, name, place: { ...entry.place, name } }, name);
  }
  await run.context.turn(async () => remember(run, one));
}

type Read = (file: ExportFile, object: string, detail?: Record<string, unknown>) => Promise<void>;

/** Has everything new read, one after another. Says of what changed, and of what could not be read. */
async function syncFound(
  run: SyncRun,
  found: readonly Found[],
  open: (one: Found, read: Read) => Promise<void>,
): Promise<void> {
  const { context, store, connection, feed, report } = run;
  const { fresh, changed, empty } = sortFound(found, readObjects(store.db, connection.source, feed));
  const all = [...fresh, ...changed];
  const failed: string[] = [];
  for (const [index, one] of all.entries()) {
    if (context.signal.aborted)
      throw new AppError('cancelled', 'The sync was cancelled. What came in before stays.');
    context.progress({ stage: `Reading ${one.object}`, done: index, total: all.length, unit: 'files' });
    try {
      await open(one, (file, object, detail = {}) =>
        context.turn(() => readOne(run, file, { ...one, object }, detail)),
      );
    } catch (error) {
      const { code, message } = toErrorShape(error);
      if (code !== 'input' && code !== 'usage') throw error;
      failed.push(`${one.object}: ${message}`);
    }
  }
  for (const { object } of changed)
    report.warnings.push(
      `${object} is another one than when it was read before. It was read again: what it has in common with the earlier one is there once, and nothing was taken away. Ask who changed it, and why.`,
    );
  if (empty > 0) report.warnings.push(`${empty} files are empty and were left alone.`);
  if (failed.length === 0) return;
  report.warnings.push(...failed.slice(0, 50));
  throw new AppError('input', `${failed.length} of ${all.length} new files could not be read: ${failed[0]}`);
}

async function readOne(
  run: SyncRun,
  file: ExportFile,
  { object, version, bytes }: Found,
  detail: Record<string, unknown>,
): Promise<void> {
  const { context, store, connection, report } = run;
  let counts = none;
  const row = { object, version, at: (run.now ?? Date.now)(), settledUntil: null };
  const along = committing(run, null, row, (written) => {
    counts = { ...none, ...written };
    return { bytes, ...detail, ...counts };
  });
  const options = {
    source: connection.source,
    preset: presetFor(run),
    own: listOwnPresets(store),
    zone: connection.zone,
  };
  if ((await findHeldImport(store, file, options)) !== null)
    store.db.transaction(() => along(null, none)).immediate();
  else {
    const { signal, progress } = context;
    const imported = await importWith(store, file, { ...options, signal, progress, along });
    if (imported) noteImported(run, imported);
  }
  addCounts(report, counts);
  report.received += counts.read;
}

/** Remembers an archive whose exports are all in. */
function remember(run: SyncRun, { object, version, bytes }: Found): void {
  const row = { object, version, at: (run.now ?? Date.now)(), settledUntil: null };
  const along = committing(run, null, row, () => ({ bytes }));
  run.store.db.transaction(() => along(null, none)).immediate();
}
