// Which rows of a review are listed: a row of buttons, each with how many rows it leaves.

import { go, useAddress } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { formatCount } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import styles from './only.module.css';

export type Kind = { only: string | null; word: string; count: number; about?: string };

export function OnlyChoice({ name, kinds }: { name: string; kinds: Kind[] }) {
  const { only } = useAddress();
  if (kinds.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot be laid out beside the buttons
    <div role="group" aria-label={name} className={styles.only}>
      {kinds.map((kind) => (
        <span
          key={kind.word}
          className={styles.kind}
          data-pressed={only === kind.only || undefined}
          title={kind.about}
        >
          <Button
            weight="quiet"
            aria-pressed={only === kind.only}
            isDisabled={kind.count === 0 && only !== kind.only}
            onPress={() => go({ only: only === kind.only ? null : kind.only, row: null })}
          >
            {kind.word} <span className={styles.count}>{formatCount(kind.count)}</span>
          </Button>
        </span>
      ))}
    </div>
  );
}

/** Says that a filter narrows what every figure beside it means. */
export function Filtered() {
  const { filter } = useAddress();
  if (filter.trim() === '') return null;
  return (
    <>
      Only what matches the filter <Recorded text={filter.trim()} /> is counted.{' '}
    </>
  );
}
