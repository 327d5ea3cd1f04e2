// A list that shows its first entries and, asked for, more: a log can have a thousand breaks.

import { type ReactNode, useState } from 'react';
import { Button } from '../controls/button.tsx';
import { formatCount } from '../words/numbers.ts';
import styles from './source-section.module.css';

const first = 10;
const step = 100;

type Props<T> = { of: string; items: readonly T[]; children(item: T): ReactNode };

export function ShortList<T>({ of, items, children }: Props<T>) {
  const [most, setMost] = useState(first);
  const left = items.length - most;
  return (
    <>
      <ul>{items.slice(0, most).map(children)}</ul>
      {left > 0 ? (
        <div className={styles.more}>
          <Button onPress={() => setMost(most + step)}>
            {left <= step
              ? `Show ${formatCount(left)} more ${of}`
              : `Show ${step} more of ${formatCount(left)} ${of}`}
          </Button>
        </div>
      ) : null}
    </>
  );
}
