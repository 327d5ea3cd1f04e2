// What counts: all imports that no other one replaced, and their events. An import whose records were mapped again stays
// in the log, and whoever reads `import`, `event` or `record` does not see it: they are views on what is stored.
//
// Its events are a range of ids, since an import's events follow each other. The views name the ranges as numbers, and a
// re-map writes them anew in its transaction: that costs a comparison or two for each event where there are some and
// nothing where there are none, and every index answers as before, also alone. A subquery for the replaced imports would
// need each event's import, so that an index alone would no longer do. Verification holds the views to the imports.

import type { Database } from 'better-sqlite3';

/** Ids from one to another, both included. */
export type IdRange = { from: number; to: number };

const names = ['import', 'event', 'record'] as const;

/** SQL that makes the three views, without these events and imports (ranges in order, apart from each other). */
export function liveViews(events: readonly IdRange[], imports: readonly IdRange[]): string[] {
  const where = (id: string, ranges: readonly IdRange[]) =>
    ranges.length === 0 ? '' : ` WHERE ${outside(id, ranges)}`;
  return [
    `CREATE VIEW import AS SELECT * FROM stored_import${where('id', imports)};`,
    `CREATE VIEW event AS SELECT * FROM stored_event${where('id', events)};`,
    `CREATE VIEW record AS SELECT event_id, vendor_id, time_text, old_value, new_value, ${rawOf('stored_record')} AS raw FROM stored_record${where('event_id', events)};`,
  ];
}

/** The raw record of a row of `stored_record`: its own, or that of the event it refers to. */
export const rawOf = (record: string): string =>
  `coalesce(${record}.raw, (SELECT first.raw FROM stored_record first WHERE first.event_id = ${record}.raw_of))`;

/** An id is in none of the ranges: as many comparisons as their number has binary digits, however many they are. */
function outside(id: string, ranges: readonly IdRange[]): string {
  const middle = ranges.length >>> 1;
  const { from, to } = ranges[middle] as IdRange;
  if (ranges.length === 1) return `${id} NOT BETWEEN ${from} AND ${to}`;
  const [before, after] = [ranges.slice(0, middle), ranges.slice(middle)];
  return `CASE WHEN ${id} < ${from} THEN ${outside(id, before)} ELSE ${outside(id, after)} END`;
}

/**
 * Writes the views anew, by what the imports say of each other; `alsoReplaced` is an import that is about to be
 * replaced. Call it in the transaction of a re-map.
 */
export function showLive(db: Database, alsoReplaced: number | null = null): void {
  for (const name of names) db.exec(`DROP VIEW ${name}`);
  for (const sql of viewsFor(db, alsoReplaced)) db.exec(sql);
}

/** The first of the views that does not show what the imports say it should; null when all do. */
export function findWrongView(db: Database): string | null {
  const find = db.prepare(`SELECT sql FROM sqlite_schema WHERE type = 'view' AND name = ?`).pluck();
  const wanted = viewsFor(db, null);
  return names.find((name, at) => `${find.get(name)};` !== wanted[at]) ?? null;
}

export type CodedTable = 'kind' | 'actor' | 'target';

/**
 * A condition on the rows of a table of words: that some event has the word. Words of mappings that were replaced stay in
 * their tables, and in a log where nothing was replaced every word is used.
 */
export function usedWords(db: Database, table: CodedTable): string {
  if (readLogMark(db).replaced === 0) return '1';
  // Actors and targets are found by their indexes; kinds are few, and one pass finds which are there.
  if (table === 'kind') return 'kind.id IN (SELECT kind_id FROM event)';
  return `EXISTS (SELECT 1 FROM event WHERE ${table}_id = ${table}.id)`;
}

/** The imports that others replaced. */
export function replacedImports(db: Database): Set<number> {
  return new Set(
    db.prepare('SELECT remaps FROM stored_import WHERE remaps IS NOT NULL').pluck().all() as number[],
  );
}

/** The import that replaced this one, with when; null where it counts. */
export function replacementOf(db: Database, importId: number): { id: number; startedAt: number } | null {
  const found = db
    .prepare('SELECT id, started_at AS startedAt FROM stored_import WHERE remaps = ?')
    .get(importId);
  return (found as { id: number; startedAt: number } | undefined) ?? null;
}

/**
 * The last event of the log, and how many times imports were replaced: what was read of a log holds for as long as the
 * second stays, and is all there is when the first does too.
 */
export function readLogMark(db: Database): { end: number; replaced: number } {
  const mark = db
    .prepare(
      `SELECT coalesce((SELECT first_event_id + imported - 1 FROM stored_import ORDER BY id DESC LIMIT 1), 0) AS end,
         (SELECT count(*) FROM stored_import WHERE remaps IS NOT NULL) AS replaced`,
    )
    .get();
  return mark as { end: number; replaced: number };
}

function viewsFor(db: Database, alsoReplaced: number | null): string[] {
  const rows = db
    .prepare(
      `SELECT id, first_event_id AS first, first_event_id + imported - 1 AS last FROM stored_import
       WHERE id IN (SELECT remaps FROM stored_import) OR id = ? ORDER BY id`,
    )
    .all(alsoReplaced) as { id: number; first: number; last: number }[];
  const events = rows.filter(({ first, last }) => first <= last);
  return liveViews(
    join(events.map(({ first, last }) => ({ from: first, to: last }))),
    join(rows.map(({ id }) => ({ from: id, to: id }))),
  );
}

/** Ranges in order as few as possible: neighbours become one. */
function join(ranges: readonly IdRange[]): IdRange[] {
  const joined: IdRange[] = [];
  for (const range of ranges) {
    const last = joined.at(-1);
    if (last && last.to === range.from - 1) last.to = range.to;
    else joined.push({ ...range });
  }
  return joined;
}
