// One event computed again from what is stored: its record's hash, the event its record leads to by the preset of its
// import, its leaf, and the proof that the leaf is in the log. Leaves are not stored, so a proof reads every event
// from its import on; what stands before comes from the tree that each import left behind.

import { AppError } from '#core/errors.ts';
import type { EventVerification } from '#core/event-model.ts';
import type { Check, Progress, VerifyFailure } from '#core/model.ts';
import { type EventRecord, findStoredEvent } from '#core/store/events.ts';
import { importLeafText } from '#core/store/imports.ts';
import type { Store } from '#core/store/open.ts';
import { createProofBuilder, rootOfProof } from './inclusion.ts';
import { leafHash } from './merkle.ts';
import { leafAsStored, treeBefore } from './prove-events.ts';
import { createEventCheck, eventsOf, type ImportRow, listImportRows } from './verify-log.ts';

type Options = { signal: AbortSignal; progress(progress: Progress): void };

/**
 * Verifies one event. Each check passed or failed; none is skipped. Throws AppError('not-found') when the log does not
 * hold the event, and the signal's reason when it aborts.
 */
export async function verifyEvent(store: Store, uid: string, options: Options): Promise<EventVerification> {
  const row = findStoredEvent(store, uid);
  const imports = listImportRows(store).filter(({ id }) => id >= row.importId);
  const own = imports[0];
  if (own?.id !== row.importId)
    throw new AppError('not-found', `The import that stored the event ${uid} is not there any more.`);
  const failures: VerifyFailure[] = [];
  const leaf = createEventCheck(own, (check, where, detail) => failures.push({ check, where, detail }))(row);
  const said = (name: string, sound: string): Check => {
    const found = failures.filter(({ check }) => check === name);
    return found.length === 0
      ? { name, status: 'passed', detail: sound }
      : { name, status: 'failed', detail: found.map(({ detail }) => detail).join('; ') };
  };
  const checks = [
    said('records', 'The stored record has the SHA-256 that the event’s id was made from.'),
    said('events', 'Mapped again with the preset kept for its import, the record gives this very event.'),
    await proveInclusion(store, imports, row, leaf, options),
  ];
  return { uid, ok: checks.every(({ status }) => status === 'passed'), checks, leaf: leaf.toString('hex') };
}

async function proveInclusion(
  store: Store,
  imports: readonly ImportRow[],
  row: EventRecord,
  leaf: Buffer,
  { signal, progress }: Options,
): Promise<Check> {
  const [own, last] = [imports[0] as ImportRow, imports.at(-1) as ImportRow];
  const before = treeBefore(store, own.id);
  const proof = createProofBuilder(before.size + row.id - own.first_event_id, before);
  const total = last.log_size - before.size;
  let done = 0;
  for (const one of imports) {
    const columns = one.columns === null ? null : (JSON.parse(one.columns) as string[]);
    for (const event of eventsOf(store, one)) {
      proof.append(event.id === row.id ? leaf : leafAsStored(one, columns, event));
      if (++done % 2000 === 0) {
        progress({ stage: 'Proving the event against the log', done, total, unit: 'events' });
        // Gives a cancel the chance to arrive.
        await new Promise((resolve) => setImmediate(resolve));
        signal.throwIfAborted();
      }
    }
    const { source: _source, mapping_json: _mapping, ...fixed } = one;
    proof.append(leafHash(importLeafText(store, fixed)));
  }
  const { index, size, path } = proof.finish();
  const root = rootOfProof(leaf, { index, size, path })?.toString('hex');
  const isIn = root === last.log_root && size === last.log_size;
  const way = `leaf ${index + 1} of ${size}, ${path.length} neighbouring hashes`;
  return {
    name: 'log',
    status: isIn ? 'passed' : 'failed',
    detail: isIn
      ? `Its leaf leads to the root of the log, ${last.log_root} (${way}).`
      : `Its leaf leads to the root ${root ?? 'of no log'} (${way}), and the log was stored with ${last.log_size} leaves and the root ${last.log_root}. This event or another one from its import on was altered; the verification of the whole log says which.`,
  };
}
