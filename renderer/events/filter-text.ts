// Edits the text of the search box for the pick lists beside it: the text stays the one truth. Reading and writing
// it is the engine's own parser, so that a pick list cannot disagree with what is searched.

import { type FilterTerm, parseFilter, printFilter } from '#core/query/filter.ts';

/** Keys of the language that a pick list writes. */
export type PickKey = 'action' | 'actor' | 'target' | 'category' | 'source';

/** The values that `key` has in the text; a pattern (`alice*`) is none, and neither is a text with a mistake in it. */
export function pickedIn(filter: string, key: PickKey): string[] {
  return (termsOf(filter) ?? []).flatMap((term) => (term.key === key && isValue(term) ? [term.value] : []));
}

/**
 * The text with exactly these values for `key`: those there already stay in place, new ones go to the end, patterns
 * stay. In a text with a mistake nothing is taken away, only added.
 */
export function pick(filter: string, key: PickKey, values: readonly string[]): string {
  const terms = termsOf(filter);
  const there = new Set(pickedIn(filter, key));
  const added = values.filter((value) => !there.has(value)).map((value) => termOf(key, value));
  if (terms === null) return [filter.trim(), printFilter(added)].filter(Boolean).join(' ');
  const kept = terms.filter((term) => term.key !== key || !isValue(term) || values.includes(term.value));
  return printFilter([...kept, ...added]);
}

const isValue = (term: FilterTerm): boolean => term.quoted || !term.value.includes('*');

const termOf = (key: PickKey, value: string): FilterTerm => ({ key, value, quoted: /[\s"*]/.test(value) });

function termsOf(filter: string): FilterTerm[] | null {
  try {
    return parseFilter(filter);
  } catch {
    return null;
  }
}
