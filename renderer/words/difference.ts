// Where an old and a new text differ, word by word: what was taken out, what was put in, what stayed. The longest
// common run of words, by the plain table; a text too long for that is set apart at its common start and end alone.

export type DiffPiece = { kind: 'same' | 'old' | 'new'; text: string };

/** Cells of the table: a thousand words against a thousand are compared at once, a book is not. */
const mostCells = 1_000_000;

/** The pieces of both texts in reading order: `same` and `old` make the old text, `same` and `new` the new one. */
export function differenceOf(oldValue: string, newValue: string): DiffPiece[] {
  const a = wordsOf(oldValue);
  const b = wordsOf(newValue);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end])
    end += 1;
  const middle = compareWords(a.slice(start, a.length - end), b.slice(start, b.length - end));
  return tidy([
    { kind: 'same', text: a.slice(0, start).join('') },
    ...middle,
    { kind: 'same', text: a.slice(a.length - end).join('') },
  ]);
}

/** Words, runs of blanks, and every other character by itself; never a part of a character. */
function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{M}\p{N}_]+|\s+|[\s\S]/gu) ?? [];
}

function compareWords(a: readonly string[], b: readonly string[]): DiffPiece[] {
  if (a.length * b.length > mostCells)
    return [
      { kind: 'old', text: a.join('') },
      { kind: 'new', text: b.join('') },
    ];
  const width = b.length + 1;
  // Length of the longest common run of what begins at each place.
  const common = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i * width + j] =
        a[i] === b[j]
          ? (common[(i + 1) * width + j + 1] as number) + 1
          : Math.max(common[(i + 1) * width + j] as number, common[i * width + j + 1] as number);
  const pieces: DiffPiece[] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      pieces.push({ kind: 'same', text: a[i] as string });
      i += 1;
      j += 1;
    } else if ((common[(i + 1) * width + j] as number) >= (common[i * width + j + 1] as number))
      pieces.push({ kind: 'old', text: a[i++] as string });
    else pieces.push({ kind: 'new', text: b[j++] as string });
  }
  return [...pieces, { kind: 'old', text: a.slice(i).join('') }, { kind: 'new', text: b.slice(j).join('') }];
}

/** One piece where several of a kind follow each other; blanks between two changes belong to them. */
function tidy(pieces: readonly DiffPiece[]): DiffPiece[] {
  const given = pieces.filter(({ text }) => text !== '');
  const tidied: DiffPiece[] = [];
  let [old, fresh] = ['', ''];
  const flush = () => {
    if (old !== '') tidied.push({ kind: 'old', text: old });
    if (fresh !== '') tidied.push({ kind: 'new', text: fresh });
    [old, fresh] = ['', ''];
  };
  for (const [at, { kind, text }] of given.entries()) {
    const isBetween = old + fresh !== '' && given[at + 1] !== undefined && given[at + 1]?.kind !== 'same';
    if (kind === 'old') old += text;
    else if (kind === 'new') fresh += text;
    else if (isBetween && /^\s+$/.test(text)) {
      old += text;
      fresh += text;
    } else {
      flush();
      const last = tidied.at(-1);
      if (last?.kind === 'same') last.text += text;
      else tidied.push({ kind, text });
    }
  }
  flush();
  return tidied;
}
