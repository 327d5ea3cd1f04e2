// The first rows of a text search, before all of its hits are known: rows that the rest of the query leaves are looked
// into from one end on, those alone that the text index does not exclude.

import type { EventQuery } from '#core/model.ts';
import { holdTexts } from '#core/query/text.ts';
import type { Store } from '#core/store/open.ts';
import type { Columns } from './columns.ts';
import { pickByWords } from './selection.ts';
import { blockOf, candidateBlocks } from './text-index.ts';

/** Records that are read at once. */
const atOnce = 500;
/**
 * Records that are read at most: more would take longer than a person notices. The newest up to 32,768 are in no index yet
 * and are read whatever they hold.
 */
const usualMostRead = 80_000;

/**
 * The ids of the first `limit` events of a query, newest first or oldest first; null when so many records would have to
 * be read for them that it is better to find all hits.
 */
export function firstHits(
  store: Store,
  columns: Columns,
  query: EventQuery,
  direction: 'asc' | 'desc',
  limit: number,
  mostRead = usualMostRead,
): number[] | null {
  const { from, to, rows, texts } = pickByWords(store, columns, query);
  const maybe = texts
    .map((text) => candidateBlocks(store, text, columns.end))
    .reduce((all, blocks) => all.map((one, block) => one && (blocks[block] as number)));
  const length = rows ? rows.length : to - from;
  const hits: number[] = [];
  let read = 0;
  let wanted: number[] = [];
  for (let place = 0; place < length; place++) {
    const at = direction === 'asc' ? place : length - 1 - place;
    const id = columns.id[rows ? (rows[at] as number) : from + at] as number;
    if (maybe[blockOf(id)]) wanted.push(id);
    if (wanted.length < atOnce && place < length - 1) continue;
    hits.push(...holdTexts(store, wanted, texts));
    if (hits.length >= limit) return hits.slice(0, limit);
    read += wanted.length;
    if (read >= mostRead && place < length - 1) return null;
    wanted = [];
  }
  return hits;
}
