// The words of the present search, so that they can be marked wherever a recorded text is shown.

import { createContext } from 'react';
import { parseFilter } from '#core/query/filter.ts';

/** Finds what the search looks for; null where it looks for no text. */
export const FoundWords = createContext<RegExp | null>(null);

/** What finds the words and phrases of a filter text, without case; null where it has none or a mistake. */
export function foundIn(filter: string): RegExp | null {
  try {
    const words = parseFilter(filter).flatMap(({ key, value }) => (key === null ? [value] : []));
    if (words.length === 0) return null;
    // The longer one first: it may begin with a shorter one.
    const texts = words
      .sort((a, b) => b.length - a.length)
      .map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
    return new RegExp(`(${texts.join('|')})`, 'giu');
  } catch {
    return null;
  }
}
