// A query (filter text and period) as SQL over the event table, and in plain words for reports. Every reader of
// events (grid, totals, counts, pack, command line) goes through here, so that they cannot disagree.

import { AppError } from '#core/errors.ts';
import { categories, type EventQuery, outcomes, type Period } from '#core/model.ts';
import type { Store } from '#core/store/open.ts';
import { formatInZone, parseBoundary } from '#core/time.ts';
import {
  type BesideKey,
  type BesideTerm,
  besideIds,
  checkBesideTerm,
  isBesideKey,
  personTest,
} from './beside.ts';
import { type FilterKey, type FilterTerm, type PlacedTerm, placeFilter, pointingAt } from './filter.ts';
import { type Condition, recordHolds, registerTextSearch, wholeText } from './text.ts';

/** `where` is a condition on `event e` with positional `params`; `words` says the filter, without the period. */
export type CompiledQuery = { where: string; params: (string | number)[]; period: Period; words: string };

/** The columns of `event` that hold the id of a word, without their `_id`. */
export type CodeColumn = 'source' | 'kind' | 'actor' | 'target' | 'subject' | 'ip';

/** The ids a column may have: those that `ids` selects, where there is one, and none at all where `orNone`. */
export type CodeTest = { column: CodeColumn; ids: Condition | null; orNone: boolean };

/** What an event must meet: an instant of its time, tests of its words or of what was said of it, a text it holds. */
export type QueryPart =
  | { kind: 'from'; at: number }
  | { kind: 'to'; at: number }
  | { kind: 'words'; any: CodeTest[] }
  | { kind: 'person'; any: BesideTerm[] }
  | { kind: 'beside'; any: BesideTerm[] }
  | { kind: 'text'; value: string };

/** A query in parts, all of which an event must meet. `period` is the query's own, without before: and after:. */
export type QueryPlan = { parts: QueryPart[]; period: Period; words: string };

/** Compiles a query to SQL. Throws AppError('usage') for a filter, date or zone that makes no sense. */
export function compileQuery(store: Store, query: EventQuery): CompiledQuery {
  registerTextSearch(store);
  const { parts, period, words } = planQuery(query);
  const conditions = parts.map((part) => partSql(store, part));
  return {
    where: conditions.length === 0 ? '1' : conditions.map((one) => one.sql).join(' AND '),
    params: conditions.flatMap((one) => one.params),
    period,
    words,
  };
}

/** A query in parts. Throws AppError('usage') for a filter, date or zone that makes no sense. */
export function planQuery(query: EventQuery): QueryPlan {
  const terms = placeFilter(query.filter);
  const period: Period = {
    from: query.from === null ? null : parseBoundary(query.from, query.zone, 'from'),
    to: query.to === null ? null : parseBoundary(query.to, query.zone, 'to'),
  };
  if (period.from !== null && period.to !== null && period.from >= period.to) {
    throw new AppError(
      'usage',
      `The period ends (${query.to}) before it begins (${query.from}). Swap the two dates.`,
    );
  }
  const parts: QueryPart[] = [];
  if (period.from !== null) parts.push({ kind: 'from', at: period.from });
  if (period.to !== null) parts.push({ kind: 'to', at: period.to });
  const words: string[] = [];
  for (const [key, group] of groupByKey(terms)) {
    if (key === null || key === 'before' || key === 'after') {
      for (const term of group) {
        parts.push(
          pointingAt(term, () =>
            key === null ? { kind: 'text', value: term.value } : timePart(key, term.value, query.zone),
          ),
        );
        words.push(
          key === null ? `the record holds “${term.value}”` : timeWords(key, term.value, query.zone),
        );
      }
      continue;
    }
    if (isBesideKey(key)) {
      const any = group.map(({ value, quoted }) => ({ key, value, quoted }));
      for (const [at, term] of group.entries())
        pointingAt(term, () => checkBesideTerm(any[at] as BesideTerm));
      parts.push({ kind: key === 'person' ? 'person' : 'beside', any });
    } else parts.push({ kind: 'words', any: group.map((term) => pointingAt(term, () => testOf(key, term))) });
    words.push(
      `${key} is ${group.map((term) => (term.value === '' ? 'not given' : `“${term.value}”`)).join(' or ')}`,
    );
  }
  return {
    parts,
    period,
    words: words.length === 0 ? 'all events' : `events where ${words.join(', and ')}`,
  };
}

