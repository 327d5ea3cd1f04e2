// Proofs for many events in one pass. Leaves are not stored, so the pass reads every event from the earliest import that
// holds one of them on; what stands before comes from the tree that each import left behind.

import { AppError } from '#core/errors.ts';
import { readStoredRecord } from '#core/mapping/stored-record.ts';
import type { Progress } from '#core/model.ts';
import { type EventRecord, findStoredEvent, toMappedEvent, toUid } from '#core/store/events.ts';
import { importLeafText } from '#core/store/imports.ts';
import type { Store } from '#core/store/open.ts';
import { hashRecord, leafText } from './identity.ts';
import { createProofsBuilder, type InclusionProof, rootOfProof } from './inclusion.ts';
import { leafHash } from './merkle.ts';
import { eventsOf, type ImportRow, listImportRows } from './verify-log.ts';

/**
 * Proves events in the log as it was with `log.size` leaves: later imports do not count. By uid, in the order asked for.
 * Throws AppError('not-found') for an event that is not in the log, ('input') where one does not lead to the log's root,
 * and the signal's reason when it aborts.
 */
export async function proveEvents(
  store: Store,
  uids: readonly string[],
  log: { size: number; root: string | null },
  { signal, progress }: { signal: AbortSignal; progress(progress: Progress): void },
): Promise<Map<string, InclusionProof>> {
  const rows = new Map(uids.map((uid) => [uid, findStoredEvent(store, uid)]));
  const first = Math.min(...[...rows.values()].map(({ importId }) => importId));
  const imports = listImportRows(store).filter((one) => one.id >= first && one.log_size <= log.size);
  const before = treeBefore(store, first);
  const firstLeaf = new Map(imports.map((one) => [one.id, one.log_size - one.imported - 1]));
  const firstEvent = new Map(imports.map((one) => [one.id, one.first_event_id]));
  const indexOf = ({ importId, id }: EventRecord) =>
    (firstLeaf.get(importId) ?? Number.NaN) + id - (firstEvent.get(importId) ?? 0);
  const builder = createProofsBuilder([...rows.values()].map(indexOf), before);
  const wanted = new Set([...rows.values()].map(({ id }) => id));
  const leaves = new Map<number, Buffer>();
  const total = log.size - before.size;
  let done = 0;
  for (const one of imports) {
    const columns = one.columns === null ? null : (JSON.parse(one.columns) as string[]);
    for (const event of eventsOf(store, one)) {
      const leaf = leafAsStored(one, columns, event);
      builder.append(leaf);
      if (wanted.has(event.id)) leaves.set(event.id, leaf);
      if (++done % 2000 === 0) {
        progress({ stage: 'Proving the sampled rows against the log', done, total, unit: 'events' });
        // Gives a cancel the chance to arrive.
        await new Promise((resolve) => setImmediate(resolve));
        signal.throwIfAborted();
      }
    }
    const { source: _source, mapping_json: _mapping, ...fixed } = one;
    builder.append(leafHash(importLeafText(store, fixed)));
  }
  const proofs = builder.finish();
  return new Map(
    [...rows].map(([uid, row], at) => {
      const leaf = leaves.get(row.id) as Buffer;
      const proof = proofs[at] as InclusionProof;
      if (rootOfProof(leaf, proof)?.toString('hex') !== log.root)
        throw new AppError(
          'input',
          `The event ${uid} does not lead to the root of the log: something in the log was altered. Verify the workspace, which says what.`,
        );
      return [uid, proof];
    }),
  );
}

/** The log's tree as it was when an import began. */
export function treeBefore(store: Store, id: number): { size: number; frontier: Uint8Array } {
  const row = store.db
    .prepare(
      'SELECT log_size AS size, log_frontier AS frontier FROM stored_import WHERE id < ? ORDER BY id DESC LIMIT 1',
    )
    .get(id) as { size: number; frontier: Buffer } | undefined;
  return row ?? { size: 0, frontier: new Uint8Array() };
}

/** The leaf of an event from what is stored, without mapping it again. */
export function leafAsStored(one: ImportRow, columns: readonly string[] | null, row: EventRecord): Buffer {
  let recordHash = '';
  try {
    recordHash = hashRecord(readStoredRecord(row.raw, columns).canonical);
  } catch {
    // An unreadable record has no hash: the proof fails then.
  }
  const { source, id } = one;
  const event = toMappedEvent(row);
  return leafHash(leafText({ uid: toUid(row), source, import: id, row: row.row, recordHash, event }));
}
