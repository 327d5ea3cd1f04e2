// Rows as text for a spreadsheet: cells between tabs, one row a line. No value can break out of its cell or be
// calculated: what cannot be seen (tabs and line ends, too) is spelled as on screen, and what a spreadsheet would take
// for a formula gets an apostrophe in front.

import { spellTokens } from '../words/tokens.ts';

/** OWASP, CSV injection: these first characters make a formula of a cell, full-width ones included. */
const formula = /^\s*[=+\-@＝＋－＠]/u;

/** One cell. A quotation mark in front would swallow the cells behind it, so such a cell is quoted. */
function cell(text: string): string {
  const seen = spellTokens(text);
  const plain = formula.test(seen) ? `'${seen}` : seen;
  return plain.trimStart().startsWith('"') ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** The header and the rows, each ended by a line feed. */
export function tsvOf(header: readonly string[], rows: Iterable<readonly (string | null)[]>): string {
  let text = `${header.map(cell).join('\t')}\n`;
  for (const row of rows) text += `${row.map((value) => cell(value ?? '')).join('\t')}\n`;
  return text;
}
