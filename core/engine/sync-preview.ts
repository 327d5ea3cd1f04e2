// A look at what a sync would bring: the first page of an API or the new files of a bucket or folder, mapped as an import
// would, with nothing stored.

import { rmSync, writeFileSync } from 'node:fs';
import type { CallContext } from '#core/engine.ts';
import { fileAt } from '#core/ingest/containers.ts';
import { fileToOpen } from '#core/ingest/open-with.ts';
import { previewExport } from '#core/ingest/probe.ts';
import { keyPaths } from '#core/ingest/shape.ts';
import { parseJson } from '#core/integrity/canonical.ts';
import { namePreset } from '#core/mapping/custom-preset.ts';
import { recogniseWithOwn } from '#core/mapping/own-presets.ts';
import type { Preset } from '#core/mapping/preset.ts';
import { listOwnPresets } from '#core/mapping/used-presets.ts';
import { closing, type Store } from '#core/store/open.ts';
import { type ApiConnection, addressOf, type Connection, feedOf } from '#core/sync/connection.ts';
import { countOf, textOf } from '#core/sync/page-records.ts';
import { readFirstPage } from '#core/sync/read-api.ts';
import { temporaryPath } from '#core/sync/spool.ts';
import { type ApiPreview, emptyReport, type SyncPreview } from '#core/sync-model.ts';
import { previewFiles } from './files-preview.ts';
import { assertAllowed, readConnections, readToken } from './run-sync.ts';
import { readOptionsOf } from './sync-api.ts';
import { presetFor, type SyncMeans } from './sync-run.ts';

/** Looks at each connection that these names mean. Throws AppError where one cannot be asked or read. */
export async function previewSyncs(
  names: readonly string[],
  means: SyncMeans,
  context: CallContext,
): Promise<SyncPreview[]> {
  const connections = closing(context.review(), (review) => {
    const found = readConnections(review, names);
    assertAllowed(review, found);
    return found;
  });
  const previews: SyncPreview[] = [];
  for (const connection of connections) previews.push(await previewSync(connection, means, context));
  return previews;
}

/** The same of one connection, which need not be kept yet. */
export function previewSync(
  connection: Connection,
  means: SyncMeans,
  context: CallContext,
): Promise<SyncPreview> {
  return connection.kind === 'api'
    ? previewApi(connection, means, context)
    : previewFiles(connection, means, context);
}

async function previewApi(
  connection: ApiConnection,
  means: SyncMeans,
  context: CallContext,
): Promise<ApiPreview> {
  const store = context.reader();
  const token = await readToken(connection, context);
  const { name, source, connector } = connection;
  const report = emptyReport({ connection: name, source, kind: 'api' }, null);
  const run = {
    ...means,
    context,
    store,
    review: store,
    connection,
    feed: feedOf(connection),
    report,
    token,
  };
  const { page, fault, look } = await readFirstPage(readOptionsOf(run, connection));
  const records = Array.from({ length: countOf(page.records) }, (_, index) => textOf(page.records, index));
  const first = records[0];
  const preset = first === undefined ? null : presetOf(store, presetFor(run), first);
  const path = temporaryPath(context.workspace, 'ndjson');
  try {
    writeFileSync(path, records.map((text) => `${text}\n`).join(''), { mode: 0o600 });
    const file = fileToOpen(fileAt(path, `The first page of ${name}`));
    return {
      kind: 'api',
      connection: name,
      source,
      address: addressOf(connection).href,
      records: records.length,
      hasMore: page.next !== null,
      preset: preset?.id ?? null,
      preview: preset ? await previewExport(file, preset, connection.zone) : null,
      assumed: connector.assumed,
      fault,
      look,
    };
  } finally {
    rmSync(path, { force: true });
  }
}

function presetOf(store: Store, named: string | null, text: string): Preset | null {
  if (named !== null) return namePreset(named, listOwnPresets(store));
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const names = keyPaths(value as Record<string, unknown>);
  return recogniseWithOwn('json', names, listOwnPresets(store))?.preset ?? null;
}
