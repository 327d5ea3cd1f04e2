// The dictionaries of the log while an import writes: the codes of the thread that reads the file become ids of the
// log, found or added when a word comes for the first time.

import type { Database } from 'better-sqlite3';
import { outcomes, timeBases } from '#core/model.ts';
import type { EventActor, EventKind, EventTarget, NewWords } from './batch.ts';

/** A word with its id in the log. */
export type Word<T> = { id: number; word: T };

/** The words of one import, by code. */
export type Words = { [Key in keyof WordTypes]: Word<WordTypes[Key]>[] };
type WordTypes = {
  kinds: EventKind;
  actors: EventActor;
  targets: EventTarget;
  subjects: string;
  ips: string;
};

/** Keeps the words of an import. */
export function openDictionary(db: Database): { words: Words; learn(fresh: NewWords): void } {
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

  const words: Words = { kinds: [], actors: [], targets: [], subjects: [], ips: [] };
  return {
    words,
    learn(fresh) {
      if (fresh.restarts) for (const list of Object.values(words)) list.length = 0;
      for (const word of fresh.kinds) {
        const { action, category, field, outcome, timeBasis } = word;
        const id = kindId(action, category, field, outcomes.indexOf(outcome), timeBases.indexOf(timeBasis));
        words.kinds.push({ id, word });
      }
      for (const word of fresh.actors) words.actors.push({ id: actorId(word.name, word.type), word });
      for (const word of fresh.targets) {
        const id = targetId(word.targetType, word.targetId, word.targetName, word.scope);
        words.targets.push({ id, word });
      }
      for (const word of fresh.subjects) words.subjects.push({ id: termId('subject', word), word });
      for (const word of fresh.ips) words.ips.push({ id: termId('ip', word), word });
    },
  };
}
