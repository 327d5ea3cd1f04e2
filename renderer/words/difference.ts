// Where an old and a new value differ: their common beginning and end are set apart from what changed between.

export type Difference = { before: string; old: string; new: string; after: string };

/** Splits at the longest common start and end, on whole code points. */
export function differenceOf(oldValue: string, newValue: string): Difference {
  const a = [...oldValue];
  const b = [...newValue];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end])
    end += 1;
  return {
    before: a.slice(0, start).join(''),
    old: a.slice(start, a.length - end).join(''),
    new: b.slice(start, b.length - end).join(''),
    after: a.slice(a.length - end).join(''),
  };
}
