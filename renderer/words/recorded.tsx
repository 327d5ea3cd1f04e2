// A value as it was recorded: what cannot be seen is shown as a token, its direction stays inside it, and what the
// present search found in it is marked.

import { useContext } from 'react';
import { FoundWords } from './found.ts';
import styles from './recorded.module.css';
import { splitTokens } from './tokens.ts';

type Props = { text: string; keep?: string };

export function Recorded({ text, keep = '' }: Props) {
  const found = useContext(FoundWords);
  return (
    <bdi>
      {splitTokens(text, keep).map((piece, at) =>
        piece.kind === 'text' ? (
          found === null ? (
            piece.text
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one fixed text, never reordered
            <Marked key={at} text={piece.text} found={found} />
          )
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one fixed text, never reordered
          <span key={at} className={styles.token}>
            {piece.text}
          </span>
        ),
      )}
    </bdi>
  );
}

/** Splitting at what was found leaves the finds at the odd places. */
function Marked({ text, found }: { text: string; found: RegExp }) {
  return text.split(found).map((part, at) =>
    at % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one fixed text, never reordered
      <mark key={at} className={styles.found}>
        {part}
      </mark>
    ),
  );
}
