// Several lines of text with a label and a hint.

import { Label } from 'react-aria-components/Label';
import { TextArea as AriaArea } from 'react-aria-components/TextArea';
import { TextField } from 'react-aria-components/TextField';
import styles from './field.module.css';
import { FieldWords, type FieldWordsProps } from './field-words.tsx';

type Props = FieldWordsProps & {
  label: string;
  value: string;
  onChange(value: string): void;
  rows?: number;
  maxLength?: number;
  /** Takes the focus when it appears: in what opens over the screen or within it. */
  autoFocus?: boolean;
};

export function TextArea(props: Props) {
  const { label, value, onChange, rows = 3, hint, error, maxLength = 100_000, autoFocus = false } = props;
  return (
    <TextField
      className={styles.field as string}
      value={value}
      onChange={onChange}
      isInvalid={error !== undefined}
      maxLength={maxLength}
      autoFocus={autoFocus}
    >
      <Label className={styles.label}>{label}</Label>
      <AriaArea className={`${styles.input} ${styles.area}`} rows={rows} />
      <FieldWords hint={hint} error={error} />
    </TextField>
  );
}
