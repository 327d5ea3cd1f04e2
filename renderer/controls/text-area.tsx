// Several lines of text with a label and a hint.

import { FieldError } from 'react-aria-components/FieldError';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextArea as AriaArea } from 'react-aria-components/TextArea';
import { TextField } from 'react-aria-components/TextField';
import styles from './field.module.css';

type Props = {
  label: string;
  value: string;
  onChange(value: string): void;
  rows?: number;
  hint?: string;
  error?: string | undefined;
  maxLength?: number;
};

export function TextArea({ label, value, onChange, rows = 3, hint, error, maxLength = 100_000 }: Props) {
  return (
    <TextField
      className={styles.field as string}
      value={value}
      onChange={onChange}
      isInvalid={error !== undefined}
      maxLength={maxLength}
    >
      <Label className={styles.label}>{label}</Label>
      <AriaArea className={styles.input as string} rows={rows} />
      {error === undefined && hint !== undefined ? (
        <Text slot="description" className={styles.hint}>
          {hint}
        </Text>
      ) : null}
      <FieldError className={styles.error as string}>{error}</FieldError>
    </TextField>
  );
}
