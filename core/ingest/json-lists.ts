// Reads the records of a JSON file that is more than one a line: an array, one object with the list inside, or records
// one after the other. Tools that fetch page by page write several arrays or objects into one file; all of them count.
// What is no record and no known wrapping becomes a faulty piece, so that nothing disappears without a word.

import { assertSize, endOfString, endOfValue, type JsonPiece, type JsonReader, skipBlank } from './json.ts';
import type { RecordIndex } from './line-index.ts';

/** What is wrong with pieces that may look like records. */
export const textAfterList = 'text after the end of the list';
export const unfinishedRecord = 'the file ends in the middle of this record';
export const pageWithoutList = 'an object without the list that the one before it has';

/** Where the list of records stands in the object around it: the index of its bracket, and the names that lead to it. */
export type ListPlace = { at: number; path: string[] };

/**
 * Where the list of records opens in a text that begins with a JSON object: its first member that may be the list by its
 * name and is an array, with `ofObjects` one whose first element is an object; with `levels` also in the objects inside,
 * so many deep. Null when there is none in this much of the text.
 */
export function findList(
  text: string,
  mayBe: (name: string) => boolean,
  { ofObjects = false, levels = 0 } = {},
): ListPlace | null {
  return findListIn(text, text.indexOf('{'), mayBe, ofObjects, levels);
}

function findListIn(
  text: string,
  from: number,
  mayBe: (name: string) => boolean,
  ofObjects: boolean,
  levels: number,
): ListPlace | null {
  let at = skipBlank(text, from + 1);
  while (text[at] === '"') {
    const member = readMember(text, at);
    if (!member) return null;
    const { name, value } = member;
    const isList = text[value] === '[' && (!ofObjects || text[skipBlank(text, value + 1)] === '{');
    if (isList && mayBe(name)) return { at: value, path: [name] };
    if (levels > 0 && text[value] === '{') {
      const inside = findListIn(text, value, mayBe, ofObjects, levels - 1);
      if (inside) return { at: inside.at, path: [name, ...inside.path] };
    }
    const end = endOfValue(text, value);
    if (end === -1) return null;
    const comma = skipBlank(text, end);
    if (text[comma] !== ',') return null;
    at = skipBlank(text, comma + 1);
  }
  return null;
}

/** The member whose key opens at `from`: its name as written, and where its value begins. Null where the text ends. */
function readMember(text: string, from: number): { name: string; value: number } | null {
  const keyEnd = endOfString(text, from);
  if (keyEnd === -1) return null;
  const colon = skipBlank(text, keyEnd);
  const value = skipBlank(text, colon + 1);
  if (text[colon] !== ':' || value >= text.length) return null;
  return { name: text.slice(from + 1, keyEnd - 1), value };
}

/**
 * Reads arrays: the elements of one after the other. What follows and is no array is a faulty piece. `index` is told where
 * each record begins.
 */
export function createArrayReader(index?: RecordIndex): JsonReader {
  return createListReader(null, index);
}

/** Reads objects with a list inside, one after the other; their other members are no records. */
export function createPageReader(list: ListPlace, index?: RecordIndex): JsonReader {
  return createListReader(list, index);
}

/** Reads records that stand one after the other, over as many lines as they like. */
export function createValueReader(index?: RecordIndex): JsonReader {
  let row = 0;
  return createReader(
    (text, from, pieces) => {
      const end = endOfValue(text, from);
      if (end === -1) return -1;
      row += 1;
      pieces.push({ text: text.slice(from, end), row, fault: null });
      return end;
    },
    { next: () => (row += 1), isWhole: () => true, index },
  );
}

