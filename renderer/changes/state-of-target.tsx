// What every field of a target held at the end of a day.

import type { CalendarDate } from '@internationalized/date';
import { useState } from 'react';
import type { ChangedTrack } from '#core/review-model.ts';
import { Button } from '../controls/button.tsx';
import { DayField } from '../controls/day-field.tsx';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { useAnswer } from '../engine/engine.ts';
import { CertaintyMark } from '../review/certainty.tsx';
import { asDay } from '../review/dates.tsx';
import { SaveTable } from '../review/save-table.tsx';
import { errorOf } from '../words/errors.ts';
import { formatCounted } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatDate } from '../words/time.ts';
import { type AskedReview, filterOfTarget } from './asked.ts';
import styles from './change-pane.module.css';

/** As many as the engine gives at once. */
const most = 500;

export function StateOfTarget({ row, review }: { row: ChangedTrack; review: AskedReview }) {
  const [day, setDay] = useState<CalendarDate | null>(() => asDay(review.to));
  const [at, setAt] = useState<string | null>(null);
  const { zone, baseline } = review;
  const answer = useAnswer(
    'changes.state',
    { at: at ?? '', zone, filter: filterOfTarget(row), baseline, first: 0, limit: most },
    { enabled: at !== null },
  );
  return (
    <section className={styles.state} aria-labelledby="state-of-target">
      <h3 id="state-of-target">Everything of this target on a day</h3>
      <form
        className={styles.day}
        onSubmit={(submitted) => {
          submitted.preventDefault();
          setAt(day?.toString() ?? null);
        }}
      >
        <DayField label="At the end of" value={day} onChange={setDay} />
        <Button type="submit" isDisabled={day === null}>
          Show values
        </Button>
      </form>
      {answer.error ? (
        <Notice kind="failed" live>
          {errorOf(answer.error).message}
        </Notice>
      ) : at === null ? null : answer.data === undefined ? (
        <p className={screen.muted} role="status">
          Reading the values…
        </p>
      ) : (
        <>
          <p className={screen.muted} role="status">
            {formatCounted(answer.data.total, 'field')} at the end of {formatDate(at, zone)}, {zone}
            {answer.data.total > most ? `; the first ${most} are listed` : ''}
          </p>
          <table className={`${screen.table} ${styles.held}`} aria-labelledby="state-of-target">
            <thead>
              <tr>
                <th>Field</th>
                <th>Value</th>
                <th>Known</th>
              </tr>
            </thead>
            <tbody>
              {answer.data.rows.map(({ field, value, certainty }) => (
                <tr key={field}>
                  <td>
                    <Recorded text={field} />
                  </td>
                  <td>
                    {value === null ? (
                      <span className={screen.muted}>not known</span>
                    ) : (
                      <Recorded text={value} />
                    )}
                  </td>
                  <td>
                    <CertaintyMark certainty={certainty} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {at === null ? null : (
            <div className={styles.ways}>
              <SaveTable
                call="changes.saveState"
                asked={{ at, zone, filter: filterOfTarget(row), baseline }}
              />
            </div>
          )}
        </>
      )}
    </section>
  );
}
