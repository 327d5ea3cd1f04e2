// What the events of a query are made of: how many there are for each source, category, actor and so on.

import type { EventQuery } from '#core/model.ts';
import type { Facet, FacetKey } from '#core/query/summaries.ts';
import type { Store } from '#core/store/open.ts';
import type { Columns } from './columns.ts';
import { selectRows } from './selection.ts';
import { countCodes } from './sort.ts';
import { readWords, type Word } from './words.ts';

/** Asks for the `limit` most frequent values of a key; with `like`, of those that hold this text, without case. */
export type FacetRequest = { key: FacetKey; like: string | null; limit: number };

/** Facets of a query, in the order asked for, with the number of its events. */
export function readFacets(
  store: Store,
  columns: Columns,
  query: EventQuery,
  requests: readonly FacetRequest[],
): { total: number; facets: Facet[] } {
  const selection = selectRows(store, columns, query);
  const countsOf = new Map<string, Uint32Array>();
  const facets = requests.map(({ key, like, limit }): Facet => {
    const { column, wordOf, words } = readWords(store, columns, key);
    const ofCodes = countsOf.get(column) ?? countCodes(columns, selection, column);
    countsOf.set(column, ofCodes);
    const counts = new Uint32Array(words.length);
    for (let code = 0; code < ofCodes.length; code++) {
      const word = wordOf[code] as number;
      counts[word] = (counts[word] as number) + (ofCodes[code] as number);
    }
    const { top, found } = pickTop(words, counts, like, limit);
    return {
      key,
      values: top.map((at) => ({ ...labelled(words[at] as Word), count: counts[at] as number })),
      more: found - top.length,
    };
  });
  return { total: selection.length, facets };
}

/** The words with the highest counts, in order; `found` is how many have any. One pass, whatever their number. */
function pickTop(
  words: readonly Word[],
  counts: Uint32Array,
  like: string | null,
  limit: number,
): { top: number[]; found: number } {
  const wanted = like?.toLowerCase() ?? '';
  const order = (a: number, b: number) =>
    (counts[b] as number) - (counts[a] as number) || compareWords(words[a] as Word, words[b] as Word);
  const top: number[] = [];
  let found = 0;
  for (let at = 0; at < words.length; at++) {
    if (counts[at] === 0 || !holds(words[at] as Word, wanted)) continue;
    found += 1;
    if (top.length === limit && order(at, top[limit - 1] as number) >= 0) continue;
    let place = top.length;
    while (place > 0 && order(at, top[place - 1] as number) < 0) place -= 1;
    top.splice(place, 0, at);
    if (top.length > limit) top.pop();
  }
  return { top, found };
}

function holds({ value, label }: Word, wanted: string): boolean {
  if (wanted === '') return true;
  return [value, label].some((text) => text?.toLowerCase().includes(wanted));
}

/** By what is shown, then by what tells words apart that show the same; none comes last. */
function compareWords(a: Word, b: Word): number {
  return (
    compare(a.label ?? a.value, b.label ?? b.value) || compare(a.value, b.value) || compare(a.type, b.type)
  );
}

function compare(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return a < b ? -1 : 1;
}

const labelled = ({ value, label, type }: Word): Word => ({
  value,
  label: label === value ? null : label,
  type,
});
