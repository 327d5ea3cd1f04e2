// The words behind the codes of the columns: what events are sorted by and what facets count. Read once for each
// state of the log; a word that several codes share (an actor seen as two types, an action with two outcomes) is one.

import type { CodeColumn } from '#core/query/compile.ts';
import {
  columnOfWords,
  type Ranks,
  rankWords,
  readWordRows,
  type WordKey,
  type WordRow,
} from '#core/query/ranks.ts';
import type { SortKey } from '#core/query/sort.ts';
import type { Store } from '#core/store/open.ts';
import type { Columns } from './columns.ts';

/** A word; `value` null stands for none. `label` is what people call it, where that is another text. */
export type Word = { value: string | null; label: string | null; type: string | null };

/** The words of one key: `wordOf` a code is its place in `words`. Place 0 is "none". */
export type Words = { column: CodeColumn; wordOf: Uint32Array; words: Word[] };

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
    found = groupRows(columns, key, readWordRows(store, key));
    words.set(key, found);
  }
  return found;
}

/** How the events stand by this key: by text without case, then by the text itself. */
export function readRanks(store: Store, columns: Columns, key: Exclude<SortKey, 'time'>): Ranks {
  const { ranks } = knownFor(store, columns);
  let found = ranks.get(key);
  if (!found) {
    found = rankWords(store, key, columns.highest[columnOfWords(key)]);
    ranks.set(key, found);
  }
  return found;
}

function groupRows({ highest }: Columns, key: WordKey, rows: readonly WordRow[]): Words {
  const column = columnOfWords(key);
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
