// One thing that is so or is not, with a word beside its box.

import type { ReactNode } from 'react';
import { Checkbox } from 'react-aria-components/Checkbox';
import styles from './check-line.module.css';
import { Icon } from './icon.tsx';

type Props = { label: ReactNode; hint?: string; isOn: boolean; onChange(isOn: boolean): void };

export function CheckLine({ label, hint, isOn, onChange }: Props) {
  return (
    <Checkbox isSelected={isOn} onChange={onChange} className={styles.check as string}>
      <span className={styles.box}>{isOn ? <Icon name="check" size={12} /> : null}</span>
      <span>
        {label}
        {hint === undefined ? null : <span className={styles.hint}>{hint}</span>}
      </span>
    </Checkbox>
  );
}