function createListReader(page: ListPlace | null, index: RecordIndex | undefined): JsonReader {
  let row = 0;
  // In an object: before its list, behind it, or in one of the pages that follow the first.
  let state: 'before' | 'inside' | 'around' | 'after' = 'before';
  let hasList = true;
  // In which of the objects around the list, from 0 for the outermost.
  const innermost = (page?.path.length ?? 1) - 1;
  let depth = innermost;
  // What a page says beside its list, as long as none was found in it.
  let aside = '';

  function fault(text: string, why: string, pieces: JsonPiece[]): void {
    row += 1;
    pieces.push({ text, row, fault: why });
  }

  function insideList(text: string, at: number, pieces: JsonPiece[]): number {
    if (text[at] === ',') return at + 1;
    if (text[at] === ']') {
      state = page ? 'around' : 'after';
      return at + 1;
    }
    const end = endOfValue(text, at);
    if (end === -1) return -1;
    row += 1;
    pieces.push({ text: text.slice(at, end), row, fault: null });
    return end;
  }

  const comma = () => (aside === '' || aside.endsWith('{') ? '' : ',');

  /** Among the members of an object; what is none ends it. */
  function aroundList(text: string, at: number, pieces: JsonPiece[]): number {
    if (text[at] === ',') return at + 1;
    if (text[at] === '}') {
      if (depth > 0) {
        depth -= 1;
        if (!hasList) aside += '}';
        return at + 1;
      }
      state = 'after';
      if (!hasList) fault(`{${aside}}`, pageWithoutList, pieces);
      return at + 1;
    }
    if (text[at] !== '"') {
      state = 'after';
      return at;
    }
    const member = readMember(text, at);
    if (!member) return -1;
    if (member.name === page?.path[depth]) {
      if (depth === innermost && text[member.value] === '[') {
        state = 'inside';
        hasList = true;
        return member.value + 1;
      }
      if (depth < innermost && text[member.value] === '{') {
        depth += 1;
        if (!hasList) aside += `${comma()}${text.slice(at, member.value + 1)}`;
        return member.value + 1;
      }
    }
    const end = endOfValue(text, member.value);
    if (end === -1) return -1;
    if (!hasList) {
      aside += `${comma()}${text.slice(at, end)}`;
      assertSize(aside, `the object behind record ${row}`);
    }
    return end;
  }

  function afterList(text: string, at: number, pieces: JsonPiece[]): number {
    if (!page && text[at] === '[') {
      state = 'inside';
      return at + 1;
    }
    if (page && text[at] === '{') {
      state = 'around';
      depth = 0;
      hasList = false;
      aside = '';
      return at + 1;
    }
    fault(text.slice(at), textAfterList, pieces);
    return text.length;
  }

  return createReader(
    (text, at, pieces) => {
      if (state === 'inside') return insideList(text, at, pieces);
      if (state === 'around') return aroundList(text, at, pieces);
      if (state === 'after') return afterList(text, at, pieces);
      // Only called for a text in which a bracket stands here.
      state = 'inside';
      return at + 1;
    },
    { next: () => (row += 1), isWhole: () => state === 'after', index, above: page?.at ?? 0 },
  );
}

/**
 * A reader that steps through the text from one thing to the next. `step` gets the index of what is no blank, adds the
 * pieces it finds and returns the index behind what it read, or -1 where the text ends before that does. What stands
 * `above` in the text is left out.
 */
function createReader(
  step: (text: string, at: number, pieces: JsonPiece[]) => number,
  {
    next,
    isWhole,
    index,
    above = 0,
  }: { next: () => number; isWhole: () => boolean; index: RecordIndex | undefined; above?: number },
): JsonReader {
  let carry = '';
  let count = 0;
  let toSkip = above;
  /** Where the text that is looked at begins in the file. */
  let byte = 0;

  function cut(text: string): JsonPiece[] {
    const pieces: JsonPiece[] = [];
    let measured = 0;
    const measure = (to: number) => {
      if (index) byte += index.sizeOf(text.slice(measured, to));
      measured = to;
    };
    let at = skipBlank(text, toSkip);
    toSkip = 0;
    while (at < text.length) {
      const found = pieces.length;
      const end = step(text, at, pieces);
      if (end === -1) break;
      if (index && pieces.length > found) {
        measure(at);
        index.begin(byte);
      }
      at = skipBlank(text, end);
    }
    measure(at);
    carry = text.slice(at);
    count = pieces.at(-1)?.row ?? count;
    return pieces;
  }

  return {
    push(text) {
      const all = carry + text;
      if (all.length < toSkip) {
        carry = all;
        return [];
      }
      const pieces = cut(all);
      assertSize(carry, `record ${count + 1}`);
      return pieces;
    },
    end() {
      // A bare value (a number, a word) ends where the file does.
      const pieces = cut(`${carry} `);
      const rest = carry.trim();
      if (rest !== '') {
        pieces.push({ text: rest, row: next(), fault: unfinishedRecord });
        index?.begin(byte);
      }
      index?.end(byte + index.sizeOf(carry));
      return { pieces, isCutOff: rest !== '' || !isWhole() };
    },
  };
}
