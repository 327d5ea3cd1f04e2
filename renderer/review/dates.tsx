// The two dates of a review: the window's own period, asked for here because a review needs both.

import { type CalendarDate, parseDate } from '@internationalized/date';
import { useState } from 'react';
import { go, useAddress } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { DayField } from '../controls/day-field.tsx';
import field from '../controls/field.module.css';
import { useAnswer } from '../engine/engine.ts';
import { datesOf, type NamedPeriod, namedPeriods } from '../words/period.ts';
import { inZone, todayIn } from '../words/time.ts';
import styles from './dates.module.css';

const offered: NamedPeriod[] = ['last-month', 'last-quarter', 'last-year', 'last-12-months'];

type Props = { children: string };

/** `children` is the word on the button. */
export function ReviewDates({ children }: Props) {
  const { from, to, zone } = useAddress();
  const summary = useAnswer('workspace.summary', {}).data;
  const given = { from, to, first: asDay(from), last: asDay(to), attempted: false };
  const [typed, setTyped] = useState(given);
  // Dates set elsewhere replace what was typed here; the form stays, and with it the focus.
  if (typed.from !== from || typed.to !== to) setTyped(given);
  const { first, last, attempted } = typed;
  const isBackwards = first !== null && last !== null && first.compare(last) > 0;
  const problem = isBackwards
    ? 'The first day is after the last one. Change one of them.'
    : first === null || last === null
      ? 'Set both dates: a review compares what held on the two.'
      : null;
  const today = todayIn(zone);
  const whole = {
    from: inZone(summary?.firstTime ?? '', zone)?.date ?? null,
    to: inZone(summary?.lastTime ?? '', zone)?.date ?? null,
  };
  return (
    <form
      className={styles.form}
      aria-label="Dates of the review"
      noValidate
      onSubmit={(submitted) => {
        submitted.preventDefault();
        setTyped({ ...typed, attempted: true });
        if (problem === null) go({ from: String(first), to: String(last) });
      }}
    >
      <div className={styles.dates}>
        <DayField label="From" value={first} onChange={(day) => setTyped({ ...typed, first: day })} />
        <DayField label="To, included" value={last} onChange={(day) => setTyped({ ...typed, last: day })} />
        <Button type="submit" weight="primary">
          {children}
        </Button>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot be laid out with the other labels */}
        <div role="group" aria-label="Periods by name" className={styles.named}>
          {offered.map((name) => (
            <Button key={name} weight="quiet" onPress={() => go(datesOf(name, today))}>
              {namedPeriods[name]}
            </Button>
          ))}
          {whole.from !== null && whole.to !== null ? (
            <Button weight="quiet" onPress={() => go(whole)}>
              All that is held
            </Button>
          ) : null}
        </div>
      </div>
      {attempted && problem ? (
        <p className={field.error} role="alert">
          {problem}
        </p>
      ) : null}
    </form>
  );
}

/** The day of a date; an instant in the address (it is finer than a day) counts as not set here. */
export function asDay(date: string | null): CalendarDate | null {
  try {
    return date === null ? null : parseDate(date);
  } catch {
    return null;
  }
}
