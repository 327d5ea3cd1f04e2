// The tracks of the log (the events of one source, target and field that carry a value, in their order) and beside
// them the events that change rights, by source and target. An index in memory, some 40 bytes an event, made by one
// pass over the log and carried on when the log has grown: what asks it touches the tracks it needs, and no text.

import { randomInt } from 'node:crypto';
import { hashText } from '#core/integrity/text-hash.ts';
import { outcomes } from '#core/model.ts';
import { type AccessWay, createWayFinder } from './access-ways.ts';
import { createInstantOrder } from './instant-order.ts';
import { readLogMark } from './live.ts';
import type { Store } from './open.ts';
import { createAdditions, noSequences, type Sequences } from './sequences.ts';

/** A target in a source, whatever it was named when. `key` is its id, or its name where it has no id. */
export type Place = { sourceId: number; source: string; type: string | null; key: string | null };

export type TrackIndex = {
  /** The same for as long as an index is carried on: then its numbers mean the same. */
  lineage: object;
  /** Of a track's event `first` is the code of its old value and `second` of its new one, 0 where it has none. */
  tracks: Sequences;
  /** What `accessEventAt` reads. */
  access: Sequences;
  /** The access event at a place of `access`: texts as the log has them. */
  accessEventAt(place: number): AccessEvent;
  /** Tracks by source, target and field; sequences of access events by source and target. */
  trackOrder: Uint32Array;
  accessOrder: Uint32Array;
  placeOfTrack(track: number): Place;
  placeOfAccess(sequence: number): Place;
  fieldOf(track: number): string;
  /**
   * A number that stands for a value: 52 bits of a hash with a seed that is drawn when the application starts, so that
   * two values that share one cannot be prepared. 0 for none.
   */
  codeOf(value: string | null): number;
};

/** An event that changes rights: whose, how, and the rights (or owners) before and after it. */
export type AccessEvent = {
  id: number;
  time: number;
  way: AccessWay;
  subject: string | null;
  before: string | null;
  after: string | null;
};

const accessWays = ['set', 'add', 'remove', 'leave', 'owner'] as const satisfies readonly AccessWay[];
/** Two numbers of words in one double. */
const wordRoom = 2 ** 26;

type Grown = TrackIndex & { imports: number; replaced: number; lastEvent: number; names: Names };
const indexes = new WeakMap<Store, Grown>();

/** The tracks of the log as it is. Call it inside the transaction that reads the rest of the answer. */
export function readTracks(store: Store): TrackIndex {
  const imports = store.db.prepare('SELECT coalesce(max(id), 0) FROM import').pluck().get() as number;
  const { replaced } = readLogMark(store.db);
  const held = indexes.get(store);
  // An import that was replaced takes its events away, and an index only grows: then it is made anew.
  const known = held?.replaced === replaced ? held : undefined;
  // Every import adds its row last, also one of duplicates alone.
  if (known?.imports === imports) return known;
  const grown = grow(store, known, { imports, replaced });
  indexes.set(store, grown);
  return grown;
}

type Row = [
  id: number,
  importId: number,
  sourceId: number,
  time: number,
  kindId: number,
  actorId: number,
  targetId: number | null,
  subject: string | null,
  oldValue: string | null,
  newValue: string | null,
];

