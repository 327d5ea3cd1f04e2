// The dictionaries of the log while an import writes: the codes of the thread that reads the file become ids of the
// log, found or added when a word comes for the first time.

import type { Database } from 'better-sqlite3';
import { outcomes, timeBases } from '#core/model.ts';
import type { EventActor, EventKind, EventTarget, NewWords } from './batch.ts';

/** Words by code, and their ids in the log: apart, since an event needs no more than the ids. */
export type WordList<T> = { words: T[]; ids: Float64Array };

/** The words of one import. */
export type Words = { [Key in keyof WordTypes]: WordList<WordTypes[Key]> };
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

  const words: Words = {
    kinds: noWords(),
    actors: noWords(),
    targets: noWords(),
    subjects: noWords(),
    ips: noWords(),
  };
  return {
    words,
    learn(fresh) {
      if (fresh.restarts) for (const list of Object.values(words)) list.words.length = 0;
      for (const word of fresh.kinds) {
        const { action, category, field, outcome, timeBasis } = word;
        const id = kindId(action, category, field, outcomes.indexOf(outcome), timeBases.indexOf(timeBasis));
        add(words.kinds, word, id);
      }
      for (const word of fresh.actors) add(words.actors, word, actorId(word.name, word.type));
      for (const word of fresh.targets) {
        const id = targetId(word.targetType, word.targetId, word.targetName, word.scope);
        add(words.targets, word, id);
      }
      for (const word of fresh.subjects) add(words.subjects, word, termId('subject', word));
      for (const word of fresh.ips) add(words.ips, word, termId('ip', word));
    },
  };
}

const noWords = <T>(): WordList<T> => ({ words: [], ids: new Float64Array(64) });

function add<T>(list: WordList<T>, word: T, id: number): void {
  const code = list.words.push(word) - 1;
  if (code === list.ids.length) {
    const larger = new Float64Array(code * 2);
    larger.set(list.ids);
    list.ids = larger;
  }
  list.ids[code] = id;
}
