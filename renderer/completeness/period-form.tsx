// Asks for both dates where the period is open: days can only be counted between two of them.

import { type CalendarDate, parseDate } from '@internationalized/date';
import { useState } from 'react';
import { go, useAddress } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { DayField } from '../controls/day-field.tsx';
import field from '../controls/field.module.css';
import { useAnswer } from '../engine/engine.ts';
import { formatPeriod } from '../words/period.ts';
import { inZone } from '../words/time.ts';
import styles from './completeness-screen.module.css';

export function PeriodForm() {
  const { from, to, zone } = useAddress();
  const summary = useAnswer('workspace.summary', {}).data;
  const [first, setFirst] = useState(() => asDay(from));
  const [last, setLast] = useState(() => asDay(to));
  const [attempted, setAttempted] = useState(false);
  const backwards = first !== null && last !== null && first.compare(last) > 0;
  const problem = backwards
    ? 'The first day is after the last one. Change one of them.'
    : first === null || last === null
      ? 'Set both dates: completeness is always about a period.'
      : null;
  const whole = {
    from: inZone(summary?.firstTime ?? '', zone)?.date ?? null,
    to: inZone(summary?.lastTime ?? '', zone)?.date ?? null,
  };
  return (
    <form
      className={styles.period}
      aria-labelledby="completeness-period"
      noValidate
      onSubmit={(submitted) => {
        submitted.preventDefault();
        setAttempted(true);
        if (problem === null) go({ from: String(first), to: String(last) });
      }}
    >
      <div>
        <h2 id="completeness-period">Which period?</h2>
        <p className={styles.lead}>
          Exhibit looks at each day of it: whether an import spans the day, and whether there are events.
        </p>
      </div>
      <div className={styles.dates}>
        <DayField label="From" value={first} onChange={setFirst} />
        <DayField label="To, included" value={last} onChange={setLast} />
        <Button type="submit" weight="primary">
          Show the days
        </Button>
      </div>
      <p
        className={attempted && problem ? field.error : field.hint}
        role={attempted && problem ? 'alert' : undefined}
      >
        {attempted && problem
          ? problem
          : `Whole days in ${zone}. This becomes the period of the whole window.`}
      </p>
      {whole.from !== null && whole.to !== null ? (
        <div>
          <Button onPress={() => go(whole)}>{`All that is held: ${formatPeriod(whole, zone)}`}</Button>
        </div>
      ) : null}
    </form>
  );
}

/** The day of a date; an instant in the address (it is finer than a day) counts as not set here. */
function asDay(date: string | null): CalendarDate | null {
  try {
    return date === null ? null : parseDate(date);
  } catch {
    return null;
  }
}
