// JSON text that is stepped through, as a string or as UTF-8 bytes: what json-lists.ts asks of either. Places in it are
// characters or bytes.

import { endOfString, endOfValue, skipBlank } from './json.ts';

export type JsonText = {
  length: number;
  /** The code of the ASCII character at a place; something else where another one stands there, or none. */
  at(place: number): number | undefined;
  slice(from: number, to: number): string;
  /** Place of the first character from `from` on that is no blank. */
  skipBlank(from: number): number;
  /** Place behind the string that opens at `from`, or -1 where the text ends before it does. */
  endOfString(from: number): number;
  /** The same for the value that begins at `from`. */
  endOfValue(from: number): number;
};

/** A string as such a text. */
export const jsonTextOf = (text: string): JsonText => ({
  length: text.length,
  at: (place) => text.charCodeAt(place),
  slice: (from, to) => text.slice(from, to),
  skipBlank: (from) => skipBlank(text, from),
  endOfString: (from) => endOfString(text, from),
  endOfValue: (from) => endOfValue(text, from),
});

const quote = 34;
const comma = 44;
const backslash = 92;
const opens = 1;
const closes = 2;
/** What of JSON is looked at to find the end of a value. */
const structure = new Uint8Array(256);
for (const bracket of Buffer.from('{[')) structure[bracket] = opens;
for (const bracket of Buffer.from('}]')) structure[bracket] = closes;
structure[quote] = 3;

/** Whole UTF-8 as such a text. */
export function jsonTextOfBytes(bytes: Buffer): JsonText {
  const { length } = bytes;

  function endOfString(from: number): number {
    for (let at = from + 1; at < length; at++) {
      if (bytes[at] === quote) return at + 1;
      if (bytes[at] === backslash) at += 1;
    }
    return -1;
  }

  function endOfNested(from: number): number {
    let depth = 0;
    for (let at = from; at < length; at++) {
      const what = structure[bytes[at] as number];
      if (what === 0) continue;
      if (what === opens) depth += 1;
      else if (what === closes) {
        depth -= 1;
        if (depth === 0) return at + 1;
      } else {
        at = endOfString(at) - 1;
        if (at < 0) return -1;
      }
    }
    return -1;
  }

  /** Where a number or a word ends. */
  function endOfBare(from: number): number {
    for (let at = from + 1; at < length; at++)
      if (bytes[at] === comma || structure[bytes[at] as number] === closes || blankAt(bytes, at) > 0)
        return at;
    return -1;
  }

  return {
    length,
    at: (place) => bytes[place],
    slice: (from, to) => bytes.toString('utf8', from, to),
    skipBlank(from) {
      let at = from;
      for (let more = blankAt(bytes, at); more > 0; more = blankAt(bytes, at)) at += more;
      return at;
    },
    endOfString,
    endOfValue(from) {
      const first = bytes[from] as number;
      if (first === quote) return endOfString(from);
      return structure[first] === opens ? endOfNested(from) : endOfBare(from);
    },
  };
}

/** How many bytes the blank takes that stands at a place: what `\s` is, a byte order mark among it. 0 where none does. */
function blankAt(bytes: Buffer, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) return 0;
  if (byte < 128) return byte === 32 || (byte >= 9 && byte <= 13) ? 1 : 0;
  const size = byte >= 0xe0 ? 3 : 2;
  return beginsBlank[byte] === 1 && /^\s$/.test(bytes.toString('utf8', at, at + size)) ? size : 0;
}

/** 1 for the bytes beyond ASCII with which the UTF-8 of a blank begins. */
const beginsBlank = new Uint8Array(256);
for (const blank of '\u00a0\u1680\u2000\u3000\ufeff') beginsBlank[Buffer.from(blank)[0] as number] = 1;
