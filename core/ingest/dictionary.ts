// The dictionaries of the log while an import writes: the codes of the thread that reads the file become ids of the
// log, found or added when a word comes for the first time.

import type { Database } from 'better-sqlite3';
import { outcomes, timeBases } from '#core/model.ts';
import type { EventActor, EventKind, EventTarget, NewWords } from './batch.ts';

/** A word with its id in the log. `leaf` is what the log's leaves say of it, see leaf-text.ts. */
export type Word<T, Leaf> = { id: number; word: T; leaf: Leaf };

/** The words of one import, by code. */
export type Words<Leaf> = { [Key in keyof WordTypes]: Word<WordTypes[Key], Leaf>[] };
type WordTypes = {
  kinds: EventKind;
  actors: EventActor;
  targets: EventTarget;
  subjects: string;
  ips: string;
};

/** Keeps the words of an import; `leavesOf` says what a leaf has of each kind of word. */
export function openDictionary<Leaf>(
  db: Database,
  leavesOf: { [Key in keyof WordTypes]: (word: WordTypes[Key]) => Leaf },
): { words: Words<Leaf>; learn(fresh: NewWords): void } {
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

  const words: Words<Leaf> = { kinds: [], actors: [], targets: [], subjects: [], ips: [] };
  return {
    words,
    learn(fresh) {
      if (fresh.restarts) for (const list of Object.values(words)) list.length = 0;
      for (const word of fresh.kinds) {
        const { action, category, field, outcome, timeBasis } = word;
        const id = kindId(action, category, field, outcomes.indexOf(outcome), timeBases.indexOf(timeBasis));
        words.kinds.push({ id, word, leaf: leavesOf.kinds(word) });
      }
      for (const word of fresh.actors)
        words.actors.push({ id: actorId(word.name, word.type), word, leaf: leavesOf.actors(word) });
      for (const word of fresh.targets) {
        const id = targetId(word.targetType, word.targetId, word.targetName, word.scope);
        words.targets.push({ id, word, leaf: leavesOf.targets(word) });
      }
      for (const word of fresh.subjects)
        words.subjects.push({ id: termId('subject', word), word, leaf: leavesOf.subjects(word) });
      for (const word of fresh.ips)
        words.ips.push({ id: termId('ip', word), word, leaf: leavesOf.ips(word) });
    },
  };
}
