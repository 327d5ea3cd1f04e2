// What a sync of one connection works with, whatever it reads: what commits how far it came, which preset reads its
// records, and its report.

import type { CallContext } from '#core/engine.ts';
import { AppError } from '#core/errors.ts';
import { canonicalJson } from '#core/integrity/canonical.ts';
import { listOwnPresets } from '#core/mapping/used-presets.ts';
import type { ImportReport } from '#core/model.ts';
import { recordActivity } from '#core/store/activity.ts';
import type { Store } from '#core/store/open.ts';
import { addSync, type Checkpoint, readCheckpoint, type SyncRow } from '#core/store/syncs.ts';
import type { Connection } from '#core/sync/connection.ts';
import type { Pace } from '#core/sync/read-api.ts';
import type { SyncReport } from '#core/sync-model.ts';
import { formatUtc } from '#core/time.ts';

/** What tests and measurements make of a sync, beside the context of every call. */
export type SyncMeans = {
  /** The time in epoch ms, and shorter waits: tests and measurements name them. */
  now?: () => number;
  pace?: Pace;
};

/** One connection's sync under way. `report` grows with each transaction. */
export type SyncRun = SyncMeans & {
  context: CallContext;
  store: Store;
  review: Store;
  connection: Connection;
  feed: string;
  report: SyncReport;
  token: string | null;
};

/** What commits the state of a feed along with an import; throws where another sync came first. */
export function committing(
  { store, connection, feed }: Pick<SyncRun, 'store' | 'connection' | 'feed'>,
  before: Checkpoint | null,
  row: Omit<SyncRow, 'source' | 'feed' | 'detail'>,
  detailOf: (counts: Counts) => Record<string, unknown>,
): (importId: number | null, counts: Counts) => void {
  const { source } = connection;
  return (importId, counts) => {
    const { db } = store;
    if (row.object === null && readCheckpoint(db, source, feed)?.id !== before?.id) {
      throw new AppError(
        'environment',
        `Another sync of “${connection.name}” came first. Nothing was stored twice; sync again if something is missing.`,
      );
    }
    addSync(db, importId, { ...row, source, feed, detail: canonicalJson(detailOf(counts)) });
  };
}

export type Counts = Pick<ImportReport, 'read' | 'imported' | 'duplicates' | 'conflicts' | 'rejected'>;

/** Adds what a transaction brought to a report. */
export function addCounts(report: SyncReport, counts: Counts): void {
  for (const name of ['read', 'imported', 'duplicates', 'conflicts', 'rejected'] as const)
    report[name] += counts[name];
}

/**
 * The preset that reads a connection's records: the one it names; else the one that a person made for its source; else
 * its connector's; null leaves it to the records.
 */
export function presetFor({ store, connection }: Pick<SyncRun, 'store' | 'connection'>): string | null {
  if (connection.preset !== null) return connection.preset;
  const own = listOwnPresets(store).find(({ source }) => source === connection.source);
  if (own) return JSON.stringify(own.preset);
  return connection.kind === 'api' ? connection.connector.preset : null;
}

export const utcOrNull = (ms: number | null): string | null => (ms === null ? null : formatUtc(ms));

/** Notes an import of a sync in the activity log and in the sync's report. */
export function noteImported(
  { review, report }: Pick<SyncRun, 'review' | 'report'>,
  one: ImportReport,
): void {
  const { file, sha256, source, read, imported, duplicates, conflicts, rejected, root } = one;
  recordActivity(review, 'import', {
    file,
    sha256,
    source,
    read,
    imported,
    duplicates,
    conflicts,
    rejected,
    root,
  });
  report.imports.push(one);
}
