// Where a text stands in what a screen shows, which the page has in many small pieces.

/** A place in the pieces: which one, and how many characters into it. */
export type Place = { piece: number; offset: number };
export type Match = { from: Place; to: Place };

/** Nobody looks through more. */
const most = 5000;

/**
 * All places of `needle`, without case; a space stands for any white space. A match may go from one piece into the next
 * ones, but never over a null, which parts what stands apart on the screen.
 */
export function matchesIn(pieces: readonly (string | null)[], needle: string): Match[] {
  const wanted = fold(needle.trim());
  if (wanted === '') return [];
  const starts: number[] = [];
  let text = '';
  for (const piece of pieces) {
    starts.push(text.length);
    text += piece === null ? '\0' : fold(piece);
  }
  const placeOf = (at: number, isEnd: boolean): Place => {
    // The last piece that begins before it; of an end, before its last character.
    const piece = lastAtMost(starts, isEnd ? at - 1 : at);
    return { piece, offset: at - (starts[piece] as number) };
  };
  const found: Match[] = [];
  for (let at = text.indexOf(wanted); at !== -1 && found.length < most; ) {
    const end = at + wanted.length;
    found.push({ from: placeOf(at, false), to: placeOf(end, true) });
    at = text.indexOf(wanted, end);
  }
  return found;
}

/** Small letters, each character one character as before, so that places stay. */
function fold(text: string): string {
  const small = text.toLowerCase();
  return (small.length === text.length ? small : text).replace(/\s/g, ' ');
}

/** The last place of `values`, which ascend, with a value of at most `limit`. Equal ones: the last. */
function lastAtMost(values: readonly number[], limit: number): number {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((values[middle] as number) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