function partSql(store: Store, part: QueryPart): Condition {
  switch (part.kind) {
    case 'from':
      return { sql: 'e.time >= ?', params: [part.at] };
    case 'to':
      return { sql: 'e.time < ?', params: [part.at] };
    case 'text': {
      const { sql, params } = recordHolds(part.value);
      return { sql: `EXISTS (SELECT 1 FROM record r WHERE r.event_id = e.id AND ${sql})`, params };
    }
    case 'person':
      return testSql(personTest(store, part.any));
    case 'beside': {
      const ids = JSON.stringify(besideIds(store, part.any));
      return { sql: 'e.id IN (SELECT value FROM json_each(?))', params: [ids] };
    }
    case 'words': {
      const any = part.any.map(testSql);
      if (any.length === 1) return any[0] as Condition;
      return { sql: `(${any.map((one) => one.sql).join(' OR ')})`, params: any.flatMap((one) => one.params) };
    }
  }
}

function testSql({ column, ids, orNone }: CodeTest): Condition {
  const none = `e.${column}_id IS NULL`;
  if (!ids) return { sql: none, params: [] };
  const some = `e.${column}_id IN (${ids.sql})`;
  return { sql: orNone ? `(${none} OR ${some})` : some, params: ids.params };
}

/** Terms by key, in order of first use. */
function groupByKey(terms: readonly PlacedTerm[]): Map<FilterKey | null, PlacedTerm[]> {
  const groups = new Map<FilterKey | null, PlacedTerm[]>();
  for (const term of terms) groups.set(term.key, [...(groups.get(term.key) ?? []), term]);
  return groups;
}

type ColumnKey = Exclude<FilterKey, 'before' | 'after' | BesideKey>;

/** One `key:value`. Values compare without case; `*` outside quotes stands for any text; empty means none. */
function testOf(key: ColumnKey, { value, quoted }: FilterTerm): CodeTest {
  const { test, pattern } = wholeText({ value, quoted });
  const like = (word: string) => `${word} ${test}`;
  const among = (column: CodeColumn, sql: string, ...params: string[]): CodeTest => ({
    column,
    ids: { sql, params },
    orNone: false,
  });
  switch (key) {
    case 'actor':
      if (value === '') return { column: 'actor', ids: null, orNone: true };
      return among('actor', `SELECT id FROM actor WHERE ${like('name')}`, pattern);
    case 'target': {
      // A target that has a scope only is none.
      const none = 'SELECT id FROM target WHERE target_id IS NULL AND name IS NULL AND type IS NULL';
      if (value === '') return { ...among('target', none), orNone: true };
      return among(
        'target',
        `SELECT id FROM target WHERE ${like('target_id')} OR ${like('name')}`,
        pattern,
        pattern,
      );
    }
    case 'type':
      if (value === '')
        return { ...among('target', 'SELECT id FROM target WHERE type IS NULL'), orNone: true };
      return among('target', `SELECT id FROM target WHERE ${like('type')}`, pattern);
    case 'source':
      return among('source', `SELECT id FROM source WHERE ${like('name')}`, pattern);
    case 'category': {
      const found = familyOf(value);
      const list = found.map(() => '?').join(', ');
      return among('kind', `SELECT id FROM kind WHERE category IN (${list})`, ...found);
    }
    case 'outcome':
      return {
        column: 'kind',
        ids: { sql: 'SELECT id FROM kind WHERE outcome = ?', params: [outcomeIndex(value)] },
        orNone: false,
      };
    case 'action':
      return among('kind', `SELECT id FROM kind WHERE ${like('action')}`, pattern);
    case 'field':
      if (value === '') return among('kind', 'SELECT id FROM kind WHERE field IS NULL');
      return among('kind', `SELECT id FROM kind WHERE ${like('field')}`, pattern);
    case 'subject':
    case 'ip':
      if (value === '') return { column: key, ids: null, orNone: true };
      return among(key, `SELECT id FROM term WHERE kind = '${key}' AND ${like('text')}`, pattern);
  }
}

/** A category, or a family of them: `access` is access.granted, access.changed and so on. */
function familyOf(value: string): string[] {
  const wanted = value.toLowerCase().replace(/\.?\*$/, '');
  const found = categories.filter((one) => one === wanted || one.startsWith(`${wanted}.`));
  if (found.length === 0) {
    throw new AppError('usage', `“${value}” is not a category. Known are ${categories.join(', ')}.`);
  }
  return found;
}

function outcomeIndex(value: string): number {
  const index = (outcomes as readonly string[]).indexOf(value.toLowerCase());
  if (index === -1)
    throw new AppError('usage', `“${value}” is not an outcome. Known are ${outcomes.join(', ')}.`);
  return index;
}

/** `after:` begins with the first instant of its date, `before:` ends with it: together they are half-open. */
function timePart(key: 'before' | 'after', value: string, zone: string): QueryPart {
  return { kind: key === 'after' ? 'from' : 'to', at: parseBoundary(value, zone, 'from') };
}

function timeWords(key: 'before' | 'after', value: string, zone: string): string {
  const instant = formatInZone(parseBoundary(value, zone, 'from'), zone);
  return key === 'after' ? `time is ${instant} or later` : `time is before ${instant}`;
}
