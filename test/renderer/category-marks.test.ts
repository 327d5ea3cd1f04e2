// Categories of a picture are told apart: by their family's colour and a pattern within it, or by patterns alone.
import { expect, test } from 'vitest';
import type { Category } from '#core/model.ts';
import { marksOf } from '../../renderer/marks/category-marks.ts';

const categories: Category[] = [
  'config.changed',
  'access.granted',
  'asset.lifecycle',
  'auth.failure',
  'access.changed',
  'billing',
];
const named = (marks: ReturnType<typeof marksOf>) =>
  marks.map(({ categories: [first], family, pattern }) => [first?.category, family, pattern]);

test('those of a family stand together, each with a pattern of its own', () => {
  expect(named(marksOf(categories, 9, false))).toEqual([
    ['config.changed', 'change', 0],
    ['asset.lifecycle', 'change', 1],
    ['access.granted', 'access', 0],
    ['access.changed', 'access', 1],
    ['auth.failure', 'sign-in', 0],
    ['billing', 'other', 0],
  ]);
});

test('what is not named is one part at the end', () => {
  const marks = marksOf(categories, 4, false);
  expect(marks.at(-1)).toMatchObject({
    family: null,
    categories: [{ category: 'access.changed' }, { category: 'billing' }],
  });
});

test('without colours no two have the same pattern', () => {
  const all = marksOf(categories, 9, true).map(({ pattern }) => pattern);
  expect(new Set(all).size).toBe(all.length);
});
