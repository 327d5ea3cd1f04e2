// A look at what a sync would bring: the first page of an API, mapped as an import would, with nothing stored.

import type { CallContext } from '#core/engine.ts';
import { AppError } from '#core/errors.ts';
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
import { type ApiConnection, addressOf, feedOf } from '#core/sync/connection.ts';
import { readFirstPage } from '#core/sync/read-api.ts';
import { createSpool } from '#core/sync/spool.ts';
import { emptyReport, type SyncPreview } from '#core/sync-model.ts';
import { assertAllowed, readConnections, readToken } from './run-sync.ts';
import { readOptionsOf } from './sync-api.ts';
import { presetFor, type SyncMeans } from './sync-run.ts';

/** Asks each API that these names mean for one page. Throws AppError where one cannot be asked or read. */
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
  for (const connection of connections) {
    if (connection.kind !== 'api') {
      if (names.length === 0) continue;
      throw new AppError(
        'usage',
        `“${connection.name}” has no pages to look at. Sync it, or import one of its files.`,
      );
    }
    previews.push(await previewApi(connection, means, context));
  }
  return previews;
}

/** The same of one connection, which need not be kept yet. */
export async function previewApi(
  connection: ApiConnection,
  means: SyncMeans,
  context: CallContext,
  givenToken: string | null = null,
): Promise<SyncPreview> {
  const store = context.reader();
  const token = givenToken ?? (await readToken(connection, context));
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
  const page = await readFirstPage(readOptionsOf(run, connection));
  const first = page.records[0];
  const preset = first ? presetOf(store, presetFor(run), first.text) : null;
  const spool = createSpool(context.workspace);
  try {
    for (const [index, record] of page.records.entries())
      spool.offer({ ...record, key: String(index).padStart(12) }, 1);
    spool.finish();
    const file = fileToOpen(fileAt(spool.path, `The first page of ${name}`));
    return {
      connection: name,
      source,
      address: addressOf(connection).href,
      records: page.records.length,
      hasMore: page.next !== null,
      preset: preset?.id ?? null,
      preview: preset ? await previewExport(file, preset, connection.zone) : null,
      assumed: connector.assumed,
    };
  } finally {
    spool.remove();
  }
}

function presetOf(store: Store, named: string | null, text: string): Preset | null {
  if (named !== null) return namePreset(named);
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const names = keyPaths(value as Record<string, unknown>);
  return recogniseWithOwn('json', names, listOwnPresets(store))?.preset ?? null;
}
