// Text as paper can show it. A PDF has no fallback: a character without a glyph, a control or a direction mark would
// print as nothing or as something else. Each such character is shown as its code point, ⟨U+65E5⟩, and counted.
// Right-to-left letters are shown so too: the PDF library sets them in the wrong order.

/** Controls, invisible and formatting characters, blanks other than the space, private use, unpaired surrogates. */
const unsafe =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\p{VS}]/u;
/** Hebrew, Arabic, Syriac, Thaana, N'Ko and the other right-to-left blocks (Unicode 16, DerivedBidiClass R and AL). */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const plain = /^[\x20-\x7e]*$/;

export type TextShower = {
  /** The text as it can be printed. */
  show(text: string): string;
  /** How many characters were shown as code points, and which, in order of first sight. */
  tokens(): { count: number; kinds: string[] };
};

/** Kinds named in the report; a log full of another script would fill pages otherwise. */
const kindLimit = 40;

/** `hasGlyph` says whether every font of the report can draw a code point. */
export function createTextShower(hasGlyph: (codePoint: number) => boolean): TextShower {
  const kinds = new Set<string>();
  let count = 0;
  const verdicts = new Map<string, boolean>();
  const isPrintable = (character: string): boolean => {
    let verdict = verdicts.get(character);
    if (verdict === undefined) {
      verdict =
        // The bracket of the tokens themselves, or a value could pretend to be one.
        character !== '⟨' &&
        !unsafe.test(character) &&
        !rightToLeft.test(character) &&
        hasGlyph(character.codePointAt(0) as number);
      if (verdicts.size < 10_000) verdicts.set(character, verdict);
    }
    return verdict;
  };
  return {
    show(text) {
      if (plain.test(text)) return text;
      let shown = '';
      for (const character of text) {
        if (isPrintable(character)) shown += character;
        else {
          const code = (character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0');
          shown += `⟨U+${code}⟩`;
          count += 1;
          if (kinds.size < kindLimit) kinds.add(`U+${code}`);
        }
      }
      return shown;
    },
    tokens: () => ({ count, kinds: [...kinds] }),
  };
}