function grow(store: Store, known: Grown | undefined, log: { imports: number; replaced: number }): Grown {
  const names = known?.names ?? createNames();
  const { wayOf, ownerKinds } = createWayFinder(store.db);
  const fieldOfKind = names.learnFields(store);
  const targetOf = names.learnTargets(store);
  const failed = new Set(
    store.db
      .prepare('SELECT id FROM kind WHERE outcome = ?')
      .pluck()
      .all(outcomes.indexOf('failure')) as number[],
  );
  const [tracks, access] = [createAdditions(), createAdditions()];
  let lastEvent = known?.lastEvent ?? 0;
  const rows = store.db
    .prepare(
      `SELECT e.id, e.import_id, e.source_id, e.time, e.kind_id, coalesce(e.actor_id, 0), e.target_id,
         subject.text, r.old_value, r.new_value
       FROM event e JOIN record r ON r.event_id = e.id LEFT JOIN term subject ON subject.id = e.subject_id
       WHERE e.id > ? AND (e.subject_id IS NOT NULL OR e.kind_id IN (SELECT value FROM json_each(?)))
       ORDER BY e.id`,
    )
    .raw()
    .iterate(lastEvent, JSON.stringify([...new Set([...fieldOfKind.keys(), ...ownerKinds])]));
  for (const row of rows as IterableIterator<Row>) {
    const [id, importId, sourceId, time, kindId, actorId, targetId, subject, oldValue, newValue] = row;
    lastEvent = id;
    // What was refused changed nothing.
    if (failed.has(kindId)) continue;
    const target = targetId === null ? names.noTarget : (targetOf.get(targetId) ?? names.noTarget);
    const way = wayOf(importId, kindId, target.type);
    const place = names.placeOf(sourceId, target.code);
    const event = { ids: id, times: time, kinds: kindId, actors: actorId };
    if (way !== null && (subject !== null || way === 'owner')) {
      const first = names.wordOf(subject) * accessWays.length + accessWays.indexOf(way);
      const second = names.wordOf(oldValue) * wordRoom + names.wordOf(newValue);
      access.add(names.accessOf(place), { ...event, first, second });
    }
    const field = fieldOfKind.get(kindId);
    if (field === undefined || (oldValue === null && newValue === null)) continue;
    if (subject !== null && way !== 'owner') continue;
    tracks.add(names.trackOf(place, field), { ...event, first: codeOf(oldValue), second: codeOf(newValue) });
  }
  const order = createInstantOrder(store);
  const index = {
    tracks: tracks.mergeInto(known?.tracks ?? noSequences, names.trackCount(), order),
    access: access.mergeInto(known?.access ?? noSequences, names.accessCount(), order),
  };
  const accessEventAt = (place: number): AccessEvent => {
    const { ids, times, first, second } = index.access;
    const [who, values] = [first[place] as number, second[place] as number];
    return {
      id: ids[place] as number,
      time: times[place] as number,
      way: accessWays[who % accessWays.length] as AccessWay,
      subject: names.textOf(Math.floor(who / accessWays.length)),
      before: names.textOf(Math.floor(values / wordRoom)),
      after: names.textOf(values % wordRoom),
    };
  };
  return {
    lineage: names,
    ...index,
    ...names.inWords(store),
    accessEventAt,
    codeOf,
    ...log,
    lastEvent,
    names,
  };
}

type Target = { code: number; type: string | null; key: string | null };
type Names = ReturnType<typeof createNames>;

