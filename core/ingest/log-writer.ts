// Writes batches into the log, deciding for each record whether it is new, a duplicate or a conflict. Runs inside the
// import's transaction; what it decides rests on the log alone, so a second import of the same file decides the same.

import type { Database } from 'better-sqlite3';
import { leafText, type RecordIdentity, uidOf } from '#core/integrity/identity.ts';
import { leafHash } from '#core/integrity/merkle.ts';
import { createRuleFinder } from '#core/mapping/classify.ts';
import type { Preset } from '#core/mapping/preset.ts';
import { type Batch, slot, stride, textSlot } from './batch.ts';
import { readEvent, textOf } from './batch-event.ts';
import { idOf, openDictionary } from './dictionary.ts';
import { openDuplicates } from './duplicates.ts';
import { type EventFinder, findInIndex, findWithoutIndex, type KeyColumn } from './event-finder.ts';
import { createEventInserter, type StoredPlace } from './insert-events.ts';
import { type FoundRecord, openKnownRecords } from './known-records.ts';
import { openKnownVendorIds, type VendorIdentity } from './known-vendor-ids.ts';
import { createLeafHasher } from './leaves.ts';
import type { LogTrees } from './log-trees.ts';

export type WriterTarget = {
  importId: number;
  sourceId: number;
  source: string;
  preset: Preset;
  /** The CSV header; null for JSON. */
  columns: readonly string[] | null;
  /** Of an import that brings much of what the log will hold, about how many records; null of any other. */
  expected: number | null;
  /** The imports that count no more, this one's own predecessor among them. */
  replaced: ReadonlySet<number>;
  /** Of a re-map: what the import it replaces found to be held by others, and which it does not read again. */
  kept: KeptDuplicates | null;
};

/** How many they were, and the events they were found equal to. */
export type KeptDuplicates = { count: number; events: ReadonlySet<number> };

export type WriteCounts = {
  read: number;
  imported: number;
  duplicates: number;
  /** Stored, although their vendor id was known with other content. */
  conflicts: number;
  rejected: number;
};

export type LogWriter = {
  /** Id that the first event stored by this writer gets. */
  firstEventId: number;
  /** Of everything written so far; read = imported + duplicates + rejected. */
  counts: Readonly<WriteCounts>;
  write(batch: Batch): void;
  /** Brings everything into the database, where the last rows may be missing until then. Nothing is written after it. */
  end(): void;
};

