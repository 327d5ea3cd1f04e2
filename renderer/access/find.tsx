// The date access is shown as of, what rows are grouped by, and the filter, which here finds people, targets and rights.

import type { CalendarDate } from '@internationalized/date';
import { useState } from 'react';
import { go, useAddress } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { DayField } from '../controls/day-field.tsx';
import field from '../controls/field.module.css';
import { FilterLine } from '../controls/filter-line.tsx';
import { useAnswer } from '../engine/engine.ts';
import { asDay } from '../review/dates.tsx';
import { inZone, todayIn } from '../words/time.ts';
import styles from './access-screen.module.css';
import { dateOf, viewOf } from './asked.ts';

/** `hasFilter`: false where what is shown is no list that words could narrow. */
export function Find({ hasFilter = true }: { hasFilter?: boolean }) {
  const address = useAddress();
  return (
    <search className={styles.find} aria-label="What is shown of access">
      <DateForm key={dateOf(address)} />
      {hasFilter ? (
        <div className={styles.words}>
          <FilterLine label="Find a person, target or right" />
        </div>
      ) : null}
      <Grouping />
    </search>
  );
}

function DateForm() {
  const address = useAddress();
  const { zone } = address;
  const log = useAnswer('workspace.summary', {}).data;
  const last = inZone(log?.lastTime ?? '', zone)?.date ?? null;
  const [day, setDay] = useState<CalendarDate | null>(() => asDay(dateOf(address)));
  const [attempted, setAttempted] = useState(false);
  return (
    <form
      className={styles.date}
      aria-label="Date of access"
      noValidate
      onSubmit={(submitted) => {
        submitted.preventDefault();
        setAttempted(true);
        if (day !== null) go({ at: day.toString(), row: null });
      }}
    >
      <DayField label="At the end of" value={day} onChange={setDay} />
      <Button type="submit" weight="primary">
        Show access
      </Button>
      <Button weight="quiet" onPress={() => go({ at: todayIn(zone), row: null })}>
        Today
      </Button>
      {last === null ? null : (
        <Button weight="quiet" onPress={() => go({ at: last, row: null })}>
          Last day of the log
        </Button>
      )}
      {attempted && day === null ? (
        <p role="alert" className={field.error}>
          Set the date: access is always about a day.
        </p>
      ) : null}
    </form>
  );
}

const views = [
  { view: 'subject', by: null, word: 'Person' },
  { view: 'target', by: 'target', word: 'Target' },
  { view: 'matrix', by: 'matrix', word: 'Matrix' },
  { view: 'snapshot', by: 'snapshot', word: 'Against a snapshot' },
  { view: 'leavers', by: 'leavers', word: 'Leavers' },
] as const;

function Grouping() {
  const { by } = useAddress();
  const shown = viewOf(by);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot be laid out with the other labels
    <div role="group" aria-labelledby="grouped-by" className={field.field}>
      <span id="grouped-by" className={field.label}>
        Shown by
      </span>
      <div className={styles.grouping}>
        {views.map(({ view, by: address, word }) => (
          <Button
            key={view}
            aria-pressed={shown === view}
            onPress={() => go({ by: address, row: null, only: null })}
          >
            {word}
          </Button>
        ))}
      </div>
    </div>
  );
}
