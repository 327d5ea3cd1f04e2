// A state as mark and word together: colour alone says nothing to many readers.

import { Icon, type IconName } from './icon.tsx';
import styles from './mark.module.css';

export type MarkKind = 'passed' | 'attention' | 'failed' | 'skipped' | 'working';
const signs: Record<MarkKind, IconName> = {
  passed: 'check',
  attention: 'warning',
  failed: 'cross',
  skipped: 'dash',
  working: 'clock',
};

export function Mark({ kind, children }: { kind: MarkKind; children: string }) {
  return (
    <span className={`${styles.mark} ${styles[kind]}`}>
      <Icon name={signs[kind]} size={12} />
      <span className={styles.word}>{children}</span>
    </span>
  );
}
