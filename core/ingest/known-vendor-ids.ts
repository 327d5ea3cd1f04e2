// Which stored events have a vendor's own id, and which of those say the same as a record that comes with it.

import type { Database } from 'better-sqlite3';
import { vendorKey } from '#core/integrity/identity.ts';
import type { RuleFinder } from '#core/mapping/classify.ts';
import type { MappedEvent } from '#core/model.ts';
import { type EventRecord, selectEvents, toMappedEvent } from '#core/store/events.ts';
import type { EventFinder } from './event-finder.ts';
import { createKeyMap } from './key-map.ts';
import { meaningOf } from './same-event.ts';

/** The stored events with one vendor id that say the same. `next`: those before it are known to be taken. */
export type Equals = { ids: number[]; next: number };

/** What a record with a known vendor id says beside them: a conflict where all of them say something else. */
export type Compared = { equal: Equals; isConflict: boolean };

/** A vendor id that a new event has, its key, and what the event says. */
export type VendorIdentity = { key: number; vendorId: string; read(): MappedEvent };

export type KnownVendorIds = {
  /** Compares an event with those that have its vendor id. */
  compare(event: VendorIdentity): Compared;
  /** An event with a vendor id is stored, under this id. */
  noteStored(event: VendorIdentity, id: number): void;
};

/** From this many on the events with one vendor id, and those that say the same, are kept in memory. */
const few = 8;

/**
 * The vendor ids of a source while one import adds to it. `isKept` says of an event that it stands for a record which is
 * not read again: it cannot stand for a second one.
 */
export function openKnownVendorIds(
  db: Database,
  options: {
    sourceId: number;
    finder: EventFinder;
    ruleFor: RuleFinder;
    isKept(id: number): boolean;
    /** Brings the events up to this one into the database. */
    flush(id: number): void;
  },
): KnownVendorIds {
  const { sourceId, finder, ruleFor, isKept, flush } = options;
  const readById = db.prepare(`${selectEvents} WHERE e.id = ?`);

  // Events with one vendor id may be many, when a file has the same in each row: what they say is read once and found
  // by a hash of it, because reading a hundred thousand for each of a hundred thousand would take for ever.
  const crowds = new Map<string, { isHeld: boolean }>();
  const meanings = createKeyMap();
  // Of what they say, what many of them say.
  const groups = new Map<string, Compared>();

  /** Events with exactly this vendor id, one by one. Those of imports that were replaced are not there. */
  function* read(ids: readonly number[], vendorId: string): Generator<EventRecord> {
    flush(ids.at(-1) ?? 0);
    for (const id of ids) {
      const row = readById.get(id) as EventRecord | undefined;
      if (row && row.sourceId === sourceId && row.vendorId === vendorId) yield row;
    }
  }

  const keyOf = (vendorId: string, meaning: string) => vendorKey(`${vendorId}\0${meaning}`);
  const meaningOfRow = (row: EventRecord) => meaningOf(toMappedEvent(row), ruleFor);

  function compareWith(ids: readonly number[], vendorId: string, meaning: string, isHeld: boolean): Compared {
    const equal: number[] = [];
    for (const row of read(ids, vendorId)) {
      isHeld = true;
      if (meaningOfRow(row) === meaning) equal.push(row.id);
    }
    const free = equal.filter((id) => !isKept(id));
    return { equal: { ids: free, next: 0 }, isConflict: isHeld && equal.length === 0 };
  }

  function openCrowd(ids: readonly number[], vendorId: string): { isHeld: boolean } {
    const crowd = { isHeld: false };
    for (const row of read(ids, vendorId)) {
      crowd.isHeld = true;
      meanings.add(keyOf(vendorId, meaningOfRow(row)), row.id);
    }
    crowds.set(vendorId, crowd);
    return crowd;
  }

  return {
    compare({ key, vendorId, read: readNew }) {
      let crowd = crowds.get(vendorId);
      if (!crowd) {
        const ids = finder.find(key);
        if (ids.length === 0) return { equal: { ids: [], next: 0 }, isConflict: false };
        if (ids.length < few) return compareWith(ids, vendorId, meaningOf(readNew(), ruleFor), false);
        crowd = openCrowd(ids, vendorId);
      }
      const meaning = meaningOf(readNew(), ruleFor);
      const name = `${vendorId}\0${meaning}`;
      const known = groups.get(name);
      if (known) return known;
      const ids = meanings.find(keyOf(vendorId, meaning));
      const compared = compareWith(ids, vendorId, meaning, crowd.isHeld);
      if (ids.length >= few) groups.set(name, compared);
      return compared;
    },
    noteStored({ key, vendorId, read: readNew }, id) {
      const crowd = crowds.get(vendorId);
      if (!crowd) {
        finder.add(key, id);
        return;
      }
      const meaning = meaningOf(readNew(), ruleFor);
      crowd.isHeld = true;
      meanings.add(keyOf(vendorId, meaning), id);
      const group = groups.get(`${vendorId}\0${meaning}`);
      if (!group) return;
      group.equal.ids.push(id);
      group.isConflict = false;
    },
  };
}
