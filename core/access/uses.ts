// When people last did something on a target: looked up pair by pair for a page of intervals, by one pass over the log
// for many.

import type { Store } from '#core/store/open.ts';
import type { TrackIndex } from '#core/store/tracks.ts';
import type { Interval } from './ledger.ts';

/** The last event of a person on a target, epoch ms: before the instant that was asked for, and of all; that one's id. */
export type Uses = { before: number | null; last: number | null; lastEvent: number | null };

/** From this many pairs of subject and target on, one pass over the log is faster than looking each up. */
const manyPairs = 2000;

/** Says the uses by a subject on the target of a sequence of access events, for the pairs that intervals have. */
export function createUseLookup(
  store: Store,
  index: TrackIndex,
  intervals: readonly Interval[],
  time: number,
): (subject: string, sequence: number) => Uses {
  const pairs = new Map<number, Map<string, Uses>>();
  let count = 0;
  for (const { sequence, subject } of intervals) {
    let people = pairs.get(sequence);
    if (!people) {
      people = new Map();
      pairs.set(sequence, people);
    }
    if (people.has(subject)) continue;
    people.set(subject, { before: null, last: null, lastEvent: null });
    count += 1;
  }
  const targets = readTargets(store, index, pairs);
  if (count < manyPairs) lookUp(store, pairs, targets, time);
  else passOver(store, pairs, targets, time);
  return (subject, sequence) =>
    pairs.get(sequence)?.get(subject) ?? { before: null, last: null, lastEvent: null };
}

type Pairs = Map<number, Map<string, Uses>>;
/** By row of the table `target`: the sequence of each source that has one. */
type Targets = Map<number, Map<number, number>>;

/** The rows of `target` that the sequences of the pairs go by, by whatever name. */
function readTargets({ db }: Store, index: TrackIndex, pairs: Pairs): Targets {
  const wanted = new Map<string, Map<number, number>>();
  for (const sequence of pairs.keys()) {
    const { sourceId, type, key } = index.placeOfAccess(sequence);
    const text = JSON.stringify([type, key]);
    wanted.set(text, (wanted.get(text) ?? new Map()).set(sourceId, sequence));
  }
  const targets: Targets = new Map();
  const rows = db.prepare('SELECT id, type, coalesce(target_id, name) FROM target').raw().iterate();
  for (const [id, type, key] of rows as IterableIterator<[number, string | null, string | null]>) {
    const sequences = wanted.get(JSON.stringify([type, key]));
    if (sequences) targets.set(id, sequences);
  }
  return targets;
}

/** Relies on the index event_target: a target's events from the latest on, until one is by the person. The plus keeps event_actor out. */
function lookUp({ db }: Store, pairs: Pairs, targets: Targets, time: number): void {
  const actorsOf = db.prepare('SELECT id FROM actor WHERE name = ?').pluck();
  const latest = db
    .prepare(
      `SELECT time, id FROM event WHERE target_id = ? AND time < ? AND +actor_id = ?
       AND source_id = ? ORDER BY time DESC LIMIT 1`,
    )
    .raw();
  for (const [target, sequences] of targets) {
    for (const [source, sequence] of sequences) {
      for (const [subject, uses] of pairs.get(sequence) ?? []) {
        for (const actor of actorsOf.all(subject)) {
          const find = (before: number) =>
            latest.get(target, before, actor, source) as [time: number, id: number] | undefined;
          const last = find(Number.MAX_SAFE_INTEGER);
          if (last === undefined) continue;
          note(uses, ...last, time);
          const before = last[0] >= time ? find(time) : undefined;
          if (before) note(uses, ...before, time);
        }
      }
    }
  }
}

function passOver({ db }: Store, pairs: Pairs, targets: Targets, time: number): void {
  const names = new Map(db.prepare('SELECT id, name FROM actor').raw().all() as [number, string][]);
  const rows = db
    .prepare('SELECT source_id, target_id, actor_id, time, id FROM event WHERE actor_id IS NOT NULL')
    .raw()
    .iterate() as IterableIterator<[number, number | null, number, number, number]>;
  for (const [source, target, actor, at, id] of rows) {
    const sequence = target === null ? undefined : targets.get(target)?.get(source);
    if (sequence === undefined) continue;
    const uses = pairs.get(sequence)?.get(names.get(actor) as string);
    if (uses) note(uses, at, id, time);
  }
}

function note(uses: Uses, at: number, id: number, time: number): void {
  if (uses.last === null || at >= uses.last) {
    uses.last = at;
    uses.lastEvent = id;
  }
  if (at < time && (uses.before === null || at > uses.before)) uses.before = at;
}
