// Text for a workbook cell, so that any value a log can hold opens in any spreadsheet program, is typed text and
// reads back as it was. XML 1.0 has no place for control characters, lone surrogates, U+FFFE and U+FFFF, and a
// reader turns a carriage return into a line feed: those are written as `_xHHHH_` (ECMA-376 Part 1, 22.9.2.19).

/** What a cell can hold (the specification's limit, in UTF-16 units). */
export const cellLimit = 32_767;

// What XML cannot hold: control characters, U+FFFE and U+FFFF, lone surrogates.
const unwritable =
  '[\\0-\\x08\\x0b-\\x1f\\ufffe\\uffff]|[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]';
// An underscore that would begin an escape, also one that only comes about when what follows it is escaped.
const needsEscape = new RegExp(`_(?=x[0-9A-Fa-f]{4}(?:_|${unwritable}))|${unwritable}`, 'g');
// Most texts hold nothing of either: looking is faster than a replacement that finds nothing.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const mayNeedEscape = /[_\0-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]/;
const mayNeedName = /[&<>]/;
const hex = (code: number) => code.toString(16).toUpperCase().padStart(4, '0');

/**
 * A value as cell text (not yet XML), and whether it had to be cut to the limit; then it says that `whole` has all.
 * Objects become their String().
 */
export function cellText(value: unknown, whole = 'the CSV'): { text: string; cut: boolean } {
  const full = String(value);
  const text = escapeText(full);
  if (text.length <= cellLimit) return { text, cut: false };
  const mark = ` …⟨cut here: the value has ${full.length.toLocaleString('en-US')} characters, ${whole} has all⟩`;
  let keep = cellLimit - mark.length;
  // Escapes make the text longer than the value, so shorten until it fits; never between a surrogate pair.
  let part = escapeText(full.slice(0, keep));
  while (part.length + mark.length > cellLimit) {
    keep -= Math.max(1, Math.ceil((part.length + mark.length - cellLimit) / 7));
    part = escapeText(full.slice(0, keep));
  }
  const last = full.charCodeAt(keep - 1);
  if (last >= 0xd800 && last <= 0xdbff) part = escapeText(full.slice(0, keep - 1));
  return { text: part + mark, cut: true };
}

function escapeText(text: string): string {
  if (!mayNeedEscape.test(text)) return text;
  return text.replace(needsEscape, (match) => `_x${hex(match.charCodeAt(0))}_`);
}

const xmlSpecial = /[&<>]/g;
const xmlNames: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Cell text as the content of an XML element. */
export function xmlText(text: string): string {
  if (!mayNeedName.test(text)) return text;
  return text.replace(xmlSpecial, (character) => xmlNames[character] as string);
}
