// What stands under a field: its hint, or instead of it what is wrong in words.

import { FieldError } from 'react-aria-components/FieldError';
import { Text } from 'react-aria-components/Text';
import styles from './field.module.css';

export type FieldWordsProps = { hint?: string | undefined; error?: string | undefined };

/** To be put inside a field of React Aria, which joins them to it for a screen reader. */
export function FieldWords({ hint, error }: FieldWordsProps) {
  return (
    <>
      {error === undefined && hint !== undefined ? (
        <Text slot="description" className={styles.hint}>
          {hint}
        </Text>
      ) : null}
      <FieldError className={styles.error as string}>{error}</FieldError>
    </>
  );
}
