// A query (filter text and period) as SQL over the event table, and in plain words for reports. Every reader of
// events (grid, totals, counts, pack, command line) goes through here, so that they cannot disagree.

import { AppError } from '#core/errors.ts';
import { categories, type EventQuery, outcomes, type Period } from '#core/model.ts';
import type { Store } from '#core/store/open.ts';
import { formatInZone, parseBoundary } from '#core/time.ts';
import { type FilterKey, type FilterTerm, type PlacedTerm, placeFilter, pointingAt } from './filter.ts';

/** `where` is a condition on `event e` with positional `params`; `words` says the filter, without the period. */
export type CompiledQuery = { where: string; params: (string | number)[]; period: Period; words: string };

type Condition = { sql: string; params: (string | number)[] };

/** Compiles a query. Throws AppError('usage') for a filter, date or zone that makes no sense. */
export function compileQuery(store: Store, query: EventQuery): CompiledQuery {
  registerTextSearch(store);
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
  const conditions: Condition[] = [];
  if (period.from !== null) conditions.push({ sql: 'e.time >= ?', params: [period.from] });
  if (period.to !== null) conditions.push({ sql: 'e.time < ?', params: [period.to] });
  const words: string[] = [];
  for (const [key, group] of groupByKey(terms)) {
    if (key === null || key === 'before' || key === 'after') {
      for (const term of group) {
        conditions.push(
          pointingAt(term, () =>
            key === null ? matchText(term.value) : matchTime(key, term.value, query.zone),
          ),
        );
        words.push(
          key === null ? `the record holds “${term.value}”` : timeWords(key, term.value, query.zone),
        );
      }
      continue;
    }
    const any = group.map((term) => pointingAt(term, () => matchColumn(key, term)));
    conditions.push({
      sql: any.length === 1 ? (any[0] as Condition).sql : `(${any.map((one) => one.sql).join(' OR ')})`,
      params: any.flatMap((one) => one.params),
    });
    words.push(
      `${key} is ${group.map((term) => (term.value === '' ? 'not given' : `“${term.value}”`)).join(' or ')}`,
    );
  }
  return {
    where: conditions.length === 0 ? '1' : conditions.map((one) => one.sql).join(' AND '),
    params: conditions.flatMap((one) => one.params),
    period,
    words: words.length === 0 ? 'all events' : `events where ${words.join(', and ')}`,
  };
}

/** Terms by key, in order of first use. */
function groupByKey(terms: readonly PlacedTerm[]): Map<FilterKey | null, PlacedTerm[]> {
  const groups = new Map<FilterKey | null, PlacedTerm[]>();
  for (const term of terms) groups.set(term.key, [...(groups.get(term.key) ?? []), term]);
  return groups;
}

type ColumnKey = Exclude<FilterKey, 'before' | 'after'>;

/** One `key:value`. Values compare without case; `*` outside quotes stands for any text; empty means none. */
function matchColumn(key: ColumnKey, { value, quoted }: FilterTerm): Condition {
  const pattern = quoted ? escapeLike(value) : escapeLike(value).replaceAll('*', '%');
  const like = (column: string): Condition => ({ sql: `${column} LIKE ? ESCAPE '\\'`, params: [pattern] });
  const term = (kind: 'subject' | 'ip'): Condition =>
    value === ''
      ? { sql: `e.${kind}_id IS NULL`, params: [] }
      : {
          sql: `e.${kind}_id IN (SELECT id FROM term WHERE kind = '${kind}' AND text LIKE ? ESCAPE '\\')`,
          params: [pattern],
        };
  const kind = (condition: Condition): Condition => ({
    sql: `e.kind_id IN (SELECT id FROM kind WHERE ${condition.sql})`,
    params: condition.params,
  });
  switch (key) {
    case 'actor':
      if (value === '') return { sql: 'e.actor_id IS NULL', params: [] };
      return { sql: `e.actor_id IN (SELECT id FROM actor WHERE ${like('name').sql})`, params: [pattern] };
    case 'target':
      if (value === '') {
        // A target that has a scope only is none.
        const none = 'SELECT id FROM target WHERE target_id IS NULL AND name IS NULL AND type IS NULL';
        return { sql: `(e.target_id IS NULL OR e.target_id IN (${none}))`, params: [] };
      }
      return {
        sql: `e.target_id IN (SELECT id FROM target WHERE ${like('target_id').sql} OR ${like('name').sql})`,
        params: [pattern, pattern],
      };
    case 'type':
      return { sql: `e.target_id IN (SELECT id FROM target WHERE ${like('type').sql})`, params: [pattern] };
    case 'source':
      return { sql: `e.source_id IN (SELECT id FROM source WHERE ${like('name').sql})`, params: [pattern] };
    case 'category':
      return matchCategory(value);
    case 'outcome':
      return matchOutcome(value);
    case 'action':
      return kind(like('action'));
    case 'field':
      return kind(value === '' ? { sql: 'field IS NULL', params: [] } : like('field'));
    case 'subject':
    case 'ip':
      return term(key);
  }
}

