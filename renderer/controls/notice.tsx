// Something the person should know, in the flow of the screen: what happened, what is safe, what to do.

import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';
import styles from './notice.module.css';

type Kind = 'attention' | 'failed' | 'plain';
const signs: Record<Kind, IconName> = { attention: 'warning', failed: 'cross', plain: 'right' };

type Props = { kind: Kind; children: ReactNode; live?: boolean };

export function Notice({ kind, children, live = false }: Props) {
  return (
    <div className={`${styles.notice} ${styles[kind]}`} role={live ? 'alert' : undefined}>
      {kind === 'plain' ? null : (
        <span className={styles.sign}>
          <Icon name={signs[kind]} size={14} />
        </span>
      )}
      <div className={styles.words}>{children}</div>
    </div>
  );
}
