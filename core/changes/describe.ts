// Puts rows of a review into words: names, values, actors and uids are read for the rows that are shown, no others.

import type { ChangedTrack, RowException, TargetName } from '#core/review-model.ts';
import { selectUid, toUid, type UidParts } from '#core/store/events.ts';
import { createEventsLookup } from '#core/store/many-events.ts';
import type { Store } from '#core/store/open.ts';
import { formatUtc } from '#core/time.ts';
import type { FoundReview, FoundTrack } from './review.ts';
import type { FoundValue } from './values.ts';

const mostListed = 100;

type NamedEvent = TargetName & { uid: string; time: number; field: string };
type NamedRow = UidParts & Omit<NamedEvent, 'uid'>;

const named = {
  columns: `${selectUid}, e.time, s.name AS source, k.field, t.type AS targetType, t.target_id AS targetId,
    t.name AS targetName`,
  joins: `JOIN source s ON s.id = e.source_id JOIN kind k ON k.id = e.kind_id LEFT JOIN target t ON t.id = e.target_id`,
};

/** Reads of single events what rows show. Make one for each answer. */
export function createEventNames({ db }: Store) {
  const one = db.prepare(`SELECT ${named.columns} FROM event e ${named.joins} WHERE e.id = ?`);
  const values = db.prepare('SELECT old_value, new_value FROM record WHERE event_id = ?').raw();
  const actor = db.prepare('SELECT name FROM actor WHERE id = ?').pluck();
  const actors = new Map<number, string | null>();
  return {
    /** An event by its id. */
    nameOf(id: number): NamedEvent {
      return toNamed(one.get(id) as NamedRow);
    },
    /** The text of a value that was found; `ids` are the tracks' column. */
    textOf({ at, side, baseline }: FoundValue, ids: Uint32Array): string | null {
      if (at === null) return baseline;
      const [oldValue, newValue] = values.get(ids[at]) as [string | null, string | null];
      return side === 'old' ? oldValue : newValue;
    },
    actorOf(id: number): string | null {
      let name = actors.get(id);
      if (name === undefined) {
        name = (actor.get(id) as string | undefined) ?? null;
        actors.set(id, name);
      }
      return name;
    },
  };
}

function toNamed(row: NamedRow): NamedEvent {
  const { time, source, targetType, targetId, targetName, field } = row;
  return { uid: toUid(row), time, source, targetType, targetId, targetName, field };
}

/** Rows of a review as they are shown. */
export function describeChanges(
  store: Store,
  { index, tests }: FoundReview,
  rows: readonly FoundTrack[],
): ChangedTrack[] {
  const { nameOf, textOf, actorOf } = createEventNames(store);
  const { ids, actors } = index.tracks;
  const read = createEventsLookup<NamedRow>(store.db, named);
  const ends = read(rows.flatMap((row) => [ids[row.first] as number, ids[row.end - 1] as number]));
  return rows.map((row) => {
    const first = toNamed(ends.get(ids[row.first] as number) as NamedRow);
    const last = toNamed(ends.get(ids[row.end - 1] as number) as NamedRow);
    const names = new Set<string>();
    for (const id of new Set(actors.subarray(row.first, row.end))) {
      const name = actorOf(id);
      if (name !== null) names.add(name);
    }
    return {
      source: last.source,
      targetType: last.targetType,
      targetId: last.targetId,
      targetName: last.targetName,
      field: last.field,
      valueFrom: textOf(row.from, ids),
      certaintyFrom: row.from.certainty,
      valueTo: textOf(row.to, ids),
      certaintyTo: row.to.certainty,
      changes: row.end - row.first,
      result: row.result,
      actors: [...names].sort(),
      firstEvent: first.uid,
      lastEvent: last.uid,
      firstTime: formatUtc(first.time),
      lastTime: formatUtc(last.time),
      exceptions: row.exceptions.map((kind): RowException => {
        const places = tests.placesOf(kind, row.track, row.first, row.end);
        return {
          kind,
          reason: tests.reasonOf(kind),
          count: places.length,
          events: places.slice(0, mostListed).map((place) => nameOf(ids[place] as number).uid),
        };
      }),
      breaks: row.breaks,
    };
  });
}
