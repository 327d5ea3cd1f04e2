// The words behind the codes of the columns: what events are sorted by and what facets count. Read once for each
// state of the log; a word that several codes share (an actor seen as two types, an action with two outcomes) is one.

import { outcomes } from '#core/model.ts';
import type { CodeColumn } from '#core/query/compile.ts';
import type { SortKey } from '#core/query/sort.ts';
import type { FacetKey } from '#core/query/summaries.ts';
import type { Store } from '#core/store/open.ts';
import type { Columns } from './columns.ts';

/** A word; `value` null stands for none. `label` is what people call it, where that is another text. */
export type Word = { value: string | null; label: string | null; type: string | null };

/** The words of one key: `wordOf` a code is its place in `words`. Place 0 is "none". */
export type Words = { column: CodeColumn; wordOf: Uint32Array; words: Word[] };

export type WordKey = FacetKey | Exclude<SortKey, 'time'>;

type Row = { id: number; value: string | null; label: string | null; type: string | null };

const ofKind = (word: string) => ({
  column: 'kind' as const,
  sql: `SELECT id, ${word} AS value, NULL AS label, NULL AS type FROM kind`,
});
const ofTerm = (kind: 'subject' | 'ip') => ({
  column: kind,
  sql: `SELECT id, text AS value, NULL AS label, NULL AS type FROM term WHERE kind = '${kind}'`,
});
/** A target is its id, or its name where it has none; two types may share an id. */
const sources: Record<WordKey, { column: CodeColumn; sql: string }> = {
  source: { column: 'source', sql: 'SELECT id, name AS value, NULL AS label, NULL AS type FROM source' },
  category: ofKind('category'),
  action: ofKind('action'),
  field: ofKind('field'),
  outcome: ofKind('outcome'),
  actor: { column: 'actor', sql: 'SELECT id, name AS value, NULL AS label, type FROM actor' },
  target: {
    column: 'target',
    sql: 'SELECT id, coalesce(target_id, name) AS value, name AS label, type FROM target',
  },
  type: { column: 'target', sql: 'SELECT id, type AS value, NULL AS label, NULL AS type FROM target' },
  subject: ofTerm('subject'),
  ip: ofTerm('ip'),
};

const known = new WeakMap<Store, { end: number; words: Map<WordKey, Words>; ranks: Map<WordKey, Ranks> }>();

function knownFor(store: Store, { end }: Columns) {
  let here = known.get(store);
  if (here?.end !== end) {
    here = { end, words: new Map(), ranks: new Map() };
    known.set(store, here);
  }
  return here;
}

/** The words of a key, as far as these columns use them. */
export function readWords(store: Store, columns: Columns, key: WordKey): Words {
  const { words } = knownFor(store, columns);
  let found = words.get(key);
  if (!found) {
    found = groupRows(columns, key, readRows(store, key));
    words.set(key, found);
  }
  return found;
}

/** `rankOf` a code is its place in the order of the texts shown; none has the last place, `last`. */
export type Ranks = { column: CodeColumn; rankOf: Uint32Array; last: number };

/** How the events stand by this key: by text without case, then by the text itself. */
export function readRanks(store: Store, columns: Columns, key: Exclude<SortKey, 'time'>): Ranks {
  const { ranks } = knownFor(store, columns);
  let found = ranks.get(key);
  if (!found) {
    found = rankRows(columns, key, readRows(store, key));
    ranks.set(key, found);
  }
  return found;
}

function readRows(store: Store, key: WordKey): Row[] {
  const rows = store.db.prepare(`${sources[key].sql} ORDER BY id`).all() as (Omit<Row, 'value'> & {
    value: unknown;
  })[];
  return rows.map((row) => ({
    ...row,
    value: key === 'outcome' ? (outcomes[row.value as number] as string) : (row.value as string | null),
  }));
}

function groupRows({ highest }: Columns, key: WordKey, rows: readonly Row[]): Words {
  const { column } = sources[key];
  const wordOf = new Uint32Array(highest[column] + 1);
  const words: Word[] = [{ value: null, label: null, type: null }];
  const places = new Map<string, number>();
  for (const { id, value, label, type } of rows) {
    // Words of an import that has landed since: these columns do not use them.
    if (id > highest[column]) continue;
    // An actor is one by its name. Targets of two types are two, and so is one that is nothing but a type.
    const isTarget = key === 'target';
    if (value === null && !(isTarget && type !== null)) continue;
    const name = isTarget ? JSON.stringify([type, value]) : (value as string);
    let place = places.get(name);
    if (place === undefined) {
      place = words.length;
      places.set(name, place);
      words.push({ value, label, type });
    }
    wordOf[id] = place;
    const word = words[place] as Word;
    if (label !== null && (word.label === null || label > word.label)) word.label = label;
  }
  return { column, wordOf, words };
}

function rankRows({ highest }: Columns, key: WordKey, rows: readonly Row[]): Ranks {
  const { column } = sources[key];
  const shown = rows
    .filter(({ id }) => id <= highest[column])
    .map(({ id, value, label }) => ({ id, text: label ?? value }));
  const texts = [...new Set(shown.map(({ text }) => text))].filter((text) => text !== null);
  const folded = texts.map((text) => ({ text, plain: text.toLowerCase() }));
  folded.sort((a, b) => compare(a.plain, b.plain) || compare(a.text, b.text));
  const places = new Map(folded.map(({ text }, place) => [text, place]));
  const last = folded.length;
  const rankOf = new Uint32Array(highest[column] + 1).fill(last);
  for (const { id, text } of shown) rankOf[id] = text === null ? last : (places.get(text) as number);
  return { column, rankOf, last };
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
