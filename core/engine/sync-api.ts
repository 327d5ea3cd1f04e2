// Syncs one API: batches of its log become imports, each with how far the log was read in the same transaction.

import { fileAt } from '#core/ingest/containers.ts';
import { importWith } from '#core/ingest/import-file.ts';
import { keyPaths } from '#core/ingest/shape.ts';
import { parseJson } from '#core/integrity/canonical.ts';
import { namePreset } from '#core/mapping/custom-preset.ts';
import { createMapper, type Mapper } from '#core/mapping/map.ts';
import { recogniseWithOwn } from '#core/mapping/own-presets.ts';
import { type Preset, recognise } from '#core/mapping/preset.ts';
import { listOwnPresets } from '#core/mapping/used-presets.ts';
import type { Store } from '#core/store/open.ts';
import { readCheckpoint } from '#core/store/syncs.ts';
import type { ApiConnection } from '#core/sync/connection.ts';
import type { Facts } from '#core/sync/pass.ts';
import { type Batch, type ReadOptions, readApi } from '#core/sync/read-api.ts';
import { formatUtc } from '#core/time.ts';
import {
  addCounts,
  type Counts,
  committing,
  noteImported,
  presetFor,
  type SyncRun,
  utcOrNull,
} from './sync-run.ts';

const none: Counts = { read: 0, imported: 0, duplicates: 0, conflicts: 0, rejected: 0 };

/** Syncs an API into the report of a run. Throws AppError where it cannot go on; what was committed stays. */
export async function syncApi(run: SyncRun, connection: ApiConnection): Promise<void> {
  const startedAt = (run.now ?? Date.now)();
  let part = 0;
  for await (const batch of readApi(readOptionsOf(run, connection))) {
    try {
      part += 1;
      const place = { at: startedAt, part };
      await run.context.turn(() => commitBatch(run, connection, batch, place));
    } finally {
      batch.spool.remove();
    }
  }
}

/** What a sync, or a look at its first page, reads an API with. */
export function readOptionsOf(run: SyncRun, connection: ApiConnection): ReadOptions {
  const { context, store, feed, token, now, pace } = run;
  const preset = presetFor(run);
  return {
    connection,
    workspace: context.workspace,
    settledUntil: readCheckpoint(store.db, connection.source, feed)?.settledUntil ?? null,
    keepsDays: retentionOf(store, preset),
    token,
    fetch: context.fetch,
    factsOf: createFacts(store, preset, connection.zone),
    signal: context.signal,
    progress: (done, note) =>
      context.progress({
        stage: `Reading ${connection.name}`,
        done,
        total: null,
        unit: 'records',
        ...(note === '' ? {} : { note }),
      }),
    now,
    pace,
  };
}

async function commitBatch(
  run: SyncRun,
  connection: ApiConnection,
  { spool, settledUntil, said }: Batch,
  { at, part }: { at: number; part: number },
): Promise<void> {
  const { context, store, feed, report } = run;
  const before = readCheckpoint(store.db, connection.source, feed);
  let counts = none;
  const along = committing(run, before, { object: null, version: null, at, settledUntil }, (written) => {
    counts = { ...none, ...written };
    return { ...said, ...counts };
  });
  if (spool.records === 0) store.db.transaction(() => along(null, none)).immediate();
  else {
    const name = `${connection.name}, synced ${formatUtc(at)}${part > 1 ? `, part ${part}` : ''}`;
    const imported = await importWith(store, fileAt(spool.path, name), {
      source: connection.source,
      preset: presetFor(run),
      own: listOwnPresets(store),
      zone: connection.zone,
      signal: context.signal,
      progress: context.progress,
      along,
    });
    if (imported) noteImported(run, imported);
  }
  addCounts(report, counts);
  Object.assign(report, said, { settledUntil: utcOrNull(settledUntil) });
}

/** Days the vendor keeps its log, as the preset says. */
function retentionOf(store: Store, preset: string | null): number | null {
  if (preset === null) return null;
  return namePreset(preset, listOwnPresets(store)).retention.days;
}

/** Reads of a record when it was and whether it has an id, by the preset that its keys call for. */
function createFacts(store: Store, preset: string | null, zone: string | null): (text: string) => Facts {
  const own = listOwnPresets(store);
  const named: Preset | null = preset === null ? null : namePreset(preset, own);
  let map: Mapper | null = null;
  return (text) => {
    const nothing = { time: null, hasId: false };
    const value = parseJson(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return nothing;
    const record = value as Record<string, unknown>;
    if (!map) {
      const names = keyPaths(record);
      const found = named ? recognise('json', names, [named]) : recogniseWithOwn('json', names, own);
      if (!found) return nothing;
      map = createMapper(found.preset, found.variant, [], zone);
    }
    const [first] = map(record);
    return first && 'event' in first ? { time: first.event.time, hasId: first.vendorId !== null } : nothing;
  };
}
