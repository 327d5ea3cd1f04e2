// How each category of a picture is told from the others: by the colour of its family, as on every screen, and within a
// family by its own pattern. Where the system chooses the colours the pattern alone has to do, so each has another one.

import type { Category } from '#core/model.ts';
import { categoryFamily, type Family } from '../words/categories.ts';

/** Patterns there are, the first of them plain. */
export const patterns = 9;

export type CategoryMark = {
  /** The first is the one named; `rest` stands for several that are not named. */
  categories: { category: Category; place: number }[];
  /** Null for the rest. */
  family: Family | null;
  pattern: number;
};

/**
 * The marks of a picture's categories, those with most events first, in the order they are stacked: the largest family
 * first, its categories together, what is not named last.
 * @param named how many get a mark of their own
 * @param bare whether colours cannot be relied on
 */
export function marksOf(categories: readonly Category[], named: number, bare: boolean): CategoryMark[] {
  const families = new Map<Family, CategoryMark[]>();
  const all = categories.map((category, place) => ({ category, place }));
  for (const one of all.slice(0, named)) {
    const family = categoryFamily(one.category);
    const before = families.get(family) ?? [];
    const pattern = (bare ? one.place : before.length) % patterns;
    families.set(family, [...before, { categories: [one], family, pattern }]);
  }
  const rest = all.slice(named);
  return [
    ...[...families.values()].flat(),
    ...(rest.length === 0 ? [] : [{ categories: rest, family: null, pattern: 0 }]),
  ];
}

/** The mark of the category at a place of the picture. */
export const markAt = (marks: readonly CategoryMark[], place: number): CategoryMark =>
  marks.find(({ categories }) => categories.some((one) => one.place === place)) as CategoryMark;
