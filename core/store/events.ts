// Reads whole events from the log: the narrow row, its dictionary words and its record, joined. The one place that
// knows how an event's columns become an event again; lists, packs and verification all read through it.

import type { Database } from 'better-sqlite3';
import { AppError } from '#core/errors.ts';
import { parseUid, uidOf } from '#core/integrity/identity.ts';
import { readStoredRecord } from '#core/mapping/stored-record.ts';
import type { ActorType, Category, Event, MappedEvent } from '#core/model.ts';
import { outcomes, timeBases } from '#core/model.ts';
import { formatUtc } from '#core/time.ts';
import { rawOf } from './live.ts';
import type { Store } from './open.ts';

const selectFrom = (event: string, record: string, raw: string) => `
SELECT e.id, e.row, e.part, e.occurrence, e.version, e.uid_key AS uidKey, e.uid_tail AS uidTail, e.import_id AS importId,
  e.source_id AS sourceId, e.time, s.name AS source,
  kind.action, kind.category, kind.field, kind.outcome, kind.time_basis AS timeBasis,
  actor.name AS actor, actor.type AS actorType,
  target.type AS targetType, target.target_id AS targetId, target.name AS targetName, target.scope,
  subject.text AS subject, ip.text AS ip,
  r.vendor_id AS vendorId, r.time_text AS timeText, r.old_value AS oldValue, r.new_value AS newValue, ${raw} AS raw
FROM ${event} e
JOIN ${record} r ON r.event_id = e.id
JOIN source s ON s.id = e.source_id
JOIN kind ON kind.id = e.kind_id
LEFT JOIN actor ON actor.id = e.actor_id
LEFT JOIN target ON target.id = e.target_id
LEFT JOIN term subject ON subject.id = e.subject_id
LEFT JOIN term ip ON ip.id = e.ip_id`;

/** SELECT … FROM … for whole events; add WHERE, ORDER BY. The event table is `e`, its record `r`. */
export const selectEvents = selectFrom('event', 'record', 'r.raw');

/** The same for all that is stored, also of imports that were replaced: what proves and compares, never what answers. */
export const selectStoredEvents = selectFrom('stored_event', 'stored_record', rawOf('r'));

/** A row of `selectEvents`. */
export type EventRecord = {
  id: number;
  row: number;
  part: number;
  occurrence: number;
  version: number;
  uidKey: number;
  uidTail: number;
  importId: number;
  sourceId: number;
  time: number;
  timeBasis: number;
  outcome: number;
  source: string;
  action: string;
  category: Category;
  actor: string | null;
  actorType: ActorType | null;
  targetType: string | null;
  targetId: string | null;
  targetName: string | null;
  scope: string | null;
  subject: string | null;
  field: string | null;
  ip: string | null;
  vendorId: string | null;
  timeText: string | null;
  oldValue: string | null;
  newValue: string | null;
  raw: string;
};

/** The normalised part of a stored event. */
export function toMappedEvent(row: EventRecord): MappedEvent {
  return {
    time: row.time,
    timeText: row.timeText ?? formatUtc(row.time),
    timeBasis: timeBases[row.timeBasis] ?? 'assumed',
    action: row.action,
    category: row.category,
    actor: row.actor,
    actorType: row.actorType ?? 'unknown',
    targetType: row.targetType,
    targetId: row.targetId,
    targetName: row.targetName,
    scope: row.scope,
    subject: row.subject,
    field: row.field,
    oldValue: row.oldValue,
    newValue: row.newValue,
    ip: row.ip,
    outcome: outcomes[row.outcome] ?? 'unknown',
  };
}

/** The event with this uid. Throws AppError('not-found') when the log does not hold it, or it counts no more. */
export const findEvent = (store: Store, uid: string): EventRecord => findIn(store, uid, selectEvents);

/** The same, also of an import that was replaced. */
export const findStoredEvent = (store: Store, uid: string): EventRecord =>
  findIn(store, uid, selectStoredEvents);

function findIn({ db }: Store, uid: string, select: string): EventRecord {
  const parsed = parseUid(uid);
  const rows = parsed ? (db.prepare(`${select} WHERE e.uid_key = ?`).all(parsed.key) as EventRecord[]) : [];
  const row = rows.find((one) => toUid(one) === uid);
  if (!row) throw new AppError('not-found', `There is no event ${uid} in this workspace.`);
  return row;
}

/** What a uid is made of, as the event table has it. */
export type UidParts = Pick<EventRecord, 'uidKey' | 'uidTail' | 'part' | 'occurrence' | 'version'>;

/** The columns of `event e` that toUid needs. */
export const selectUid = 'e.uid_key AS uidKey, e.uid_tail AS uidTail, e.part, e.occurrence, e.version';

/** The uid of a stored event. */
export function toUid(row: UidParts): string {
  return uidOf({ key: row.uidKey, tail: row.uidTail }, row);
}

/** A reader that turns rows into events, knowing each import's columns. Make one for each pass over the log. */
export function createEventReader(db: Database): (row: EventRecord) => Event {
  const columnsOf = createColumnsLookup(db);
  return (row) => ({
    uid: toUid(row),
    ...toMappedEvent(row),
    time: formatUtc(row.time),
    source: row.source,
    import: row.importId,
    row: row.row,
    raw: readStoredRecord(row.raw, columnsOf(row.importId)).shown,
  });
}

/** The CSV header of an import, null for JSON. */
export function createColumnsLookup(db: Database): (importId: number) => readonly string[] | null {
  const select = db.prepare('SELECT columns FROM stored_import WHERE id = ?').pluck();
  const known = new Map<number, readonly string[] | null>();
  return (importId) => {
    let columns = known.get(importId);
    if (columns === undefined) {
      const json = select.get(importId) as string | null | undefined;
      columns = json ? (JSON.parse(json) as string[]) : null;
      known.set(importId, columns);
    }
    return columns;
  };
}
