// A secret that is typed and never shown again.

import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextField } from 'react-aria-components/TextField';
import field from './field.module.css';

type Props = {
  label: string;
  value: string;
  onChange(value: string): void;
  hint?: string;
  error?: string | undefined;
};

export function SecretLine({ label, value, onChange, hint, error }: Props) {
  return (
    <TextField
      className={field.field as string}
      value={value}
      onChange={onChange}
      type="password"
      autoComplete="off"
      isInvalid={error !== undefined}
    >
      <Label className={field.label}>{label}</Label>
      <Input className={field.input as string} />
      {error === undefined && hint !== undefined ? (
        <Text slot="description" className={field.hint}>
          {hint}
        </Text>
      ) : null}
      <FieldError className={field.error as string}>{error}</FieldError>
    </TextField>
  );
}
