// From one page to the next, to the end of what was asked for. Lists move while they are read: where pages are counted by
// records, each begins with the last record of the one before, so that a move shows and is made good.

import { AppError } from '#core/errors.ts';
import type { Paging } from './connector.ts';
import type { ReadPage } from './page.ts';
import { countOf, keysOf, type PageRecords, recordsFrom } from './page-records.ts';

/** Asks for one page: what is added to the query, or a whole address instead. */
export type AskPage = (more: Record<string, string>, address?: string) => Promise<ReadPage>;

/**
 * The records of a page that the ones before it did not hold; whoever takes them may hand them away. `isUnsure` where it
 * could not be told for certain.
 */
export type Page = { records: PageRecords; isUnsure: boolean };

/** The list moved so much that reading it has to begin again. */
export const moved = Symbol('moved');

/** More pages in a row without anything new are no list. */
const mostIdle = 50;

/**
 * The pages of a list. Yields `moved` as its last value where it lost its place. Throws AppError where the API does not
 * page as its connector says.
 */
export async function* eachPage(
  ask: AskPage,
  paging: Paging,
  vendor: string,
): AsyncGenerator<Page | typeof moved> {
  switch (paging.kind) {
    case 'none':
      yield { records: (await ask({})).records, isUnsure: false };
      return;
    case 'offset':
      yield* byOffset(ask, paging, vendor);
      return;
    case 'page':
      yield* byNumber(ask, paging, vendor);
      return;
    default:
      yield* byNext(ask, paging.kind === 'cursor' ? paging.cursor : null, vendor);
  }
}

async function* byNext(ask: AskPage, cursor: string | null, vendor: string): AsyncGenerator<Page> {
  const seen = new Set<string>();
  let page = await ask({});
  for (let idle = 0; ; ) {
    idle = countOf(page.records) === 0 ? idle + 1 : 0;
    yield { records: page.records, isUnsure: false };
    const { next } = page;
    if (next === null) return;
    // Some give an address for what is still to come, again and again: without records there is nothing behind it yet.
    if (idle > 2) return;
    if (seen.has(next))
      throw new AppError(
        'input',
        `${vendor} leads back to a page that was read already. Nothing after it can be read; ask for a shorter period.`,
      );
    seen.add(next);
    page = cursor === null ? await ask({}, next) : await ask({ [cursor]: next });
  }
}

async function* byNumber(
  ask: AskPage,
  paging: Paging & { kind: 'page' },
  vendor: string,
): AsyncGenerator<Page> {
  const size: Record<string, string> =
    paging.limit === undefined || paging.size === undefined ? {} : { [paging.limit]: String(paging.size) };
  let before = '';
  let largest = 0;
  let alike = 0;
  for (let number = paging.first; ; number++) {
    const { records } = await ask({ [paging.page]: String(number), ...size });
    const count = countOf(records);
    if (count === 0) return;
    largest = Math.max(largest, count);
    const all = keysOf(records);
    const keys = all.join();
    // Behind the end some answer with the last page again. A whole page of one record is another like it.
    const isOneRecord = count === largest && new Set(all).size === 1;
    if (keys === before && !isOneRecord) return;
    alike = keys === before ? alike + 1 : 0;
    if (alike > 1000)
      throw new AppError(
        'input',
        `${vendor} gives the same page again whatever its number is. Set how its pages are asked for.`,
      );
    before = keys;
    yield { records, isUnsure: false };
  }
}

async function* byOffset(
  ask: AskPage,
  paging: Paging & { kind: 'offset' },
  vendor: string,
): AsyncGenerator<Page | typeof moved> {
  const { offset, limit, size } = paging;
  /** Where the next unread record stands, as far as is known, and the keys of the last ones read. */
  let at = 0;
  let tail: string[] = [];
  let largest = 0;
  let overlap = 0;
  for (let idle = 0; ; ) {
    const from = Math.max(0, at - overlap);
    const { records } = await ask({ [offset]: String(from), [limit]: String(size) });
    const keys = keysOf(records);
    largest = Math.max(largest, keys.length);
    if (overlap === 0 && keys.length === 0) return;
    const place = overlap === 0 ? { from: tail.length, isUnsure: false } : findPlace(tail, keys);
    if (place === null) {
      // Records before this place are gone, or many new ones came in front: look further back.
      if (overlap >= Math.min(at, 3 * largest)) {
        yield moved;
        return;
      }
      overlap = Math.min(at, Math.max(largest, overlap * 2));
      continue;
    }
    const known = Math.max(0, tail.length - place.from);
    const fresh = keys.slice(known);
    idle = fresh.length === 0 ? idle + 1 : 0;
    if (fresh.length > 0) yield { records: recordsFrom(records, known), isUnsure: place.isUnsure };
    // Nothing stands behind the last record that was read.
    else if (keys.length === 1 && place.from === tail.length - 1) return;
    if (idle > mostIdle)
      throw new AppError(
        'input',
        `${vendor} gives the same page again whatever place in the list it is asked for. Set how its pages are asked for.`,
      );
    at = from + keys.length;
    tail = [...tail, ...fresh].slice(-4 * Math.max(size, largest));
    // A server that gives one record at a time cannot repeat one and give another.
    overlap = largest > 1 ? 1 : 0;
  }
}

/**
 * Where in the records read so far a page begins: from there on both must agree. The latest such place, since lists move
 * little; unsure where there are several. Null where there is none, or the page is empty.
 */
function findPlace(
  tail: readonly string[],
  keys: readonly string[],
): { from: number; isUnsure: boolean } | null {
  if (keys.length === 0) return null;
  const places: number[] = [];
  for (let from = tail.length - 1; from >= 0 && places.length < 2; from--) {
    if (tail[from] !== keys[0]) continue;
    const most = Math.min(keys.length, tail.length - from);
    let length = 1;
    while (length < most && tail[from + length] === keys[length]) length += 1;
    if (length === most) places.push(from);
  }
  const [from] = places;
  return from === undefined ? null : { from, isUnsure: places.length > 1 };
}
