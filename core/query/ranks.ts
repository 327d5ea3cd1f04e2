// The words that events refer to by number, and the order in which lists sorted by them stand. Grid and export take
// their order from here, so that a file has the rows in the order of the screen.

import { outcomes } from '#core/model.ts';
import type { Store } from '#core/store/open.ts';
import type { CodeColumn } from './compile.ts';
import type { SortKey } from './sort.ts';
import type { FacetKey } from './summaries.ts';

export type WordKey = FacetKey | Exclude<SortKey, 'time'>;

/** A word of the log; `label` is what people call it, where that is another text. */
export type WordRow = { id: number; value: string | null; label: string | null; type: string | null };

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

/** The column of `event` whose ids a key's words have. */
export const columnOfWords = (key: WordKey): CodeColumn => sources[key].column;

/** All words of a key, by id. */
export function readWordRows(store: Store, key: WordKey): WordRow[] {
  const rows = store.db.prepare(`${sources[key].sql} ORDER BY id`).all() as (Omit<WordRow, 'value'> & {
    value: unknown;
  })[];
  return rows.map((row) => ({
    ...row,
    value: key === 'outcome' ? (outcomes[row.value as number] as string) : (row.value as string | null),
  }));
}

/** `rankOf` a code is its place in the order of the texts shown; none has the last place, `last`. */
export type Ranks = { column: CodeColumn; rankOf: Uint32Array; last: number };

/** How events stand by a key: by text without case, then by the text itself. Of the words, those up to id `highest`. */
export function rankWords(store: Store, key: Exclude<SortKey, 'time'>, highest: number): Ranks {
  const shown = readWordRows(store, key)
    .filter(({ id }) => id <= highest)
    .map(({ id, value, label }) => ({ id, text: label ?? value }));
  const texts = [...new Set(shown.map(({ text }) => text))].filter((text) => text !== null);
  const folded = texts.map((text) => ({ text, plain: text.toLowerCase() }));
  folded.sort((a, b) => compare(a.plain, b.plain) || compare(a.text, b.text));
  const places = new Map(folded.map(({ text }, place) => [text, place]));
  const last = folded.length;
  const rankOf = new Uint32Array(highest + 1).fill(last);
  for (const { id, text } of shown) rankOf[id] = text === null ? last : (places.get(text) as number);
  return { column: columnOfWords(key), rankOf, last };
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
