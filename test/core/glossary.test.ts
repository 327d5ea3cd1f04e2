// The glossary explains each word once, in a sentence, and points at words it has.
import { expect, test } from 'vitest';
import { glossary, type Term, termOf } from '#core/glossary.ts';

const terms: readonly Term[] = glossary;

test('each word is there once, and explained in whole sentences', () => {
  expect(new Set(terms.map(({ word }) => word)).size).toBe(terms.length);
  for (const { word, meaning } of terms)
    expect([word, meaning]).toEqual([word, expect.stringMatching(/^[A-Z].*\.$/)]);
});

test('related words are words of the glossary', () => {
  const words = terms.map(({ word }) => word);
  for (const { see = [] } of terms) for (const other of see) expect(words).toContain(other);
});

test('a word is found by its name', () => {
  expect(termOf('gap').meaning).toContain('no import spans');
});
