// What became of a value, in the form that tells most: a set of rights by what was added and taken, an object by its
// keys, any other text by its words.

import { type DiffPiece, differenceOf } from './difference.ts';
import { elementsOf, membersOf } from './json-members.ts';
import { rightsIn } from './sentence.ts';

/** A member of an object; a side that does not have it is null. Keys of objects in objects are joined. */
export type ComparedKey = { key: string; old: string | null; new: string | null };

export type Comparison =
  | { kind: 'set'; added: string[]; removed: string[]; kept: string[] }
  | { kind: 'keys'; keys: ComparedKey[]; same: number }
  | { kind: 'text'; pieces: DiffPiece[] };

/** Compares two recorded values. In rights, no value is no right; elsewhere there is nothing to compare it with. */
export function compareValues(
  oldValue: string | null,
  newValue: string | null,
  isRights: boolean,
): Comparison | null {
  if (isRights) {
    const [before, after] = [rightsIn(oldValue), rightsIn(newValue)];
    if (before !== null && after !== null) return compareSets(before, after);
  }
  if (oldValue === null || newValue === null) return null;
  const [before, after] = [wordsIn(oldValue), wordsIn(newValue)];
  if (before !== null && after !== null) return compareSets(before, after);
  const compared = compareObjects(oldValue, newValue, '');
  return compared
    ? { kind: 'keys', ...compared }
    : { kind: 'text', pieces: differenceOf(oldValue, newValue) };
}

/** The texts of a list that names each thing once: their order says nothing. */
function wordsIn(text: string): string[] | null {
  const elements = elementsOf(text);
  if (elements === null || elements.some((one) => !one.startsWith('"'))) return null;
  const words = elements.map((one) => JSON.parse(one) as string);
  return new Set(words).size === words.length ? words : null;
}

function compareSets(before: readonly string[], after: readonly string[]): Comparison {
  const [old, now] = [new Set(before), new Set(after)];
  return {
    kind: 'set',
    added: [...now].filter((one) => !old.has(one)),
    removed: [...old].filter((one) => !now.has(one)),
    kept: [...now].filter((one) => old.has(one)),
  };
}

function compareObjects(
  oldText: string,
  newText: string,
  path: string,
): { keys: ComparedKey[]; same: number } | null {
  const [before, after] = [membersOf(oldText), membersOf(newText)];
  if (before === null || after === null) return null;
  const keys: ComparedKey[] = [];
  let same = 0;
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [old, now] = [before.get(key) ?? null, after.get(key) ?? null];
    const name = `${path}${key}`;
    const inside = old !== null && now !== null ? compareObjects(old, now, `${name} › `) : null;
    if (inside) {
      keys.push(...inside.keys);
      same += inside.same;
    } else if (old === now) same += 1;
    else keys.push({ key: name, old, new: now });
  }
  return { keys, same };
}
