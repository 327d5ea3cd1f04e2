// Reads one list into the spool, as often as it takes to know what it holds. Where no record came in two pages, once is
// enough. Where one did, and has no id of its own, it was either sent twice or is there twice: then the list is read again,
// and when it comes the very same way, it is there as often as it came. A list that never holds still is taken as far as
// each page shows it, which is never too much; it does not count as settled, so that the next sync reads it again.

import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { AppError } from '#core/errors.ts';
import { type Counter, createCounter } from './counter.ts';
import { detached, type PageRecord, textOf } from './page-records.ts';
import { moved, type Page } from './paging.ts';
import type { Spool } from './spool.ts';

/** What a record says of itself: its time in epoch ms, and whether it has an id of its own. */
export type Facts = { time: number | null; hasId: boolean };

export type PassOptions = {
  /** Begins to read the list from its start. */
  open(): AsyncGenerator<Page | typeof moved>;
  spool: Spool;
  factsOf(text: string): Facts;
  /** Whether to read again for certainty: not where the next sync does anyway. */
  isFinal: boolean;
  /** Of a list that may grow meanwhile: whether a record belongs to the part that does not. Null: all do. */
  belongs: ((record: PageRecord) => boolean) | null;
  /** Before each page is written; throwing ends the pass, returning true ends the list behind it. */
  seePage(page: Page): boolean;
};

/** `received` counts records as they came, `kept` those that were new to the spool. */
export type PassEnd = { isStable: boolean; received: number; kept: number; pages: number };

const mostPasses = 5;

type Once = {
  digest: string;
  repeats: Map<string, PageRecord>;
  counts: Counter;
  isUnsure: boolean;
};

/** Reads a list. Throws AppError where the API cannot be read, or whatever `seePage` throws. */
export async function readList(options: PassOptions): Promise<PassEnd> {
  const { spool, factsOf, isFinal } = options;
  const end: PassEnd = { isStable: false, received: 0, kept: 0, pages: 0 };
  let before: string | null = null;
  for (let pass = 1; pass <= mostPasses; pass++) {
    const once = await readOnce(options, end);
    if (once === null) continue;
    const { digest, repeats, counts, isUnsure } = once;
    const isClear = repeats.size === 0 && !isUnsure;
    if (isClear || ([...repeats.values()].every((record) => factsOf(textOf(record)).hasId) && !isUnsure)) {
      end.isStable = true;
      return end;
    }
    if (digest === before) {
      for (const [key, record] of repeats) {
        for (let count = 1; count <= counts.get(key); count++) if (spool.offer(record, count)) end.kept += 1;
      }
      end.isStable = true;
      return end;
    }
    if (!isFinal) return end;
    before = digest;
  }
  if (end.pages === 0)
    throw new AppError(
      'input',
      'The list moves so fast that it cannot be read. Sync again at a quieter time.',
    );
  return end;
}

/** Reads the list once; null where it lost its place. */
async function readOnce({ open, spool, belongs, seePage }: PassOptions, end: PassEnd): Promise<Once | null> {
  const digest = createHash('sha256');
  const counts = createCounter();
  const repeats = new Map<string, PageRecord>();
  const inPage = createCounter();
  let isUnsure = false;
  // What is new in front of others has moved them, as it did or did not in another pass: two passes are only alike where
  // that is. What is new behind them has not.
  let inFront = '';
  const pages = open();
  let coming = pages.next();
  for (let isLast = false; !isLast; ) {
    const { value: page, done } = await coming;
    if (done) break;
    if (page === moved) return null;
    end.pages += 1;
    isLast = seePage(page);
    if (!isLast) {
      // The server is at work on the next page while this one is counted and written.
      coming = pages.next();
      // What goes wrong with it is thrown when it is waited for.
      coming.catch(() => {});
      await setImmediate();
    }
    inPage.clear();
    // Hashed together: each by itself would cost as much as its own hash.
    const keys: string[] = [];
    for (const record of page.records) {
      const { key } = record;
      const nth = inPage.add(key);
      end.received += 1;
      if (spool.offer(record, nth)) end.kept += 1;
      if (belongs && !belongs(record)) {
        inFront += key;
        continue;
      }
      keys.push(inFront + key);
      inFront = '';
      if (counts.add(key) > 1 && nth === 1) repeats.set(key, detached(record));
    }
    digest.update(keys.join(''));
    isUnsure ||= page.isUnsure;
  }
  return { digest: digest.digest('hex'), repeats, counts, isUnsure };
}