/** A writer for one import. Its leaves are appended to `trees`. */
export function createLogWriter(db: Database, target: WriterTarget, trees: LogTrees): LogWriter {
  const { importId, sourceId, expected } = target;
  const firstEventId =
    (db.prepare('SELECT coalesce(max(id), 0) FROM stored_event').pluck().get() as number) + 1;
  const held = target.kept?.count ?? 0;
  const counts: WriteCounts = { read: held, imported: 0, duplicates: held, conflicts: 0, rejected: 0 };
  const dictionary = openDictionary(db);
  const hasher = createLeafHasher(importId, target.source);
  let leafMemory = new ArrayBuffer(0);
  const inserter = createEventInserter(db, { importId, sourceId, firstEventId });
  const { flush } = inserter;
  const openFinder = (column: KeyColumn): EventFinder =>
    expected === null
      ? findInIndex(db, column, { flush })
      : findWithoutIndex(db, column, { flush, expected });
  const records = openFinder('uid_key');
  const vendorKeys = openFinder('vendor_key');
  const vendorIds = openKnownVendorIds(db, {
    sourceId,
    finder: vendorKeys,
    ruleFor: createRuleFinder(target.preset),
    isKept: (id) => target.kept?.events.has(id) ?? false,
    flush,
  });

  const duplicates = openDuplicates(db, importId);
  const addRejection = db.prepare(
    'INSERT INTO rejection (import_id, number, row, reason, raw) VALUES (?, ?, ?, ?, ?)',
  );
  const addLines = db.prepare('INSERT INTO line_block (import_id, line, byte, lengths) VALUES (?, ?, ?, ?)');

  const known = openKnownRecords(db, {
    importId,
    sourceId,
    columns: target.columns,
    finder: records,
    replaced: target.replaced,
    isTaken: duplicates.isTaken,
    flush,
  });

  function write(batch: Batch): void {
    dictionary.learn(batch.newWords);
    hasher.learn(batch.newWords);
    if (!batch.leaves && leafMemory.byteLength < batch.events * 32)
      leafMemory = new ArrayBuffer(batch.events * 32);
    const leaves = batch.leaves ?? hasher.hash(batch, leafMemory);
    const { numbers, hashes } = batch;
    counts.read += batch.read;
    if (batch.lines) {
      const { line, byte, lengths } = batch.lines;
      addLines.run(importId, line, byte, lengths);
    }
    for (const { row, reason, raw } of batch.rejected) {
      counts.rejected += 1;
      addRejection.run(importId, counts.rejected, row, reason, raw);
    }
    let record = -1;
    let storedRecord = -1;
    // Only asked for where a record may not be the first of its kind.
    const recordHash = () => hashes.toString('hex', record * 32, record * 32 + 32);
    let identity: RecordIdentity = { key: 0, tail: 0 };
    let found: FoundRecord = { stored: null, occurrence: 1, version: 1, rawOf: null };
    // Set when a part of the present record was found to be said already.
    let absorbedHash: string | null = null;
    const endRecord = () => {
      // One of which a part is stored is counted by its occurrence.
      if (absorbedHash !== null && !found.stored && storedRecord !== record)
        duplicates.noteAbsorbed(absorbedHash);
      absorbedHash = null;
    };
    for (let event = 0; event < batch.events; event++) {
      const at = event * stride;
      const row = numbers[at + slot.row] as number;
      const part = numbers[at + slot.part] as number;
      if (numbers[at + slot.record] !== record) {
        endRecord();
        record = numbers[at + slot.record] as number;
        identity = { key: numbers[at + slot.uidKey] as number, tail: numbers[at + slot.uidTail] as number };
        found = known.find(identity, recordHash, () => textOf(batch, event, textSlot.raw) as string);
        if (found.stored?.[0]) duplicates.noteSameRecord(found.stored[0].id, row);
      }
      const first = found.stored?.[0];
      if (first) {
        const same = found.stored?.find((one) => one.part === part);
        // Split otherwise than when it was stored, by another version of the preset: it is still the same record.
        if (same || (first.part === 0) !== (part === 0)) {
          if (same) duplicates.noteSameRecord(same.id, row);
          counts.duplicates += 1;
          continue;
        }
      }
      let isConflict = false;
      let vendor: VendorIdentity | null = null;
      const vendorId = textOf(batch, event, textSlot.vendorId);
      if (vendorId !== null) {
        const key = numbers[at + slot.vendorKey] as number;
        vendor = { key, vendorId, read: () => readEvent(batch, event, dictionary) };
        const { equal, isConflict: differs } = vendorIds.compare(vendor);
        if (equal.ids.length > 0) {
          // The how many-th record of this file, equal to the last letter, this is: those found equal to a stored
          // record, or stored, are what its occurrence counts.
          const name = recordHash();
          if (found.occurrence + duplicates.absorbed(name) <= equal.ids.length) {
            absorbedHash = name;
            duplicates.noteSameMeaning(duplicates.firstFree(equal), row);
            counts.duplicates += 1;
            continue;
          }
        }
        isConflict = differs;
      }
      if (storedRecord !== record) known.noteStored(recordHash);
      storedRecord = record;
      const id = store(batch, leaves, event, recordHash, identity, found);
      if (vendor) vendorIds.noteStored(vendor, id);
      counts.imported += 1;
      if (isConflict) counts.conflicts += 1;
    }
    endRecord();
    // The batch's memory is used again for another one.
    inserter.endBatch();
  }

  function store(
    batch: Batch,
    leaves: Buffer,
    event: number,
    recordHash: () => string,
    identity: RecordIdentity,
    place: StoredPlace,
  ): number {
    const { numbers } = batch;
    const { occurrence, version } = place;
    const at = event * stride;
    const kind = idOf(dictionary.kinds, numbers[at + slot.kind] as number);
    if (kind === null) throw new Error('An event has no kind.');
    const id = inserter.add(batch, event, place, {
      kind,
      actor: idOf(dictionary.actors, numbers[at + slot.actor] as number),
      target: idOf(dictionary.targets, numbers[at + slot.target] as number),
      subject: idOf(dictionary.subjects, numbers[at + slot.subject] as number),
      ip: idOf(dictionary.ips, numbers[at + slot.ip] as number),
    });
    records.add(identity.key, id);
    if (occurrence === 1 && version === 1) trees.append(leaves, event * 32);
    else {
      const leaf = leafText({
        uid: uidOf(identity, { part: numbers[at + slot.part] as number, occurrence, version }),
        source: target.source,
        import: importId,
        row: numbers[at + slot.row] as number,
        recordHash: recordHash(),
        event: readEvent(batch, event, dictionary),
      });
      trees.append(leafHash(leaf), 0);
    }
    return id;
  }

  return {
    firstEventId,
    counts,
    write,
    end() {
      flush();
      records.close();
      vendorKeys.close();
      duplicates.close();
    },
  };
}
