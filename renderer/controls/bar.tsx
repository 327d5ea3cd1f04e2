// A progress bar: how far of how much. Without a total it shows that work goes on, and claims no share.

import { ProgressBar } from 'react-aria-components/ProgressBar';
import styles from './bar.module.css';

type Props = { name: string; done: number; total: number | null };

export function Bar({ name, done, total }: Props) {
  const known = total !== null && total > 0;
  return (
    <ProgressBar aria-label={name} value={known ? (done / total) * 100 : 0} isIndeterminate={!known}>
      {({ percentage }) => (
        <div className={styles.track}>
          <div
            className={known ? styles.fill : `${styles.fill} ${styles.unknown}`}
            style={known ? { width: `${percentage ?? 0}%` } : undefined}
          />
        </div>
      )}
    </ProgressBar>
  );
}
