// What the text index knows of a text: which runs of five and of eight characters it has. A text can hold a needle only
// where it has all of the needle's runs, so whatever lacks one need not be read. Runs of five find short needles; those
// of eight tell a longer one from its pieces, which many records have somewhere.

/** A run is a number below 2^16; different runs may share one. */
export const gramBits = 16;

const short = 5;
const long = 8;

/** The numbers of the different runs of `text` (lower case), the long ones first; a text of four characters has none. */
export function gramsIn(text: string): { long: number[]; short: number[] } {
  const found = { long: new Set<number>(), short: new Set<number>() };
  let [run, before, beforeThat, third] = [0, 0, 0, 0];
  for (let at = 0; at < text.length; at++) {
    [third, beforeThat, before] = [beforeThat, before, run];
    run = nextRun(run, text.charCodeAt(at));
    if (at >= short - 1) found.short.add(numberOf(run));
    if (at >= long - 1) found.long.add(numberOfTwo(third, run));
  }
  return { long: [...found.long], short: [...found.short] };
}

/** Sets the bit of each run of `text` (lower case) among the 2^16 that begin at `from` in `bits`. */
export function markGrams(text: string, bits: Uint8Array, from: number): void {
  let run = 0;
  let before = 0;
  let beforeThat = 0;
  const { length } = text;
  for (let at = 0; at < length; at++) {
    const third = beforeThat;
    beforeThat = before;
    before = run;
    run = nextRun(run, text.charCodeAt(at));
    if (at < short - 1) continue;
    mark(bits, from, numberOf(run));
    if (at >= long - 1) mark(bits, from, numberOfTwo(third, run));
  }
}

function mark(bits: Uint8Array, from: number, gram: number): void {
  const place = from + (gram >>> 3);
  bits[place] = (bits[place] as number) | (1 << (gram & 7));
}

/** Five characters of six bits each. */
function nextRun(run: number, unit: number): number {
  return (
    ((run << 6) | (unit < 128 ? (codes[unit] as number) : Math.imul(unit, 0x9e3779b1) >>> 26)) & 0x3fffffff
  );
}

/** Six bits for each ASCII character: letters and figures have their own, others share some. */
const codes = Uint8Array.from({ length: 128 }, (_, unit) => {
  const letter = 'abcdefghijklmnopqrstuvwxyz0123456789'.indexOf(String.fromCharCode(unit));
  return letter === -1 ? 36 + (unit % 28) : letter;
});

function numberOf(run: number): number {
  return Math.imul(run, 0x9e3779b1) >>> (32 - gramBits);
}

/** Of eight characters: the first five of them, and the last. */
function numberOfTwo(first: number, last: number): number {
  return Math.imul(Math.imul(first, 0x85ebca6b) ^ last, 0x9e3779b1) >>> (32 - gramBits);
}

/**
 * All that a search may find in a record's raw text, in lower case: the text as it stands, and where it has escapes,
 * every key and value as they are read.
 */
export function searchedText(raw: string): string {
  const text = raw.includes('\\') ? `${raw}\0${textsIn(JSON.parse(raw)).join('\0')}` : raw;
  return text.toLowerCase();
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [String(value)];
  return Object.entries(value).flatMap(([key, member]) => [key, ...textsIn(member)]);
}
