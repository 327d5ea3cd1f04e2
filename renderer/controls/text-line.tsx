// One line of text with its label, a hint, and what is wrong with it in words.

import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { TextField } from 'react-aria-components/TextField';
import styles from './field.module.css';
import { FieldWords, type FieldWordsProps } from './field-words.tsx';

type Props = FieldWordsProps & {
  label: string;
  value: string;
  onChange(value: string): void;
  maxLength?: number;
  numeric?: boolean;
  /** Takes the focus when it appears: in what opens over the screen. */
  autoFocus?: boolean;
};

/** A line of this label asks for the name of whoever writes, and says so to what fills in forms. */
const ownName = 'Your name';

export function TextLine(props: Props) {
  const { label, value, onChange, hint, error, maxLength, numeric = false, autoFocus = false } = props;
  return (
    <TextField
      className={styles.field as string}
      value={value}
      onChange={onChange}
      isInvalid={error !== undefined}
      autoFocus={autoFocus}
      {...(maxLength === undefined ? {} : { maxLength })}
      {...(label === ownName ? { autoComplete: 'name' } : {})}
      {...(numeric ? { inputMode: 'numeric' as const } : {})}
    >
      <Label className={styles.label}>{label}</Label>
      <Input className={styles.input as string} />
      <FieldWords hint={hint} error={error} />
    </TextField>
  );
}
