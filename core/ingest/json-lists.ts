// Reads the records of a JSON file that is more than one a line: an array, one object with the list inside, or records
// one after the other. Tools that fetch page by page write several arrays or objects into one file; all of them count.
// What is no record and no known wrapping becomes a faulty piece, so that nothing disappears without a word.

import { assertSize, type JsonPiece, type JsonReader } from './json.ts';
import { type JsonText, jsonTextOf } from './json-text.ts';

/** What is wrong with pieces that may look like records. */
export const textAfterList = 'text after the end of the list';
export const unfinishedRecord = 'the file ends in the middle of this record';
export const pageWithoutList = 'an object without the list that the one before it has';

const quote = 34;
const comma = 44;
const colon = 58;
const openList = 91;
const closeList = 93;
const openObject = 123;
const closeObject = 125;

/**
 * Where the list of records stands in the object around it: the index of its bracket, and the names that lead to it.
 * `inArray` where such objects are the elements of an array.
 */
export type ListPlace = { at: number; path: string[]; inArray?: boolean };

/** Whether a list may be that of the records: by its name, or by what stands at the index of its bracket. */
export type MayBeList = (name: string, at: number) => boolean;

/**
 * Where the list of records opens in the first JSON object of a text: its first member that may be the list and is an
 * array, with `ofObjects` one whose first element is an object; with `levels` also in the objects inside, so many deep.
 * Null when there is none in this much of the text.
 */
export function findList(
  text: string,
  mayBe: MayBeList,
  { ofObjects = false, levels = 0 } = {},
): ListPlace | null {
  return findListIn(jsonTextOf(text), text.indexOf('{'), mayBe, ofObjects, levels);
}

function findListIn(
  text: JsonText,
  from: number,
  mayBe: MayBeList,
  ofObjects: boolean,
  levels: number,
): ListPlace | null {
  let at = text.skipBlank(from + 1);
  while (text.at(at) === quote) {
    const member = readMember(text, at);
    if (!member) return null;
    const { name, value } = member;
    const isList =
      text.at(value) === openList && (!ofObjects || text.at(text.skipBlank(value + 1)) === openObject);
    if (isList && mayBe(name, value)) return { at: value, path: [name] };
    if (levels > 0 && text.at(value) === openObject) {
      const inside = findListIn(text, value, mayBe, ofObjects, levels - 1);
      if (inside) return { at: inside.at, path: [name, ...inside.path] };
    }
    const end = text.endOfValue(value);
    if (end === -1) return null;
    const next = text.skipBlank(end);
    if (text.at(next) !== comma) return null;
    at = text.skipBlank(next + 1);
  }
  return null;
}

/** The member whose key opens at `from`: its name as written, and where its value begins. Null where the text ends. */
function readMember(text: JsonText, from: number): { name: string; value: number } | null {
  const keyEnd = text.endOfString(from);
  if (keyEnd === -1) return null;
  const at = text.skipBlank(keyEnd);
  const value = text.skipBlank(at + 1);
  if (text.at(at) !== colon || value >= text.length) return null;
  return { name: text.slice(from + 1, keyEnd - 1), value };
}

/** A record as it stands in the text, or what stands where one was expected; `text` is set for what does not stand there as it is. */
export type FoundPiece = { from: number; to: number; row: number; fault: string | null; text: string | null };

/** Steps through the text of a file from one thing to the next, whoever holds the text. */
export type JsonCutter = {
  /**
   * Reads what stands at `at`, which is no blank. The place behind it, or -1 where the text ends before it does: then it
   * is to be asked again with more text.
   */
  step(text: JsonText, at: number): number;
  /** What the last step found; null where that was no record. */
  found(): FoundPiece | null;
  /** The row of the last record that was found; 0 before the first. */
  row(): number;
  /** Counts one more record, and gives its row. */
  nextRow(): number;
  /** Whether the text may end here. */
  isWhole(): boolean;
};

/** Cuts arrays into their elements, one array after the other. What follows and is no array is a faulty piece. */
export const createArrayCutter = (): JsonCutter => createListCutter(null, false);

/** The same where the elements of an array are arrays themselves, one a page: what stands in those is cut out. */
export const createNestedArrayCutter = (): JsonCutter => createListCutter(null, true);

/** Cuts the list inside of objects that stand one after the other; their other members are no records. */
export const createPageCutter = (list: ListPlace): JsonCutter => createListCutter(list, false);

/** Cuts records that stand one after the other, over as many lines as they like; commas between them are none. */
export function createValueCutter(): JsonCutter {
  let row = 0;
  let found: FoundPiece | null = null;
  return {
    step(text, at) {
      found = null;
      if (text.at(at) === comma) return at + 1;
      const end = text.endOfValue(at);
      found = end === -1 ? null : { from: at, to: end, row: ++row, fault: null, text: null };
      return end;
    },
    found: () => found,
    row: () => row,
    nextRow: () => ++row,
    isWhole: () => true,
  };
}

