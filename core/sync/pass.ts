// Reads one list into the spool, as often as it takes to know what it holds. Where no record came in two pages, once is
// enough. Where one did, and has no id of its own, it was either sent twice or is there twice: then the list is read again,
// and when it comes the very same way, it is there as often as it came. A list that never holds still is taken as far as
// each page shows it, which is never too much; it does not count as settled, so that the next sync reads it again.

import { setImmediate } from 'node:timers/promises';
import { AppError } from '#core/errors.ts';
import type { Seen } from './counting.ts';
import type { Intake } from './intake.ts';
import { countOf, type PageRecords, textOf } from './page-records.ts';
import { moved, type Page } from './paging.ts';

/** What a record says of itself: its time in epoch ms, and whether it has an id of its own. */
export type Facts = { time: number | null; hasId: boolean };

export type PassOptions = {
  /** Begins to read the list from its start. */
  open(): AsyncGenerator<Page | typeof moved>;
  intake: Intake;
  factsOf(text: string): Facts;
  /** Whether to read again for certainty: not where the next sync does anyway. */
  isFinal: boolean;
  /** Of a list that may grow meanwhile: whether a record belongs to the part that does not. Null: all do. */
  belongs: ((text: string) => boolean) | null;
  /** Before each page is written; throwing ends the pass, returning true ends the list behind it. */
  seePage(page: Page): boolean;
};

/** `received` counts records as they came, `kept` those that were new to the spool. */
export type PassEnd = { isStable: boolean; received: number; kept: number; pages: number };

const mostPasses = 5;

type Once = Seen & { isUnsure: boolean; isMoved: boolean };

/** Reads a list. Throws AppError where the API cannot be read, or whatever `seePage` throws. */
export async function readList(options: PassOptions): Promise<PassEnd> {
  const { intake } = options;
  const before = intake.lines();
  const end = { isStable: false, received: 0, pages: 0 };
  end.isStable = await readUntilStable(options, end);
  return { ...end, kept: intake.lines() - before };
}

async function readUntilStable(
  options: PassOptions,
  end: { received: number; pages: number },
): Promise<boolean> {
  const { intake, factsOf, isFinal } = options;
  let before: string | null = null;
  for (let pass = 1; pass <= mostPasses; pass++) {
    const { digest, repeats, isUnsure, isMoved } = await readOnce(options, end);
    if (isMoved) continue;
    if (repeats.every((text) => factsOf(text).hasId) && !isUnsure) return true;
    if (digest === before) {
      await intake.keepRepeats();
      return true;
    }
    if (!isFinal) return false;
    before = digest;
  }
  if (end.pages === 0)
    throw new AppError(
      'input',
      'The list moves so fast that it cannot be read. Sync again at a quieter time.',
    );
  return false;
}

/** Reads the list once, or until it has lost its place. */
async function readOnce(
  { open, intake, belongs, seePage }: PassOptions,
  end: { received: number; pages: number },
): Promise<Once> {
  let isUnsure = false;
  const pages = open();
  let coming = pages.next();
  for (let isLast = false; !isLast; ) {
    const { value: page, done } = await coming;
    if (done) break;
    if (page === moved) return { ...(await intake.conclude()), isUnsure, isMoved: true };
    const { records } = page;
    end.pages += 1;
    end.received += countOf(records);
    isUnsure ||= page.isUnsure;
    isLast = seePage(page);
    if (!isLast) {
      // The server is at work on the next page while this one is counted and written.
      coming = pages.next();
      // What goes wrong with it is thrown when it is waited for.
      coming.catch(() => {});
      await setImmediate();
    }
    await intake.take({ records, isInFront: belongs && inFrontOf(records, belongs) });
  }
  return { ...(await intake.conclude()), isUnsure, isMoved: false };
}

/** 1 for each record that does not belong to the part of the list that holds still. */
function inFrontOf(records: PageRecords, belongs: (text: string) => boolean): Uint8Array<ArrayBuffer> {
  const isInFront = new Uint8Array(countOf(records));
  for (let index = 0; index < isInFront.length; index++)
    if (!belongs(textOf(records, index))) isInFront[index] = 1;
  return isInFront;
}
