// Cuts a JSON object into its members without parsing it, where its keys are known: which, in which order, once each.
// Objects in it are looked into, lists stay one piece of text. Whatever is unusual is refused, and then parsed by the
// runtime: other keys, keys with escapes, texts that are no JSON as far as is looked.

import { type ByteText, isEscaped, sameBytes, viewOf } from './byte-text.ts';

/** How the text of a value becomes its canonical JSON. */
export const form = {
  /** It is canonical as it stands: a string without escapes, a whole number of few digits, true, false, null. */
  same: 0,
  /** It has to be parsed: a string with escapes, any other number. */
  scalar: 1,
  /** An object or a list. */
  nested: 2,
} as const;

/** The members of the record that was cut last. */
export type JsonMembers = {
  /** Where the text of each value begins and ends, quotes and brackets included. */
  starts: Int32Array;
  ends: Int32Array;
  /** One of `form`. */
  forms: Uint8Array;
  /**
   * Cuts the object that begins at `from` of the text and says where it ends, at `to` at the latest; -1 where it is not of
   * this shape, or may be no JSON.
   */
  cut(text: ByteText, from: number, to: number): number;
};

const quote = 34;
const comma = 44;
const minus = 45;
const zero = 48;
const nine = 57;
const colon = 58;
const backslash = 92;
const openList = 91;
const closeList = 93;
const openObject = 123;
const closeObject = 125;

/** More levels than this are left to who counts them exactly. */
const mostLevels = 64;
/** Whole numbers of so many digits are held, and written back, exactly. */
const mostDigits = 15;
const refused = -1;
const words = ['null', 'true', 'false'].map((word) => viewOf(Buffer.from(word)));

/** A member of a record that is cut out as one piece: the keys that lead to it. */
export type Leaf = readonly string[];

/** Objects are looked into so many levels deep. */
const deepest = 4;

/** The members of a parsed record in their order, those of objects in it instead of the object. */
export function leavesOf(value: object, above: Leaf = []): Leaf[] {
  return Object.entries(value).flatMap(([key, member]): Leaf[] => {
    const path = [...above, key];
    const isObject = typeof member === 'object' && member !== null && !Array.isArray(member);
    const inside = isObject && path.length < deepest ? leavesOf(member, path) : [];
    return inside.length > 0 ? inside : [path];
  });
}

/** A cutter for objects with these members in this order. */
export function createJsonMembers(leaves: readonly Leaf[]): JsonMembers {
  const starts = new Int32Array(leaves.length);
  const ends = new Int32Array(leaves.length);
  const forms = new Uint8Array(leaves.length);
  // Before each value the keys that are new since the one before; behind it so many objects end.
  const shared = leaves.map((leaf, at) => sharedKeys(leaf, leaves[at - 1] ?? []));
  const keys = leaves.map((leaf, at) =>
    leaf.slice(shared[at]).map((key) => viewOf(Buffer.from(JSON.stringify(key)))),
  );
  const closes = leaves.map((leaf, at) => leaf.length - 1 - (shared[at + 1] ?? -1));

  return {
    starts,
    ends,
    forms,
    cut({ bytes, view }, from, to) {
      if (bytes[from] !== openObject) return refused;
      let at = from;
      for (let leaf = 0; leaf < keys.length; leaf++) {
        if (leaf > 0 && bytes[at] !== comma) return refused;
        const own = keys[leaf] as DataView[];
        for (let level = 0; level < own.length; level++) {
          if (level > 0 && bytes[at] !== openObject) return refused;
          at = skipBlank(bytes, at + 1, to);
          const key = own[level] as DataView;
          if (at + key.byteLength >= to || !sameBytes(view, at, key, 0, key.byteLength)) return refused;
          at = skipBlank(bytes, at + key.byteLength, to);
          if (bytes[at] !== colon) return refused;
          at = skipBlank(bytes, at + 1, to);
        }
        starts[leaf] = at;
        const first = bytes[at] as number;
        if (first === quote) {
          at = endOfString(bytes, at, to);
          forms[leaf] = hasEscapes ? form.scalar : form.same;
        } else if (first === openObject || first === openList) {
          at = endOfNested(bytes, at, to);
          forms[leaf] = form.nested;
        } else {
          const end = endOfBare(bytes, at, to);
          forms[leaf] = isCanonicalBare(bytes, view, at, end) ? form.same : form.scalar;
          at = end;
        }
        if (at === refused) return refused;
        ends[leaf] = at;
        for (let left = closes[leaf] as number; left > 0; left--) {
          at = skipBlank(bytes, at, to);
          if (at >= to || bytes[at] !== closeObject) return refused;
          at += 1;
        }
        if (leaf < keys.length - 1) at = skipBlank(bytes, at, to);
      }
      return at;
    },
  };
}

/** How many objects two neighbours stand in together. */
function sharedKeys(leaf: Leaf, before: Leaf): number {
  let count = 0;
  while (count < leaf.length - 1 && count < before.length - 1 && leaf[count] === before[count]) count += 1;
  return count;
}

/** Index of the first byte from `from` on that is no blank; `to` where there is none. */
export function skipBlank(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && (bytes[at] === 32 || bytes[at] === 9 || bytes[at] === 10 || bytes[at] === 13)) at += 1;
  return at;
}

/** Whether the string that endOfString looked at last has escapes. */
let hasEscapes = false;

function endOfString(bytes: Uint8Array, from: number, to: number): number {
  hasEscapes = false;
  for (let at = from + 1; at < to; ) {
    const byte = bytes[at] as number;
    if (isEscaped[byte] === 0) at += 1;
    else if (byte === quote) return at + 1;
    else if (byte === backslash) {
      hasEscapes = true;
      at += 2;
    } else return refused;
  }
  return refused;
}

function endOfNested(bytes: Uint8Array, from: number, to: number): number {
  let depth = 0;
  for (let at = from; at < to; at++) {
    const byte = bytes[at] as number;
    if (byte === quote) {
      at = endOfString(bytes, at, to) - 1;
      if (at < 0) return refused;
    } else if (byte === openObject || byte === openList) {
      depth += 1;
      if (depth > mostLevels) return refused;
    } else if (byte === closeObject || byte === closeList) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return refused;
}

/** Where a number or a word ends: before what may stand behind a value. */
function endOfBare(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && (bytes[at] as number) > 32 && bytes[at] !== comma && bytes[at] !== closeObject) at += 1;
  return at;
}

function isCanonicalBare(bytes: Uint8Array, view: DataView, from: number, end: number): boolean {
  const first = bytes[from] as number;
  if (first > nine) return words.some((word) => isAll(view, from, end, word));
  const digits = first === minus ? from + 1 : from;
  if (end - digits > mostDigits || end === digits) return false;
  // Also refuses -0, which is written 0.
  if (bytes[digits] === zero && (end - digits > 1 || first === minus)) return false;
  for (let at = digits; at < end; at++)
    if ((bytes[at] as number) < zero || (bytes[at] as number) > nine) return false;
  return true;
}

function isAll(view: DataView, from: number, end: number, word: DataView): boolean {
  return end - from === word.byteLength && sameBytes(view, from, word, 0, word.byteLength);
}
