// Read = imported + duplicates + rejected, as a sum that the reader can check with the eyes.

import type { ImportSummary } from '#core/contract.ts';
import { Mark } from '../controls/mark.tsx';
import { formatCount } from '../words/numbers.ts';
import styles from './balance.module.css';

type Counts = Pick<ImportSummary, 'read' | 'imported' | 'duplicates' | 'rejected'>;

export function Balance({ report }: { report: Counts }) {
  const { read, imported, duplicates, rejected } = report;
  return (
    <div className={styles.sum}>
      <Term n={read} word="read" />
      <Sign>=</Sign>
      <Term n={imported} word="imported" />
      <Sign>+</Sign>
      <Term n={duplicates} word="duplicates" />
      <Sign>+</Sign>
      <Term n={rejected} word="rejected" />
      {read === imported + duplicates + rejected ? (
        <Mark kind="passed">adds up</Mark>
      ) : (
        <Mark kind="failed">does not add up</Mark>
      )}
    </div>
  );
}

function Term({ n, word }: { n: number; word: string }) {
  return (
    <span className={styles.term} data-none={n === 0}>
      <span className={styles.count}>{formatCount(n)}</span> <span className={styles.word}>{word}</span>
    </span>
  );
}

const Sign = ({ children }: { children: string }) => <span className={styles.sign}>{children}</span>;
