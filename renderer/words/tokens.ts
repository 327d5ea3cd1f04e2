// Characters that a reader cannot see, or that turn the text around, as named tokens: an audit value must never
// look like something it is not. Code points by Unicode 16: controls, format characters, odd blanks.

export type Piece = { kind: 'text' | 'token'; text: string };

const names: Record<number, string> = {
  0: 'NUL',
  7: 'BEL',
  8: 'BS',
  9: 'TAB',
  10: 'LF',
  11: 'VT',
  12: 'FF',
  13: 'CR',
  27: 'ESC',
  127: 'DEL',
  160: 'NBSP',
  173: 'SHY',
  1564: 'ALM',
  8203: 'ZWSP',
  8204: 'ZWNJ',
  8205: 'ZWJ',
  8206: 'LRM',
  8207: 'RLM',
  8232: 'LS',
  8233: 'PS',
  8234: 'LRE',
  8235: 'RLE',
  8236: 'PDF',
  8237: 'LRO',
  8238: 'RLO',
  8239: 'NNBSP',
  8288: 'WJ',
  8294: 'LRI',
  8295: 'RLI',
  8296: 'FSI',
  8297: 'PDI',
  65279: 'BOM',
};

// Cc, Cf, Cs, Zl, Zp, noncharacters, and every blank but the ordinary one.
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u00a0\u1680\u2000-\u200a\u202f\u205f\u3164\ufffe\uffff]/u;

const tokenName = (codePoint: number): string =>
  names[codePoint] ?? `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;

/** Splits `text` into what can be shown as it is and tokens; `keep` are characters left as they are. */
export function splitTokens(text: string, keep = ''): Piece[] {
  if (!hidden.test(text)) return text === '' ? [] : [{ kind: 'text', text }];
  const pieces: Piece[] = [];
  let plain = '';
  for (const char of text) {
    if (!hidden.test(char) || keep.includes(char)) {
      plain += char;
      continue;
    }
    if (plain !== '') pieces.push({ kind: 'text', text: plain });
    plain = '';
    pieces.push({ kind: 'token', text: tokenName(char.codePointAt(0) ?? 0) });
  }
  if (plain !== '') pieces.push({ kind: 'text', text: plain });
  return pieces;
}

/** `text` in one line with tokens in angle brackets: for accessible names and titles. */
export function spellTokens(text: string): string {
  return splitTokens(text)
    .map((piece) => (piece.kind === 'text' ? piece.text : `⟨${piece.text}⟩`))
    .join('');
}
