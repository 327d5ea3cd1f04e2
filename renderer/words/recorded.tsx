// A value as it was recorded: what cannot be seen is shown as a token, and its direction stays inside it.

import styles from './recorded.module.css';
import { splitTokens } from './tokens.ts';

type Props = { text: string; keep?: string };

export function Recorded({ text, keep = '' }: Props) {
  return (
    <bdi>
      {splitTokens(text, keep).map((piece, at) =>
        piece.kind === 'text' ? (
          piece.text
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
