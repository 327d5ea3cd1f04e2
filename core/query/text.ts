// The text search of the filter: bare words and quoted phrases, anywhere in a record. As a condition for a stream of
// events, and as the set of all events that hold a text.

import type { Store } from '#core/store/open.ts';

/** A piece of SQL with its positional parameters. */
export type Condition = { sql: string; params: (string | number)[] };

/** Events to search: their first and last id, and whether a record of theirs may have escapes (`hasEscapes`). */
export type SearchRange = readonly [first: number, last: number, mayEscape: boolean];

/** The ids, ascending, of all events in these ranges whose record holds `text`. */
export function textMatches(store: Store, text: string, ranges: readonly SearchRange[]): number[] {
  registerTextSearch(store);
  const { sql, params } = recordHolds(text, 'span.may_escape AND ');
  // Range by range in their order, and in each by id: a sort would hold all hits twice.
  return store.db
    .prepare(
      `WITH span AS MATERIALIZED (
         SELECT value ->> 0 AS first, value ->> 1 AS last, value ->> 2 AS may_escape FROM json_each(?)
       )
       SELECT r.event_id FROM span CROSS JOIN record r ON r.event_id BETWEEN span.first AND span.last WHERE ${sql}`,
    )
    .pluck()
    .all(JSON.stringify(ranges), ...params) as number[];
}

/** Those of some events whose record holds all of some texts, in the order they are given. */
export function holdTexts(store: Store, ids: readonly number[], texts: readonly string[]): number[] {
  registerTextSearch(store);
  const conditions = texts.map((text) => recordHolds(text));
  return store.db
    .prepare(
      `SELECT r.event_id FROM json_each(?) wanted CROSS JOIN record r ON r.event_id = wanted.value
       WHERE ${conditions.map(({ sql }) => sql).join(' AND ')} ORDER BY wanted.key`,
    )
    .pluck()
    .all(JSON.stringify(ids), ...conditions.flatMap(({ params }) => params)) as number[];
}

/** Whether a raw record writes a character as JSON may and people do not: `\u00e9` for é, `\/` for a slash. */
export const hasEscapes = (raw: string): boolean => raw.includes('\\') && /\\[u/]/.test(raw);

/**
 * Text anywhere in the raw record of `record r`, without case. SQLite's LIKE folds ASCII only and sees `\u00e9` as
 * six characters, so records and needles beyond that go through `record_holds`; see registerTextSearch. `onlyIf` stands
 * before the look for such records, for whoever knows that there are none.
 */
export function recordHolds(text: string, onlyIf = ''): Condition {
  const isPlain = /^[\x20-\x7e]*$/.test(text) && !/["\\]/.test(text);
  if (!isPlain) return { sql: 'record_holds(r.raw, ?)', params: [text] };
  return {
    // As hasEscapes. GLOB, with case, leaps to the next backslash; instr would look at each place.
    sql: `(r.raw LIKE ? ESCAPE '\\' OR (${onlyIf}r.raw GLOB '*\\[u/]*' AND record_holds(r.raw, ?)))`,
    params: [`%${escapeLike(text)}%`, text],
  };
}

const withSearch = new WeakSet<object>();

/** Makes `record_holds` known to this store's connection. */
export function registerTextSearch({ db }: Store): void {
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

/**
 * Whether a column is a text as a whole, without case: `*` stands for any text unless it is quoted. `test` follows the
 * column's name and takes `pattern` as its parameter. LIKE folds ASCII only; a class of GLOB folds any letter.
 */
export function wholeText({ value, quoted }: { value: string; quoted: boolean }): {
  test: string;
  pattern: string;
} {
  if (isAscii.test(value)) {
    const literal = escapeLike(value);
    return { test: "LIKE ? ESCAPE '\\'", pattern: quoted ? literal : literal.replaceAll('*', '%') };
  }
  const pattern = [...value].map((sign) => (sign === '*' && !quoted ? '*' : eitherCase(sign)));
  return { test: 'GLOB ?', pattern: pattern.join('') };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: every ASCII character is meant.
const isAscii = /^[\x00-\x7f]*$/;

/** One character for GLOB, in both cases where each is one character too. */
function eitherCase(sign: string): string {
  if (/[*?[]/.test(sign)) return `[${sign}]`;
  const cases = new Set(
    [sign, sign.toLowerCase(), sign.toUpperCase()].filter((one) => [...one].length === 1),
  );
  return cases.size === 1 ? sign : `[${[...cases].join('')}]`;
}

/** Text as it stands, for a LIKE with a backslash as its escape. */
function escapeLike(value: string): string {
  return value.replace(/[\\%_]/g, '\\$&');
}
