// The dictionaries of the log while an import writes: the codes of the thread that reads the file become ids of the
// log, found or added when a word comes for the first time. Only the ids are kept in memory; the few events that have to
// be compared read their words from the log again.

import type { Database } from 'better-sqlite3';
import { outcomes, timeBases } from '#core/model.ts';
import type { EventActor, EventKind, EventTarget, NewWords } from './batch.ts';

/** Ids in the log of the words of one kind, by code; there are `count`. */
export type WordIds = { ids: Float64Array; count: number };

export type Dictionary = {
  /** Takes in the words that come for the first time. */
  learn(fresh: NewWords): void;
  kinds: WordIds;
  actors: WordIds;
  targets: WordIds;
  subjects: WordIds;
  ips: WordIds;
  /** What codes stand for; null where they are -1. */
  kindOf(code: number): EventKind | null;
  actorOf(code: number): EventActor | null;
  targetOf(code: number): EventTarget | null;
  subjectOf(code: number): string | null;
  ipOf(code: number): string | null;
};

/** The id of a word; null where its code is -1. */
export function idOf({ ids, count }: WordIds, code: number): number | null {
  if (code === -1) return null;
  if (code >= count) throw new Error('A batch names a word that nobody knows.');
  return ids[code] as number;
}

/** The dictionary of one import. */
export function openDictionary(db: Database): Dictionary {
  const finder = (table: string, columns: readonly string[]) => {
    const same = columns.map((column) => `${column} IS ?`).join(' AND ');
    const find = db.prepare(`SELECT id FROM ${table} WHERE ${same}`).pluck();
    const places = columns.map(() => '?').join(', ');
    const add = db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`);
    return (...values: (string | number | null)[]) =>
      (find.get(...values) as number | undefined) ?? Number(add.run(...values).lastInsertRowid);
  };
  const kindId = finder('kind', ['action', 'category', 'field', 'outcome', 'time_basis']);
  const actorId = finder('actor', ['name', 'type']);
  const targetId = finder('target', ['type', 'target_id', 'name', 'scope']);
  const termId = finder('term', ['kind', 'text']);

  const reader = <Row>(table: string, columns: string) => {
    const read = db.prepare(`SELECT ${columns} FROM ${table} WHERE id = ?`);
    return (list: WordIds, code: number): Row | null => {
      const id = idOf(list, code);
      return id === null ? null : (read.get(id) as Row);
    };
  };
  type KindRow = Pick<EventKind, 'action' | 'category' | 'field'> & { outcome: number; timeBasis: number };
  const readKind = reader<KindRow>('kind', 'action, category, field, outcome, time_basis AS timeBasis');
  const readActor = reader<EventActor>('actor', 'name, type');
  const readTarget = reader<EventTarget>(
    'target',
    'type AS targetType, target_id AS targetId, name AS targetName, scope',
  );
  const readTerm = reader<{ text: string }>('term', 'text');

  const [kinds, actors, targets, subjects, ips] = [noWords(), noWords(), noWords(), noWords(), noWords()];
  return {
    learn(fresh) {
      if (fresh.restarts) for (const list of [kinds, actors, targets, subjects, ips]) list.count = 0;
      for (const { action, category, field, outcome, timeBasis } of fresh.kinds)
        add(kinds, kindId(action, category, field, outcomes.indexOf(outcome), timeBases.indexOf(timeBasis)));
      for (const { name, type } of fresh.actors) add(actors, actorId(name, type));
      for (const { targetType, targetId: id, targetName, scope } of fresh.targets)
        add(targets, targetId(targetType, id, targetName, scope));
      for (const subject of fresh.subjects) add(subjects, termId('subject', subject));
      for (const ip of fresh.ips) add(ips, termId('ip', ip));
    },
    kinds,
    actors,
    targets,
    subjects,
    ips,
    kindOf(code) {
      const row = readKind(kinds, code);
      if (!row) return null;
      const [outcome, timeBasis] = [outcomes[row.outcome], timeBases[row.timeBasis]];
      if (!outcome || !timeBasis) throw new Error('The log has a kind of event that nobody knows.');
      return { ...row, outcome, timeBasis };
    },
    actorOf: (code) => readActor(actors, code),
    targetOf: (code) => readTarget(targets, code),
    subjectOf: (code) => readTerm(subjects, code)?.text ?? null,
    ipOf: (code) => readTerm(ips, code)?.text ?? null,
  };
}

const noWords = (): WordIds => ({ ids: new Float64Array(64), count: 0 });

function add(list: WordIds, id: number): void {
  if (list.count === list.ids.length) {
    const larger = new Float64Array(list.count * 2);
    larger.set(list.ids);
    list.ids = larger;
  }
  list.ids[list.count++] = id;
}
