// A date typed in parts, year first, without a time: a day means the whole day in the chosen zone.

import type { CalendarDate } from '@internationalized/date';
import { DateField, DateInput, DateSegment } from 'react-aria-components/DateField';
import { Label } from 'react-aria-components/Label';
import styles from './field.module.css';

type Props = {
  label: string;
  value: CalendarDate | null;
  onChange(value: CalendarDate | null): void;
};

/** A day. Enter sends the form it is in, as in every other field. */
export function DayField({ label, value, onChange }: Props) {
  return (
    <DateField
      onKeyDown={({ key, target }) => {
        if (key === 'Enter') (target as Element).closest('form')?.requestSubmit();
      }}
      className={styles.field as string}
      value={value}
      onChange={(day) => onChange(day as CalendarDate | null)}
      granularity="day"
      shouldForceLeadingZeros
    >
      <Label className={styles.label}>{label}</Label>
      <DateInput className={`${styles.input} ${styles.segments}`}>
        {(segment) => <DateSegment segment={segment} className={styles.segment as string} />}
      </DateInput>
    </DateField>
  );
}