/** The numbers of targets, fields, places, tracks: given once, kept for as long as the index. */
function createNames() {
  const noTarget: Target = { code: 0, type: null, key: null };
  const targets: Target[] = [noTarget];
  const targetByText = new Map<string, Target>([[keyText(null, null), noTarget]]);
  const fields: string[] = [];
  const fieldByText = new Map<string, number>();
  const places: { sourceId: number; target: number }[] = [];
  const placesOf = new Map<number, Map<number, number>>();
  const tracks: { place: number; field: number }[] = [];
  const tracksOf = new Map<number, Map<number, number>>();
  const sequences: number[] = [];
  const sequenceByPlace = new Map<number, number>();
  // Rights and people: few, however many events name them.
  const words: (string | null)[] = [null];
  const wordByText = new Map<string | null, number>([[null, 0]]);

  return {
    noTarget,
    /** The field of each kind that has one. */
    learnFields({ db }: Store): Map<number, number> {
      const rows = db.prepare('SELECT id, field FROM kind WHERE field IS NOT NULL').raw().all();
      return new Map(
        (rows as [number, string][]).map(([id, text]) => {
          const code = fieldByText.get(text) ?? fields.push(text) - 1;
          fieldByText.set(text, code);
          return [id, code];
        }),
      );
    },
    /** Renamed targets stay one: the key of a target is its id, or its name where there is none. */
    learnTargets({ db }: Store): Map<number, Target> {
      const rows = db.prepare('SELECT id, type, coalesce(target_id, name) FROM target').raw().iterate();
      const found = new Map<number, Target>();
      for (const [id, type, key] of rows as IterableIterator<[number, string | null, string | null]>) {
        const text = keyText(type, key);
        let target = targetByText.get(text);
        if (!target) {
          target = { code: targets.length, type, key };
          targets.push(target);
          targetByText.set(text, target);
        }
        found.set(id, target);
      }
      return found;
    },
    placeOf: (sourceId: number, target: number) =>
      number(within(placesOf, sourceId), target, () => places.push({ sourceId, target })),
    trackOf: (place: number, field: number) =>
      number(within(tracksOf, place), field, () => tracks.push({ place, field })),
    accessOf: (place: number) => number(sequenceByPlace, place, () => sequences.push(place)),
    wordOf: (text: string | null) => number(wordByText, text, () => words.push(text)),
    textOf: (word: number) => words[word] as string | null,
    trackCount: () => tracks.length,
    accessCount: () => sequences.length,
    /** What the numbers stand for, and the order of tracks in those words. */
    inWords({ db }: Store) {
      const sources = new Map(db.prepare('SELECT id, name FROM source').raw().all() as [number, string][]);
      const wordsOf = (place: number): Place => {
        const { sourceId, target } = places[place] as { sourceId: number; target: number };
        const { type, key } = targets[target] as Target;
        return { sourceId, source: sources.get(sourceId) as string, type, key };
      };
      const named = places.map((_, place) => wordsOf(place));
      const placeRank = rank(named, (a, b) => compare(a.source, b.source) || compareTargets(a, b));
      const fieldRank = rank(fields, compare);
      const place = (track: number) => tracks[track]?.place as number;
      const field = (track: number) => tracks[track]?.field as number;
      return {
        trackOrder: numbersTo(tracks.length).sort(
          (a, b) =>
            (placeRank[place(a)] as number) - (placeRank[place(b)] as number) ||
            (fieldRank[field(a)] as number) - (fieldRank[field(b)] as number),
        ),
        accessOrder: numbersTo(sequences.length).sort(
          (a, b) =>
            (placeRank[sequences[a] as number] as number) - (placeRank[sequences[b] as number] as number),
        ),
        placeOfTrack: (track: number) => named[place(track)] as Place,
        placeOfAccess: (sequence: number) => named[sequences[sequence] as number] as Place,
        fieldOf: (track: number) => fields[field(track)] as string,
      };
    },
  };
}

function keyText(type: string | null, key: string | null): string {
  return JSON.stringify([type, key]);
}

/** The number of a key, from 0; `push` adds what it stands for and says how many there are then. */
function number<K>(known: Map<K, number>, key: K, push: () => number): number {
  let found = known.get(key);
  if (found === undefined) {
    found = push() - 1;
    known.set(key, found);
  }
  return found;
}

/** Maps in a map: keys that are small numbers are found much faster than ones that combine two. */
function within(known: Map<number, Map<number, number>>, key: number): Map<number, number> {
  let found = known.get(key);
  if (!found) {
    found = new Map();
    known.set(key, found);
  }
  return found;
}

function numbersTo(count: number): Uint32Array {
  return new Uint32Array(count).map((_, at) => at);
}

/** The place of each in their order. */
function rank<T>(all: readonly T[], by: (a: T, b: T) => number): Uint32Array {
  const ranks = new Uint32Array(all.length);
  for (const [at, n] of numbersTo(all.length)
    .sort((a, b) => by(all[a] as T, all[b] as T))
    .entries())
    ranks[n] = at;
  return ranks;
}

function compareTargets(a: Place, b: Place): number {
  return compare(a.type ?? '', b.type ?? '') || compare(a.key ?? '', b.key ?? '');
}

/** By UTF-16 units: the same everywhere. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const seeds = [randomInt(2 ** 32), randomInt(2 ** 32)] as const;

function codeOf(value: string | null): number {
  return value === null ? 0 : hashText(value, seeds) + 1;
}
