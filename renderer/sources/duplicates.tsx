// Which earlier imports already held what a file brought again.

import { hrefOf, useAddress } from '../address/use-address.ts';
import { useAnswer } from '../engine/engine.ts';
import { errorOf } from '../words/errors.ts';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import styles from './duplicates.module.css';

const mostShown = 5;

export function Duplicates({ importId, count }: { importId: number; count: number }) {
  const address = useAddress();
  const answer = useAnswer('imports.duplicates', { import: importId });
  if (answer.error)
    return (
      <p className={styles.duplicates}>Where they were held is not known. {errorOf(answer.error).message}</p>
    );
  const held = answer.data ?? [];
  const shown = held.slice(0, mostShown);
  return (
    <div className={styles.duplicates} aria-busy={!answer.data}>
      <span>{formatCounted(count, 'duplicate')}, already held:</span>
      <ul>
        {shown.map(({ import: id, file, events }) => (
          <li key={id}>
            {formatCounted(events, 'event')} from{' '}
            <a href={hrefOf(address, { screen: 'sources', import: id })}>
              <Recorded text={file} />
            </a>
            , import {formatCount(id)}
          </li>
        ))}
        {held.length > mostShown ? (
          <li>and from {formatCounted(held.length - mostShown, 'other import')}</li>
        ) : null}
      </ul>
    </div>
  );
}