function createListCutter(page: ListPlace | null, isNested: boolean): JsonCutter {
  let row = 0;
  let found: FoundPiece | null = null;
  // In an object: before its list, behind it, or in one of the pages that follow the first.
  let state: 'before' | 'inside' | 'around' | 'after' = 'before';
  let hasList = true;
  // In which of the objects around the list, from 0 for the outermost.
  const innermost = (page?.path.length ?? 1) - 1;
  let depth = innermost;
  // What a page says beside its list, as long as none was found in it.
  let aside = '';
  // Whether a list in the list is open; and whether the array around pages is.
  let isInner = false;
  let isAmong = page?.inArray === true;

  function find(from: number, to: number, fault: string | null = null, text: string | null = null): void {
    row += 1;
    found = { from, to, row, fault, text };
  }

  function insideList(text: JsonText, at: number): number {
    const first = text.at(at);
    if (first === comma) return at + 1;
    if (first === closeList) {
      if (!isInner) state = page ? 'around' : 'after';
      isInner = false;
      return at + 1;
    }
    if (isNested && !isInner && first === openList) {
      isInner = true;
      return at + 1;
    }
    const end = text.endOfValue(at);
    if (end !== -1) find(at, end);
    return end;
  }

  const separator = () => (aside === '' || aside.endsWith('{') ? '' : ',');

  /** Among the members of an object; what is none ends it. */
  function aroundList(text: JsonText, at: number): number {
    const first = text.at(at);
    if (first === comma) return at + 1;
    if (first === closeObject) {
      if (depth > 0) {
        depth -= 1;
        if (!hasList) aside += '}';
        return at + 1;
      }
      state = 'after';
      if (!hasList) find(at, at + 1, pageWithoutList, `{${aside}}`);
      return at + 1;
    }
    if (first !== quote) {
      state = 'after';
      return at;
    }
    const member = readMember(text, at);
    if (!member) return -1;
    if (member.name === page?.path[depth]) {
      if (depth === innermost && text.at(member.value) === openList) {
        state = 'inside';
        hasList = true;
        return member.value + 1;
      }
      if (depth < innermost && text.at(member.value) === openObject) {
        depth += 1;
        if (!hasList) aside += `${separator()}${text.slice(at, member.value + 1)}`;
        return member.value + 1;
      }
    }
    const end = text.endOfValue(member.value);
    if (end === -1) return -1;
    if (!hasList) {
      aside += `${separator()}${text.slice(at, end)}`;
      assertSize(aside, `the object behind record ${row}`);
    }
    return end;
  }

  function afterList(text: JsonText, at: number): number {
    if (!page && text.at(at) === openList) {
      state = 'inside';
      return at + 1;
    }
    if (page && text.at(at) === openObject) {
      state = 'around';
      depth = 0;
      hasList = false;
      aside = '';
      return at + 1;
    }
    if (isAmong && (text.at(at) === comma || text.at(at) === closeList)) {
      isAmong = text.at(at) === comma;
      return at + 1;
    }
    find(at, text.length, textAfterList);
    return text.length;
  }

  return {
    step(text, at) {
      found = null;
      if (state === 'inside') return insideList(text, at);
      if (state === 'around') return aroundList(text, at);
      if (state === 'after') return afterList(text, at);
      // Only called for a text in which a bracket stands here.
      state = 'inside';
      return at + 1;
    },
    found: () => found,
    row: () => row,
    nextRow: () => ++row,
    isWhole: () => state === 'after' && !isAmong,
  };
}

/** Reads what `cutter` finds in text that comes as strings. What stands `above` in it is left out. */
export function createCutReader(cutter: JsonCutter, above = 0): JsonReader {
  let carry = '';
  let toSkip = above;

  function cut(all: string): JsonPiece[] {
    const pieces: JsonPiece[] = [];
    const text = jsonTextOf(all);
    let at = text.skipBlank(toSkip);
    toSkip = 0;
    while (at < all.length) {
      const end = cutter.step(text, at);
      if (end === -1) break;
      const found = cutter.found();
      if (found) {
        const { from, to, row, fault } = found;
        pieces.push({ text: found.text ?? all.slice(from, to), row, fault });
      }
      at = text.skipBlank(end);
    }
    carry = all.slice(at);
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
      assertSize(carry, `record ${cutter.row() + 1}`);
      return pieces;
    },
    end() {
      // A bare value (a number, a word) ends where the file does.
      const pieces = cut(`${carry} `);
      const rest = carry.trim();
      if (rest !== '') pieces.push({ text: rest, row: cutter.nextRow(), fault: unfinishedRecord });
      return { pieces, isCutOff: rest !== '' || !cutter.isWhole() };
    },
  };
}
