// What the names of columns say by themselves: their words, and which two are a value before and after a change.

/** A name as aliases are compared: without case, blanks and marks, the parts of a path written together. */
export const plainName = (name: string): string => name.toLowerCase().replace(/[\s_./@-]+/g, '');

/** The words of a name, however they are put together. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** By name, which half of a pair it is, and the name of the other half. */
export type Pairs = Map<string, { field: 'oldValue' | 'newValue'; other: string }>;

const counterparts: Record<string, string[]> = {
  old: ['new'],
  previous: ['new', 'current'],
  prev: ['new', 'current'],
  before: ['after'],
  from: ['to'],
};

/** Names that only differ in their first word, such as “Old role” and “New role”. Either alone is no value of a change. */
export function findPairs(names: readonly string[]): Pairs {
  const key = (path: string, words: readonly string[]) => `${path}\0${words.join(' ')}`;
  const parts = names.map((name) => {
    const path = name.slice(0, name.lastIndexOf('/') + 1);
    return { name, path, words: wordsOf(name.slice(path.length)) };
  });
  const known = new Map(parts.map(({ name, path, words }) => [key(path, words), name]));
  const pairs: Pairs = new Map();
  for (const { name, path, words } of parts) {
    const [first = '', ...rest] = words;
    for (const word of Object.hasOwn(counterparts, first) ? (counterparts[first] as string[]) : []) {
      const other = known.get(key(path, [word, ...rest]));
      if (other === undefined || pairs.has(name)) continue;
      pairs.set(name, { field: 'oldValue', other });
      pairs.set(other, { field: 'newValue', other: name });
    }
  }
  return pairs;
}
