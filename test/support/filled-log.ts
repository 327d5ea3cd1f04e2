// Fills a log's tables with events of any shape, as an import would leave them: for tests of readers, which need more
// kinds of logs than there are exports. The hashes of such a log prove nothing.

import { uidOf } from '#core/integrity/identity.ts';
import type { ActorType, Category, Outcome } from '#core/model.ts';
import { outcomes } from '#core/model.ts';
import type { Store } from '#core/store/open.ts';

export type PlainEvent = {
  time: number;
  source: string;
  action: string;
  category: Category;
  actor: string | null;
  actorType: ActorType;
  targetType: string | null;
  targetId: string | null;
  targetName: string | null;
  subject: string | null;
  field: string | null;
  ip: string | null;
  outcome: Outcome;
  text: string;
};

/** Adds these events as one import and gives their uids. */
export function addEvents(store: Store, events: readonly PlainEvent[]): string[] {
  const { db } = store;
  const ids = new Map<string, number>();
  const find = (table: string, word: Record<string, string | number | null>): number => {
    const name = JSON.stringify([table, word]);
    const id = ids.get(name) ?? findOrAdd(table, word);
    ids.set(name, id);
    return id;
  };
  const findOrAdd = (table: string, word: Record<string, string | number | null>): number => {
    const names = Object.keys(word);
    const same = names.map((name) => `${name} IS ?`).join(' AND ');
    const values = Object.values(word);
    const known = db.prepare(`SELECT id FROM ${table} WHERE ${same}`).pluck().get(values);
    if (known !== undefined) return known as number;
    const places = names.map(() => '?').join(', ');
    const sql = `INSERT INTO ${table} (${names.join(', ')}) VALUES (${places})`;
    return Number(db.prepare(sql).run(values).lastInsertRowid);
  };
  const source = (name: string) => find('source', { name, created_at: 0 });
  const term = (kind: string, text: string | null) => (text === null ? null : find('term', { kind, text }));
  const addEvent = db.prepare(
    `INSERT INTO stored_event (id, import_id, source_id, row, part, occurrence, version, uid_key, uid_tail, time, kind_id, actor_id,
       target_id, subject_id, ip_id) VALUES (?, ?, ?, ?, 0, 1, 1, ?, 0, ?, ?, ?, ?, ?, ?)`,
  );
  const addRecord = db.prepare('INSERT INTO stored_record (event_id, raw) VALUES (?, ?)');
  const add = db.transaction(() => {
    source('Plant A');
    const json = JSON.stringify({ name: 'test', retention: { text: '' }, blindSpots: [], assumed: [] });
    find('mapping', { preset: 'test', version: 1, sha256: '', json });
    const importId = (db.prepare('SELECT count(*) FROM import').pluck().get() as number) + 1;
    const first = (db.prepare('SELECT coalesce(max(id), 0) FROM event').pluck().get() as number) + 1;
    const uids = events.map((event, at) => {
      const id = first + at;
      const { targetType: type, targetId, targetName: name } = event;
      addEvent.run(
        id,
        importId,
        source(event.source),
        at + 1,
        id,
        event.time,
        find('kind', {
          action: event.action,
          category: event.category,
          field: event.field,
          outcome: outcomes.indexOf(event.outcome),
          time_basis: 0,
        }),
        event.actor === null ? null : find('actor', { name: event.actor, type: event.actorType }),
        type === null && targetId === null && name === null
          ? null
          : find('target', { type, target_id: targetId, name, scope: null }),
        term('subject', event.subject),
        term('ip', event.ip),
      );
      addRecord.run(id, JSON.stringify({ text: event.text }));
      return uidOf({ key: id, tail: 0 }, { part: 0, occurrence: 1, version: 1 });
    });
    db.prepare(
      `INSERT INTO stored_import (source_id, mapping_id, variant, file, sha256, bytes, format, encoding, newest_first, read,
         first_event_id, imported, duplicates, conflicts, rejected, warnings, root, log_size, log_root, log_frontier,
         started_at, ms)
       VALUES (1, 1, '', '', '', 0, 'csv', 'utf-8', 0, ?, ?, ?, 0, 0, 0, '[]', '', 0, '', x'', 0, 0)`,
    ).run(events.length, first, events.length);
    return uids;
  });
  return add();
}
