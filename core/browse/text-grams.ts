// What the text index knows of a text: which runs of five characters it has. A text can hold a needle only where it
// has all of the needle's runs, so whatever lacks one need not be read.

/** Characters of a run; a shorter needle has none, and may be anywhere. */
export const gramLength = 5;
/** A run is a number below 2^16; different runs may share one. */
export const gramBits = 16;

/** Calls `see` with the number of each run of `text`, which is in lower case. */
export function eachGram(text: string, see: (gram: number) => void): void {
  let run = 0;
  for (let at = 0; at < text.length; at++) {
    run = nextRun(run, text.charCodeAt(at));
    if (at >= gramLength - 1) see(numberOf(run));
  }
}

/** Sets the bit of each run of `text` (lower case) among the 2^16 that begin at `from` in `bits`. */
export function markGrams(text: string, bits: Uint8Array, from: number): void {
  let run = 0;
  const { length } = text;
  for (let at = 0; at < length; at++) {
    run = nextRun(run, text.charCodeAt(at));
    if (at < gramLength - 1) continue;
    const gram = numberOf(run);
    const place = from + (gram >>> 3);
    bits[place] = (bits[place] as number) | (1 << (gram & 7));
  }
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
