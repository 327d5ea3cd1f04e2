// What happened around an event: everything on its target, by its actor or from its address some time before and
// after. Found in the columns by the very words of the filter that leads to the same events in the list.

import type { Neighbour, NeighbourKey, Neighbours } from '#core/event-model.ts';
import { type FilterKey, filterOfValues } from '#core/query/filter.ts';
import { type EventRecord, findEvent } from '#core/store/events.ts';
import type { Store } from '#core/store/open.ts';
import { formatUtc } from '#core/time.ts';
import { type Columns, rowAt } from './columns.ts';
import { allowedCodes } from './selection.ts';
import { readRows } from './windows.ts';

/** `limit` is for each side of the event. */
export type NeighbourRequest = {
  uid: string;
  same: readonly NeighbourKey[];
  minutes: number;
  limit: number;
};

/** The neighbours of an event. Throws AppError('not-found'). */
export function readNeighbours(store: Store, columns: Columns, request: NeighbourRequest): Neighbours {
  const { uid, minutes, limit } = request;
  const event = findEvent(store, uid);
  const span = { from: event.time - minutes * 60_000, to: event.time + minutes * 60_000 };
  const [first, end] = [rowAt(columns, span.from), rowAt(columns, span.to)];
  const shared = [...new Set(request.same)].flatMap((key) => {
    const terms = termsOf(event, key);
    if (terms === null) return [];
    return [{ key, value: terms.value, words: filterOfValues(terms.words), events: 0 }];
  });
  const tests = shared.map(({ words }) => [...allowedCodes(store, columns, words)]);
  const before: Found[] = [];
  const after: Found[] = [];
  let [earlier, later, isAfter] = [0, 0, false];
  for (let row = first; row < end; row++) {
    const id = columns.id[row] as number;
    let same = 0;
    for (const [at, test] of tests.entries()) {
      if (!test.every(([column, allowed]) => allowed[columns.codes[column][row] as number])) continue;
      same |= 1 << at;
      (shared[at] as { events: number }).events += 1;
    }
    if (id === event.id) isAfter = true;
    else if (same !== 0 && isAfter) {
      if (after.length < limit) after.push({ id, same });
      else later += 1;
    } else if (same !== 0) {
      before.push({ id, same });
      // Kept twice as long as needed, so that the nearest ones cost no shift each.
      if (before.length >= limit * 2 + 1000) earlier += trim(before, limit);
    }
  }
  earlier += trim(before, limit);
  const found = [...before, { id: event.id, same: 2 ** shared.length - 1 }, ...after];
  const rows = readRows(
    store,
    found.map(({ id }) => id),
  );
  const times: [FilterKey, string][] = [
    ['after', formatUtc(span.from)],
    ['before', formatUtc(span.to)],
  ];
  return {
    uid,
    from: formatUtc(span.from),
    to: formatUtc(span.to),
    shared: shared.map(({ key, value, events, words }) => ({
      key,
      value,
      events,
      filter: `${words} ${filterOfValues(times)}`,
    })),
    rows: rows.map((row, at): Neighbour => ({ ...row, same: keysIn(shared, found[at] as Found) })),
    earlier,
    later,
  };
}

/** An event by id; `same` has a bit for each thing it shares. */
type Found = { id: number; same: number };

/** Leaves the last `limit` and says how many went. */
function trim(found: Found[], limit: number): number {
  return found.splice(0, Math.max(0, found.length - limit)).length;
}

function keysIn(shared: readonly { key: NeighbourKey }[], { same }: Found): NeighbourKey[] {
  return shared.flatMap(({ key }, at) => ((same >> at) & 1 ? [key] : []));
}

/** What an event has of a key, and the filter's words for it; null where it has nothing to share. */
function termsOf(
  event: EventRecord,
  key: NeighbourKey,
): { value: string; words: [FilterKey, string | null][] } | null {
  if (key !== 'target') {
    const value = event[key];
    return value === null ? null : { value, words: [[key, value]] };
  }
  const { source, targetType, targetId, targetName } = event;
  const value = targetName ?? targetId;
  if (value === null) return null;
  return {
    value,
    words: [
      ['source', source],
      ['type', targetType],
      ['target', targetId ?? targetName],
    ],
  };
}