/** A category, or a family of them: `access` is access.granted, access.changed and so on. */
function matchCategory(value: string): Condition {
  const wanted = value.toLowerCase().replace(/\.?\*$/, '');
  const found = categories.filter((one) => one === wanted || one.startsWith(`${wanted}.`));
  if (found.length === 0) {
    throw new AppError('usage', `“${value}” is not a category. Known are ${categories.join(', ')}.`);
  }
  const list = found.map(() => '?').join(', ');
  return {
    sql: `e.kind_id IN (SELECT id FROM kind WHERE category IN (${list}))`,
    params: [...found],
  };
}

function matchOutcome(value: string): Condition {
  const index = (outcomes as readonly string[]).indexOf(value.toLowerCase());
  if (index === -1)
    throw new AppError('usage', `“${value}” is not an outcome. Known are ${outcomes.join(', ')}.`);
  return { sql: 'e.kind_id IN (SELECT id FROM kind WHERE outcome = ?)', params: [index] };
}

/** `after:` begins with the first instant of its date, `before:` ends with it: together they are half-open. */
function matchTime(key: 'before' | 'after', value: string, zone: string): Condition {
  const instant = parseBoundary(value, zone, 'from');
  return { sql: key === 'after' ? 'e.time >= ?' : 'e.time < ?', params: [instant] };
}

function timeWords(key: 'before' | 'after', value: string, zone: string): string {
  const instant = formatInZone(parseBoundary(value, zone, 'from'), zone);
  return key === 'after' ? `time is ${instant} or later` : `time is before ${instant}`;
}

/**
 * Text anywhere in the raw record or the normalised event, without case. SQLite's LIKE folds ASCII only and sees
 * `\u00e9` as six characters, so records and needles beyond that go through `record_holds`.
 */
function matchText(value: string): Condition {
  const isPlain = /^[\x20-\x7e]*$/.test(value) && !/["\\]/.test(value);
  if (!isPlain) return { sql: recordSql('record_holds(r.raw, ?)'), params: [value] };
  const pattern = `%${escapeLike(value)}%`;
  return {
    sql: recordSql(`(r.raw LIKE ? ESCAPE '\\' OR (instr(r.raw, '\\u') > 0 AND record_holds(r.raw, ?)))`),
    params: [pattern, value],
  };
}

const recordSql = (condition: string) =>
  `EXISTS (SELECT 1 FROM record r WHERE r.event_id = e.id AND ${condition})`;

const withSearch = new WeakSet<object>();

function registerTextSearch({ db }: Store): void {
  if (withSearch.has(db)) return;
  withSearch.add(db);
  db.function('record_holds', { deterministic: true, directOnly: true }, (raw, needle) =>
    holdsText(JSON.parse(raw as string), (needle as string).toLowerCase()) ? 1 : 0,
  );
}

/** Whether any text of a JSON value holds `needle` (lower case). */
function holdsText(value: unknown, needle: string): boolean {
  if (typeof value === 'string') return value.toLowerCase().includes(needle);
  if (typeof value !== 'object' || value === null) return String(value).toLowerCase().includes(needle);
  return Object.entries(value).some(
    ([key, member]) =>
      holdsText(member, needle) || (!Array.isArray(value) && key.toLowerCase().includes(needle)),
  );
}

function escapeLike(value: string): string {
  return value.replace(/[\\%_]/g, '\\$&');
}
