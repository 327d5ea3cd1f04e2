// What the text index knows of a text: which runs of five and of eight characters it has. A text can hold a needle only
// where it has all of the needle's runs, so whatever lacks one need not be read. Runs of five find short needles; those
// of eight tell a longer one from its pieces, which many records have somewhere.

/** A run is a number below 2^16; different runs may share one. */
export const gramBits = 16;
/** Bits of a product that are left out of it. */
const aboveGram = 32 - gramBits;

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

/** Sets `bit` in the word of each run of `text` (lower case); `words` has one for every number a run can have. */
export function markGrams(text: string, words: Uint32Array, bit: number): void {
  // Pieces overlap, so that no run is cut.
  for (let from = 0; from < text.length; from += units.length - long + 1) {
    const length = bytesOfUnits.write(text.slice(from, from + units.length), 'utf16le') / 2;
    markUnits(length, words, bit);
  }
}

/** A piece of text in UTF-16 units, which are read faster here one by one than in a string. */
const units = new Uint16Array(16_384);
const bytesOfUnits = Buffer.from(units.buffer);

/** As markGrams, for the first `length` of the units. */
function markUnits(length: number, words: Uint32Array, bit: number): void {
  let run = 0;
  let before = 0;
  let beforeThat = 0;
  let third = 0;
  let at = 0;
  for (; at < length && at < long - 1; at++) {
    third = beforeThat;
    beforeThat = before;
    before = run;
    run = nextRun(run, units[at] as number);
    if (at >= short - 1) mark(words, numberOf(run), bit);
  }
  // By itself, without asking which runs are whole by now: this is most of the time that an index takes.
  for (; at < length; at++) {
    third = beforeThat;
    beforeThat = before;
    before = run;
    run = nextRun(run, units[at] as number);
    mark(words, numberOf(run), bit);
    mark(words, numberOfTwo(third, run), bit);
  }
}

function mark(words: Uint32Array, gram: number, bit: number): void {
  words[gram] = (words[gram] as number) | bit;
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
  return Math.imul(run, 0x9e3779b1) >>> aboveGram;
}

/** Of eight characters: the first five of them, and the last. */
function numberOfTwo(first: number, last: number): number {
  return Math.imul(Math.imul(first, 0x85ebca6b) ^ last, 0x9e3779b1) >>> aboveGram;
}

/**
 * All that a search may find in a record's raw text, in lower case: the text as it stands, and where it has escapes,
 * every key and value as they are read.
 */
export function searchedText(raw: string): string {
  if (!raw.includes('\\')) return raw.toLowerCase();
  const texts = [raw];
  addTexts(JSON.parse(raw), texts);
  return texts.join('\0').toLowerCase();
}

function addTexts(value: unknown, texts: string[]): void {
  if (typeof value !== 'object' || value === null) {
    texts.push(String(value));
  } else if (Array.isArray(value)) {
    for (const member of value) addTexts(member, texts);
  } else {
    for (const [key, member] of Object.entries(value)) {
      texts.push(key);
      addTexts(member, texts);
    }
  }
}
