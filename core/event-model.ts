// The words of what is asked about a single event as types; shapes only, as in model.ts.

import type { Check, Event, EventRow, FileFormat, RowKind } from './model.ts';

/** An event with what the detail pane shows beside it: the proof of where it comes from. */
export type EventDetail = {
  event: Event;
  recordHash: string;
  /** The record exactly as it is stored. */
  rawText: string;
  provenance: {
    file: string;
    sha256: string;
    bytes: number;
    importedAt: string;
    /** Where its import was replaced: this is what the record was mapped to then, and counts no more. */
    replacedBy: { import: number; at: string } | null;
    preset: string;
    format: FileFormat;
    /** `line` for CSV and NDJSON, `record` for a JSON array. */
    rowKind: RowKind;
    /** Where the row begins in the unpacked file, in bytes from 0; null where that is not known. */
    byte: number | null;
  };
};

/** One event verified: `checks` are records, events and log, and `leaf` is what stands for it there, hex. */
export type EventVerification = { uid: string; ok: boolean; checks: Check[]; leaf: string };

/**
 * An event's uid without the how many-th mapping of its record it is. What people say of an event is said of this: it
 * stays where it is when the record is mapped again.
 */
export const anyMapping = (uid: string): string => uid.replace(/~\d+$/, '');

/** What events can share with one another. */
export const neighbourKeys = ['target', 'actor', 'ip'] as const;
export type NeighbourKey = (typeof neighbourKeys)[number];

/** An event near another one, and what it shares with it. */
export type Neighbour = EventRow & { same: NeighbourKey[] };

/** What happened around an event: everything of [from, to), ISO 8601 UTC, that shares one of some things with it. */
export type Neighbours = {
  uid: string;
  from: string;
  to: string;
  /** What the event has of what was asked: how many events of the span share it, itself included, and their filter. */
  shared: { key: NeighbourKey; value: string; events: number; filter: string }[];
  /** The nearest ones in order of time, the event itself among them. */
  rows: Neighbour[];
  /** How many more there are before and after those. */
  earlier: number;
  later: number;
};

/** What somebody says of an event: the newest one counts, the older ones stay. Without note and tags it says nothing any more. */
export type Annotation = {
  /** Uid, whichever mapping of its record it is. */
  event: string;
  at: string;
  /** As they named themselves, and the account of this computer they worked under. */
  person: string;
  account: string;
  note: string;
  tags: string[];
};

/** One person under several names: what somebody merged. The newest version of a name counts; without members it is taken apart. */
export type Identity = {
  name: string;
  /** Names of actors and subjects as sources write them. */
  members: string[];
  at: string;
  person: string;
  account: string;
};
/** Names that may be one person's: their whole address is the same but for case, or what stands before its @. */
export type IdentityProposal = { reason: 'same-address' | 'same-name'; members: string[] };
