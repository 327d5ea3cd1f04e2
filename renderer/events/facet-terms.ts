// What the panel of values reads from the filter's text and writes into it, through the language's own parser.

import { type FilterKey, type FilterTerm, parseFilter, printFilter } from '#core/query/filter.ts';
import type { FacetKey, FacetValue } from '#core/query/summaries.ts';

/** The terms of a text; null where it has a mistake. */
export function termsIn(filter: string): FilterTerm[] | null {
  try {
    return parseFilter(filter);
  } catch {
    return null;
  }
}

/** The text without the terms of a key: what else its values could be. A text with a mistake stays. */
export function withoutKey(filter: string, key: FilterKey): string {
  const terms = termsIn(filter);
  return terms === null ? filter : printFilter(terms.filter((term) => term.key !== key));
}

/** The text with this term as the only one of its key. */
export const withOnly = (filter: string, term: FilterTerm): string =>
  printFilter([...(termsIn(filter) ?? []).filter(({ key }) => key !== term.key), term]);

const isPattern = ({ value, quoted }: FilterTerm): boolean => !quoted && value.includes('*');

/** Whether a term chooses exactly this value. A target is also chosen by its name; a pattern is a choice of its own. */
export function chooses(term: FilterTerm, { value, label }: Pick<FacetValue, 'value' | 'label'>): boolean {
  if (isPattern(term)) return false;
  const wanted = term.value.toLowerCase();
  return [value ?? '', ...(label === null ? [] : [label])].some((text) => text.toLowerCase() === wanted);
}

/** Keys of which the language can say that an event has none. */
const canBeNone: readonly FacetKey[] = ['actor', 'target', 'type', 'ip', 'field'];

/** Whether the filter language has a word for this value. A target that is nothing but a type has none. */
export const canChoose = (key: FacetKey, { value, type }: Pick<FacetValue, 'value' | 'type'>): boolean =>
  value !== null || (canBeNone.includes(key) && type === null);

/** Takes the value's terms out of the text, or adds one at its end. A text with a mistake stays as it is. */
export function toggleValue(
  filter: string,
  key: FacetKey,
  value: Pick<FacetValue, 'value' | 'label'>,
): string {
  const terms = termsIn(filter);
  if (terms === null) return filter;
  const rest = terms.filter((term) => term.key !== key || !chooses(term, value));
  if (rest.length < terms.length) return printFilter(rest);
  return printFilter([...terms, { key, value: value.value ?? '', quoted: true }]);
}

/** Takes one term out, a pattern or a value that no event has. */
export const withoutTerm = (filter: string, { key, value, quoted }: FilterTerm): string =>
  printFilter(
    (termsIn(filter) ?? []).filter(
      (term) => term.key !== key || term.value !== value || term.quoted !== quoted,
    ),
  );
