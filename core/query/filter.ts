// The filter language of the search box and the command line: `actor:alice@acme category:access "two words"`.
// Parses to terms and prints back to the same meaning. What the terms mean in SQL is in compile.ts.

import { AppError, type TextPlace } from '#core/errors.ts';

export const filterKeys = [
  'actor',
  'action',
  'category',
  'target',
  'type',
  'source',
  'ip',
  'outcome',
  'field',
  'subject',
  'person',
  'tag',
  'note',
  'before',
  'after',
] as const;
export type FilterKey = (typeof filterKeys)[number];

/** `key` null is text to search for. A quoted value is taken as it is: `*` is an ordinary character in it. */
export type FilterTerm = { key: FilterKey | null; value: string; quoted: boolean };

/** A term with its place in the text. */
export type PlacedTerm = FilterTerm & { place: TextPlace };

/**
 * Terms of a filter text, in its order. Different keys narrow, a repeated key widens, words narrow.
 * Throws AppError('usage') naming the character (from 1), and its place, for an unknown key, a missing value or an
 * open quote.
 */
export function parseFilter(text: string): FilterTerm[] {
  return placeFilter(text).map(({ key, value, quoted }) => ({ key, value, quoted }));
}

/** Does `work` on a term; a failure of it then points at the term. */
export function pointingAt<T>({ place }: PlacedTerm, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof AppError) || error.place) throw error;
    throw new AppError(error.code, error.message, { cause: error, place });
  }
}

/** parseFilter, with the place of each term. */
export function placeFilter(text: string): PlacedTerm[] {
  const terms: PlacedTerm[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text[at] as string)) {
      at += 1;
      continue;
    }
    const start = at;
    const keyMatch = /^([A-Za-z]+):/.exec(text.slice(at));
    let key: FilterKey | null = null;
    if (keyMatch) {
      const name = (keyMatch[1] as string).toLowerCase();
      if (!isFilterKey(name)) {
        throw new AppError(
          'usage',
          `“${name}:” at character ${start + 1} is not a filter. Use ${filterKeys.map((one) => `${one}:`).join(' ')}, or put the text in quotes to search for it.`,
          { place: { at: start, length: name.length + 1 } },
        );
      }
      key = name;
      at += keyMatch[0].length;
    }
    const quoted = text[at] === '"';
    const read = quoted ? readQuoted(text, at) : readBare(text, at);
    if (key !== null && !quoted && read.value === '') {
      throw new AppError(
        'usage',
        `“${key}:” at character ${start + 1} has no value. Write ${key}:something, or ${key}:"" for events without one.`,
        { place: { at: start, length: at - start } },
      );
    }
    at = read.end;
    const place = { at: start, length: at - start };
    if (key !== null || read.value !== '') terms.push({ key, value: read.value, quoted, place });
  }
  return terms;
}

/** The filter text of terms; parseFilter gives the same terms back. */
export function printFilter(terms: readonly FilterTerm[]): string {
  return terms.map((term) => `${term.key === null ? '' : `${term.key}:`}${printValue(term)}`).join(' ');
}

/** The filter text that finds exactly these values as they are recorded; a null one is left out. */
export const filterOfValues = (values: readonly (readonly [FilterKey, string | null])[]): string =>
  printFilter(
    values.flatMap(([key, value]) =>
      value === null ? [] : [{ key, value, quoted: value === '' || /[\s"*\\]/.test(value) }],
    ),
  );

function printValue({ key, value, quoted }: FilterTerm): string {
  const needsQuotes =
    quoted || value === '' || /[\s"]/.test(value) || (key === null && /^[A-Za-z]+:/.test(value));
  return needsQuotes ? `"${value.replace(/["\\]/g, '\\$&')}"` : value;
}

function readBare(text: string, from: number): { value: string; end: number } {
  let end = from;
  while (end < text.length && !/\s/.test(text[end] as string)) end += 1;
  return { value: text.slice(from, end), end };
}

/** A quoted value; `\"` and `\\` stand for the characters themselves. */
function readQuoted(text: string, from: number): { value: string; end: number } {
  let value = '';
  for (let at = from + 1; at < text.length; at++) {
    const letter = text[at] as string;
    if (letter === '"') return { value, end: at + 1 };
    if (letter === '\\' && (text[at + 1] === '"' || text[at + 1] === '\\')) {
      value += text[at + 1];
      at += 1;
    } else value += letter;
  }
  throw new AppError(
    'usage',
    `The quote at character ${from + 1} is not closed. Add a “"” where the text ends.`,
    { place: { at: from, length: text.length - from } },
  );
}

function isFilterKey(name: string): name is FilterKey {
  return (filterKeys as readonly string[]).includes(name);
}
