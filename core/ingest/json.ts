// Cuts JSON text into values without parsing all of it, and reads NDJSON with that; arrays and objects with lists are
// read by json-lists.ts. Only brackets and quotes are looked at; each record is parsed on its own, so one bad record is
// one rejected row, memory stays flat, and the text of a record is kept exactly as it was written.

import { AppError } from '#core/errors.ts';

/** The text of one record. `row` is its line (NDJSON) or its number (array), from 1. `fault` is set for what is no record. */
export type JsonPiece = { text: string; row: number; fault: string | null };

export type JsonReader = {
  push(text: string): JsonPiece[];
  /** What is left at the end of the file. `isCutOff` when it ended in the middle of a record or of the array. */
  end(): { pieces: JsonPiece[]; isCutOff: boolean };
};

/** A record of more characters is refused. */
export const longestRecord = 16 * 1024 * 1024;

/** Reads one record from each line. Blank lines count as lines and are no records. */
export function createLineReader(): JsonReader {
  let carry = '';
  let line = 0;
  const pieceOf = (text: string): JsonPiece[] => {
    line += 1;
    const trimmed = text.trim();
    return trimmed === '' ? [] : [{ text: trimmed, row: line, fault: null }];
  };
  return {
    push(text) {
      const lines = (carry + text).split('\n');
      carry = lines.pop() as string;
      assertSize(carry, `line ${line + lines.length + 1}`);
      return lines.flatMap(pieceOf);
    },
    end() {
      const pieces = pieceOf(carry);
      const last = pieces[0];
      return { pieces, isCutOff: last !== undefined && !isJson(last.text) };
    },
  };
}

/**
 * Where the value stands that a path of member names leads to in a JSON text; the text's own value for an empty path. -1
 * when it is not there.
 */
export function findValue(text: string, path: readonly string[]): number {
  let at = skipBlank(text, 0);
  for (const name of path) {
    at = findMember(text, at, name);
    if (at === -1) return -1;
  }
  return at < text.length ? at : -1;
}

function findMember(text: string, object: number, name: string): number {
  if (text[object] !== '{') return -1;
  let at = skipBlank(text, object + 1);
  while (text[at] === '"') {
    const keyEnd = endOfString(text, at);
    if (keyEnd === -1) return -1;
    const value = skipBlank(text, skipBlank(text, keyEnd) + 1);
    if (JSON.parse(text.slice(at, keyEnd)) === name) return value;
    const end = endOfValue(text, value);
    if (end === -1) return -1;
    at = skipBlank(text, skipBlank(text, end) + 1);
  }
  return -1;
}

const structure = /["{}[\]]/g;
const bareEnd = /[\s,\]}]/g;

/** Index after the JSON value that begins at `from`, or -1 where the text ends before it does. */
export function endOfValue(text: string, from: number): number {
  const first = text[from];
  if (first === '"') return endOfString(text, from);
  if (first !== '{' && first !== '[') {
    bareEnd.lastIndex = from + 1;
    return bareEnd.exec(text)?.index ?? -1;
  }
  let depth = 0;
  structure.lastIndex = from;
  for (let match = structure.exec(text); match; match = structure.exec(text)) {
    if (match[0] === '"') {
      const end = endOfString(text, match.index);
      if (end === -1) return -1;
      structure.lastIndex = end;
    } else if (match[0] === '{' || match[0] === '[') depth += 1;
    else if (--depth === 0) return match.index + 1;
  }
  return -1;
}

/** Index after the string that opens at `from`, or -1. */
export function endOfString(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text[at - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return at + 1;
  }
  return -1;
}

/** Index of the first character from `from` on that is no blank. */
export function skipBlank(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text[at] as string)) at += 1;
  return at;
}

/** How deep arrays and objects nest in a JSON text. What nests deeper than this cannot be walked safely. */
export const deepestNesting = 100;

/** Whether the text nests deeper than `deepestNesting`. */
export function isTooDeep(text: string): boolean {
  if (hasFewBrackets(text)) return false;
  let depth = 0;
  structure.lastIndex = 0;
  for (let match = structure.exec(text); match; match = structure.exec(text)) {
    if (match[0] === '"') {
      const end = endOfString(text, match.index);
      if (end === -1) return false;
      structure.lastIndex = end;
    } else if (match[0] === '{' || match[0] === '[') {
      depth += 1;
      if (depth > deepestNesting) return true;
    } else depth -= 1;
  }
  return false;
}

/** Whether so few brackets open, in strings too, that the text cannot nest too deep. */
function hasFewBrackets(text: string): boolean {
  let count = 0;
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1))
      if (++count > deepestNesting) return false;
  }
  return true;
}

/** Whether the text is JSON. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Refuses a text that is longer than any record may be; `place` says where it stands. */
export function assertSize(text: string, place: string): void {
  if (text.length <= longestRecord) return;
  throw new AppError(
    'input',
    `The record at ${place} is longer than ${longestRecord / 1024 / 1024} MB: probably a bracket or a quote is missing. Nothing of this file was imported. Export it again, or mend that place.`,
  );
}
