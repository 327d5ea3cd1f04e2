// A figure of the overview with what it counts: a link to its rows.

import type { ReactNode } from 'react';
import { Icon } from '../controls/icon.tsx';
import styles from './overview.module.css';

type Props = {
  /** The figure as it is written, `12`. */
  count: string;
  href: string;
  /** What of it deserves a look is said as a mark and a word; `passed` only where a test showed it. */
  kind: 'plain' | 'attention' | 'failed' | 'passed';
  children: ReactNode;
  /** Below, in grey. */
  aside?: ReactNode;
};

export function Figure({ count, href, kind, children, aside }: Props) {
  return (
    <li>
      <a className={styles.figure} href={href} data-kind={kind}>
        <span className={styles.count}>{count}</span>
        <span className={styles.what}>
          {children}
          {aside === undefined ? null : <span className={styles.aside}>{aside}</span>}
        </span>
        {kind === 'attention' || kind === 'failed' ? (
          <span className={styles.sign}>
            <Icon name={kind === 'failed' ? 'cross' : 'warning'} size={14} />
          </span>
        ) : kind === 'passed' ? (
          <span className={styles.sign}>
            <Icon name="check" size={14} />
          </span>
        ) : null}
      </a>
    </li>
  );
}
