// The order of events that have the same time: as their rows stand in their file (reversed when it is newest first),
// between files by the hash of the next record of each. A file that holds an event as a duplicate says its order as
// well, so that the order in which files were imported does not matter.

import { createHashHead } from '#core/integrity/identity.ts';
import { selectUid, type UidParts } from './events.ts';
import type { Store } from './open.ts';

type Place = UidParts & { id: number; importId: number; row: number; source: string; time: number };
type Waiting = { id: number; part: number; hash: string; files: number };

/** Puts the ids of events of one source and instant in their order. Make one for each pass over the log. */
export function createInstantOrder({ db }: Store): (ids: readonly number[]) => number[] {
  const placeOf = db.prepare(
    `SELECT ${selectUid}, e.id, e.import_id AS importId, e.row, e.time, s.name AS source
     FROM event e JOIN source s ON s.id = e.source_id WHERE e.id = ?`,
  );
  const isNewestFirst = new Map(
    db.prepare('SELECT id, newest_first FROM import').raw().all() as [number, number][],
  );
  const overlapping = db
    .prepare('SELECT id, first_time AS first, last_time AS last FROM import WHERE duplicates > 0')
    .all() as { id: number; first: number; last: number }[];
  const rowIn = db.prepare('SELECT row FROM duplicate WHERE import_id = ? AND event_id = ?').pluck();

  const headOf = new Map<string, ReturnType<typeof createHashHead>>();
  const hashHead = ({ source, uidKey, uidTail }: Place): string => {
    const of = headOf.get(source) ?? createHashHead(source);
    headOf.set(source, of);
    return of({ key: uidKey, tail: uidTail });
  };

  return (ids) => {
    if (ids.length < 2) return [...ids];
    const files = new Map<number, { event: Waiting; row: number }[]>();
    const stand = (file: number, event: Waiting, row: number) => {
      event.files += 1;
      const rows = files.get(file);
      if (rows) rows.push({ event, row });
      else files.set(file, [{ event, row }]);
    };
    for (const id of ids) {
      const place = placeOf.get(id) as Place;
      const hash = hashHead(place);
      const event: Waiting = { id, part: place.part, hash, files: 0 };
      stand(place.importId, event, place.row);
      for (const file of overlapping) {
        if (file.first > place.time || file.last < place.time || file.id === place.importId) continue;
        const row = rowIn.get(file.id, id) as number | undefined;
        if (row !== undefined) stand(file.id, event, row);
      }
    }
    const queues = [...files].map(([file, rows]) => {
      const way = isNewestFirst.get(file) ? -1 : 1;
      return rows
        .sort((a, b) => (a.row - b.row || a.event.part - b.event.part) * way)
        .map(({ event }) => event);
    });
    return merge(queues);
  };
}

/** One order out of several: of what is next in every file that holds it, the smallest hash. */
function merge(files: readonly Waiting[][]): number[] {
  const heads = files.map(() => 0);
  const done = new Set<number>();
  const ordered: number[] = [];
  for (;;) {
    const seen = new Map<Waiting, number>();
    for (const [at, file] of files.entries()) {
      while (done.has(file[heads[at] as number]?.id ?? -1)) heads[at] = (heads[at] as number) + 1;
      const head = file[heads[at] as number];
      if (head) seen.set(head, (seen.get(head) ?? 0) + 1);
    }
    if (seen.size === 0) return ordered;
    const ready = [...seen].filter(([event, heading]) => heading === event.files);
    // Files that contradict each other leave nothing ready: then the smallest hash of all decides.
    const [next] = (ready.length > 0 ? ready : [...seen]).reduce((a, b) => (b[0].hash < a[0].hash ? b : a));
    done.add(next.id);
    ordered.push(next.id);
  }
}
