// A choice of one from a few, each with a word beside it: framework, events, method.

import type { ReactNode } from 'react';
import { Label } from 'react-aria-components/Label';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import field from '../controls/field.module.css';
import { Recorded } from '../words/recorded.tsx';
import styles from './pack-form.module.css';

export type OneOption<V extends string> = { value: V; word: ReactNode; aside?: string };
type Props<V extends string> = {
  label: string;
  value: V;
  options: readonly OneOption<V>[];
  onChange(value: V): void;
};

export function Options<V extends string>({ label, value, options, onChange }: Props<V>) {
  return (
    <RadioGroup className={field.field as string} value={value} onChange={(chosen) => onChange(chosen as V)}>
      <Label className={field.label}>{label}</Label>
      <div className={styles.options}>
        {options.map((option) => (
          <Radio key={option.value} value={option.value} className={styles.option as string}>
            <span className={styles.ring} />
            <span>{option.word}</span>
            {option.aside ? (
              <span className={styles.aside}>
                <Recorded text={option.aside} />
              </span>
            ) : null}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
