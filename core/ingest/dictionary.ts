// The dictionaries of the log while an import writes: word → id, found or added. Cached, because the same few
// thousand words come millions of times; bounded, because a hostile file may never repeat one.

import type { Database } from 'better-sqlite3';
import { type ActorType, actorTypes, type MappedEvent, outcomes, timeBases } from '#core/model.ts';

/** Each gives the id of a word, adding it where it is new; null stays null. */
export type Dictionary = {
  kind(kind: EventKind): number;
  subject: TermLookup;
  ip: TermLookup;
  actor(name: string | null, type: ActorType): number | null;
  target(target: EventTarget): number | null;
};
/** What happened, without who, when and to what. */
export type EventKind = Pick<MappedEvent, 'action' | 'category' | 'field' | 'outcome' | 'timeBasis'>;
/** To what, and in which scope. */
export type EventTarget = Pick<MappedEvent, 'targetType' | 'targetId' | 'targetName' | 'scope'>;
type TermLookup = (text: string | null) => number | null;

const cacheLimit = 200_000;

/** The dictionaries of a log that is open for writing. */
export function openDictionary(db: Database): Dictionary {
  const findTerm = db.prepare('SELECT id FROM term WHERE kind = ? AND text = ?').pluck();
  const addTerm = db.prepare('INSERT INTO term (kind, text) VALUES (?, ?)');
  const findActor = db.prepare('SELECT id FROM actor WHERE name = ? AND type = ?').pluck();
  const addActor = db.prepare('INSERT INTO actor (name, type) VALUES (?, ?)');
  const findTarget = db
    .prepare('SELECT id FROM target WHERE type IS ? AND target_id IS ? AND name IS ? AND scope IS ?')
    .pluck();
  const addTarget = db.prepare('INSERT INTO target (type, target_id, name, scope) VALUES (?, ?, ?, ?)');
  const findKind = db
    .prepare(
      'SELECT id FROM kind WHERE action = ? AND category = ? AND field IS ? AND outcome = ? AND time_basis = ?',
    )
    .pluck();
  const addKind = db.prepare(
    'INSERT INTO kind (action, category, field, outcome, time_basis) VALUES (?, ?, ?, ?, ?)',
  );

  type Words = readonly (string | number | null)[];
  const findOrAdd = (find: typeof findTerm, add: typeof findTerm, words: Words): number =>
    (find.get(...words) as number | undefined) ?? Number(add.run(...words).lastInsertRowid);

  const term = (kind: 'subject' | 'ip') => createCache((text) => findOrAdd(findTerm, addTerm, [kind, text]));
  const orNull =
    (lookup: (text: string) => number): TermLookup =>
    (text) =>
      text === null ? null : lookup(text);
  const actors = Object.fromEntries(
    actorTypes.map((type) => [type, createCache((name) => findOrAdd(findActor, addActor, [name, type]))]),
  ) as Record<ActorType, (name: string) => number>;
  // As JSON, which tells null from an empty text and one part from the next.
  const targets = createCache((key) => findOrAdd(findTarget, addTarget, JSON.parse(key) as Words));
  const kinds = createCache((key) => findOrAdd(findKind, addKind, JSON.parse(key) as Words));

  return {
    kind: ({ action, category, field, outcome, timeBasis }) =>
      kinds(
        JSON.stringify([action, category, field, outcomes.indexOf(outcome), timeBases.indexOf(timeBasis)]),
      ),
    subject: orNull(term('subject')),
    ip: orNull(term('ip')),
    actor: (name, type) => (name === null ? null : actors[type](name)),
    target({ targetType, targetId, targetName, scope }) {
      if (targetType === null && targetId === null && targetName === null && scope === null) return null;
      return targets(JSON.stringify([targetType, targetId, targetName, scope]));
    },
  };
}

/** Remembers ids by word, and forgets all of them when they become too many. */
function createCache(findOrAdd: (word: string) => number): (word: string) => number {
  const known = new Map<string, number>();
  return (word) => {
    const cached = known.get(word);
    if (cached !== undefined) return cached;
    const id = findOrAdd(word);
    if (known.size >= cacheLimit) known.clear();
    // A copy: the word may be a slice that keeps a whole piece of the file in memory.
    known.set(Buffer.from(word, 'utf8').toString('utf8'), id);
    return id;
  };
}
