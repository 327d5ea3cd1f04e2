// The dictionaries of the log while an import writes: word → id, found or added. Cached, because the same few
// thousand words come millions of times; bounded, because a hostile file may never repeat one.

import type { Database } from 'better-sqlite3';
import type { ActorType } from '../model.ts';

export type TermKind = 'action' | 'category' | 'scope' | 'subject' | 'field' | 'ip';

/** Each gives the id of a word, adding it where it is new; null stays null. */
export type Dictionary = {
  term(kind: TermKind, text: string): number;
  termOrNull(kind: TermKind, text: string | null): number | null;
  actor(name: string | null, type: ActorType): number | null;
  target(type: string | null, id: string | null, name: string | null): number | null;
};

const cacheLimit = 200_000;

export function openDictionary(db: Database): Dictionary {
  const findTerm = db.prepare('SELECT id FROM term WHERE kind = ? AND text = ?').pluck();
  const addTerm = db.prepare('INSERT INTO term (kind, text) VALUES (?, ?)');
  const findActor = db.prepare('SELECT id FROM actor WHERE name = ? AND type = ?').pluck();
  const addActor = db.prepare('INSERT INTO actor (name, type) VALUES (?, ?)');
  const findTarget = db
    .prepare('SELECT id FROM target WHERE type IS ? AND target_id IS ? AND name IS ?')
    .pluck();
  const addTarget = db.prepare('INSERT INTO target (type, target_id, name) VALUES (?, ?, ?)');
  type Statement = typeof findTerm;
  const caches = new Map<string, Map<string, number>>();

  function idOf(
    cacheName: string,
    key: string,
    find: Statement,
    add: Statement,
    words: readonly (string | null)[],
  ): number {
    const cache = caches.get(cacheName) ?? new Map<string, number>();
    caches.set(cacheName, cache);
    const cached = cache.get(key);
    if (cached !== undefined) return cached;
    const id = (find.get(...words) as number | undefined) ?? Number(add.run(...words).lastInsertRowid);
    if (cache.size >= cacheLimit) cache.clear();
    // A copy: the word may be a slice that keeps a whole piece of the file in memory.
    cache.set(Buffer.from(key, 'utf8').toString('utf8'), id);
    return id;
  }

  const term = (kind: TermKind, text: string) => idOf(kind, text, findTerm, addTerm, [kind, text]);
  return {
    term,
    termOrNull: (kind, text) => (text === null ? null : term(kind, text)),
    actor: (name, type) =>
      name === null ? null : idOf(`actor ${type}`, name, findActor, addActor, [name, type]),
    target(type, id, name) {
      if (type === null && id === null && name === null) return null;
      // The lengths tell null from an empty text and one part from the next.
      const key = `${type?.length ?? '-'},${id?.length ?? '-'}:${type}${id}${name === null ? '-' : `+${name}`}`;
      return idOf('target', key, findTarget, addTarget, [type, id, name]);
    },
  };
}
