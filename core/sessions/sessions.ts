// Sessions of a query: starts and ends paired by source, kind and actor, and by session id where the records have one.
// An end takes the latest start that is still open; what stays alone is said to be alone.

import { readStoredRecord } from '#core/mapping/stored-record.ts';
import { type Category, type EventQuery, type Outcome, outcomes } from '#core/model.ts';
import { compileQuery } from '#core/query/compile.ts';
import type { Session, SessionKind, SessionState } from '#core/review-model.ts';
import { createColumnsLookup, selectUid, toUid, type UidParts } from '#core/store/events.ts';
import { createInstantOrder } from '#core/store/instant-order.ts';
import type { Store } from '#core/store/open.ts';
import { formatUtc } from '#core/time.ts';
import { readSessionFacts, type SessionRole, sessionRole } from './roles.ts';

/** An event of a session, without its record. Many are in memory at once: words have one copy each. */
type Mark = UidParts &
  SessionRole & {
    id: number;
    time: number;
    source: string;
    actor: string | null;
    targetType: string | null;
    targetId: string | null;
    targetName: string | null;
    ip: string | null;
    session: string | null;
    port: string | null;
    app: string | null;
  };
type Row = Omit<Mark, keyof SessionRole | 'session' | 'port' | 'app'> & {
  importId: number;
  kindId: number;
  newValue: string | null;
  raw: string;
};

export type FoundSession = { start: Mark | null; end: Mark | null; state: SessionState };

/**
 * Every session that touches the query's period, oldest first. The filter picks events; the period does not cut pairs
 * apart. Call it inside a transaction. Throws AppError('usage').
 */
export function findSessions(store: Store, query: EventQuery): FoundSession[] {
  const { from, to } = compileQuery(store, query).period;
  const groups = new Map<string, Mark[]>();
  for (const mark of eachMark(store, query)) {
    // Remote access is told apart by device and port as well.
    const place =
      mark.kind === 'login' ? null : [mark.targetType, mark.targetId ?? mark.targetName, mark.port];
    const key = JSON.stringify([mark.source, mark.kind, mark.actor, mark.session, place]);
    const group = groups.get(key);
    if (group) group.push(mark);
    else groups.set(key, [mark]);
  }
  const order = createInstantOrder(store);
  const found = [...groups.values()].flatMap((marks) => pair(sort(marks, order)));
  const timeOf = ({ start, end }: FoundSession) => (start ?? end)?.time as number;
  return found
    .filter(
      ({ start, end }) =>
        (to === null || ((start ?? end)?.time as number) < to) &&
        (from === null || ((end ?? start)?.time as number) >= from),
    )
    .sort(
      (a, b) =>
        timeOf(a) - timeOf(b) || ((a.start ?? a.end)?.uidKey ?? 0) - ((b.start ?? b.end)?.uidKey ?? 0),
    );
}

function* eachMark(store: Store, query: EventQuery): Generator<Mark> {
  const { where, params } = compileQuery(store, { ...query, from: null, to: null });
  const roles = rolesByKind(store);
  const columnsOf = createColumnsLookup(store.db);
  const rows = store.db
    .prepare(
      `SELECT e.id, ${selectUid}, e.import_id AS importId, e.kind_id AS kindId, e.time, s.name AS source,
         a.name AS actor, t.type AS targetType, t.target_id AS targetId, t.name AS targetName, ip.text AS ip,
         r.new_value AS newValue, r.raw
       FROM event e JOIN record r ON r.event_id = e.id JOIN source s ON s.id = e.source_id
       LEFT JOIN actor a ON a.id = e.actor_id LEFT JOIN target t ON t.id = e.target_id LEFT JOIN term ip ON ip.id = e.ip_id
       WHERE ${where} AND e.kind_id IN (SELECT value FROM json_each(?))`,
    )
    .iterate(...params, JSON.stringify([...roles.keys()])) as IterableIterator<Row>;
  const words = new Map<string, string>();
  const same = <T extends string | null>(word: T): T => {
    if (word === null) return word;
    const known = words.get(word);
    if (known === undefined) words.set(word, word);
    return (known ?? word) as T;
  };
  for (const { importId, kindId, raw, newValue, ...row } of rows) {
    const { session, port, app } = readSessionFacts(
      readStoredRecord(raw, columnsOf(importId)).shown,
      newValue,
    );
    yield {
      ...row,
      ...(roles.get(kindId) as SessionRole),
      source: same(row.source),
      actor: same(row.actor),
      targetType: same(row.targetType),
      targetId: same(row.targetId),
      targetName: same(row.targetName),
      ip: same(row.ip),
      session,
      port: same(port),
      app: same(app),
    };
  }
}

/** The kinds of events that start or end sessions. */
function rolesByKind({ db }: Store): Map<number, SessionRole> {
  const kinds = db.prepare('SELECT id, action, category, outcome FROM kind').all() as {
    id: number;
    action: string;
    category: Category;
    outcome: number;
  }[];
  return new Map(
    kinds.flatMap(({ id, action, category, outcome }): [number, SessionRole][] => {
      const role = sessionRole(action, category, outcomes[outcome] as Outcome);
      return role ? [[id, role]] : [];
    }),
  );
}

function sort(marks: Mark[], order: (ids: readonly number[]) => number[]): Mark[] {
  marks.sort((a, b) => a.time - b.time);
  for (let start = 0; start < marks.length; ) {
    let end = start + 1;
    while (end < marks.length && marks[end]?.time === marks[start]?.time) end += 1;
    if (end - start > 1) {
      const byId = new Map(marks.slice(start, end).map((mark) => [mark.id, mark]));
      marks.splice(start, end - start, ...order([...byId.keys()]).map((id) => byId.get(id) as Mark));
    }
    start = end;
  }
  return marks;
}

/** Sessions of marks that belong together, in their order. */
function pair(marks: readonly Mark[]): FoundSession[] {
  const found: FoundSession[] = [];
  const open: FoundSession[] = [];
  for (const mark of marks) {
    if (mark.role === 'only') found.push({ start: mark, end: null, state: 'started' });
    else if (mark.role === 'start') {
      const session: FoundSession = { start: mark, end: null, state: 'no-end' };
      found.push(session);
      open.push(session);
    } else {
      const session = open.pop();
      if (session) Object.assign(session, { end: mark, state: 'closed' });
      else found.push({ start: null, end: mark, state: 'no-start' });
    }
  }
  return found;
}

/** A session as it is shown. */
export function describeSession({ start, end, state }: FoundSession): Session {
  const mark = (start ?? end) as Mark;
  return {
    kind: mark.kind as SessionKind,
    state,
    source: mark.source,
    actor: mark.actor,
    session: mark.session,
    targetType: mark.targetType,
    targetId: mark.targetId,
    targetName: mark.targetName,
    start: start && formatUtc(start.time),
    end: end && formatUtc(end.time),
    durationMs: start && end ? end.time - start.time : null,
    startEvent: start && toUid(start),
    endEvent: end && toUid(end),
    ip: start?.ip ?? end?.ip ?? null,
    port: mark.port ?? end?.port ?? null,
    app: mark.app ?? end?.app ?? null,
  };
}
