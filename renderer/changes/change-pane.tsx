// What stands behind one row: both values whole and how each is known, what deserves a look and why, the events of the
// field, and what else of the target held on a day.

import type { ChangedTrack, ChangeSummary } from '#core/review-model.ts';
import { hrefOf, useAddress, useShownZone } from '../address/use-address.ts';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { SidePane } from '../controls/side-pane.tsx';
import { useAnswer } from '../engine/engine.ts';
import { ChangedValue } from '../events/changed-value.tsx';
import { TargetAside, TargetWords } from '../review/target-name.tsx';
import { certaintyWords, exceptionWords } from '../review/words.ts';
import { errorOf } from '../words/errors.ts';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatInstant, formatMinute } from '../words/time.ts';
import { type AskedReview, filterOfTrack } from './asked.ts';
import styles from './change-pane.module.css';
import { ResultSign } from './columns.tsx';
import { resultSentence } from './sentences.ts';
import { StateOfTarget } from './state-of-target.tsx';

type Props = {
  row: ChangedTrack;
  review: AskedReview;
  summary: ChangeSummary;
  takesFocus: boolean;
  onClose(): void;
};

export function ChangePane({ row, review, summary, takesFocus, onClose }: Props) {
  return (
    <SidePane name="Changes of a field" takesFocus={takesFocus} onClose={onClose}>
      <p className={styles.target}>
        <TargetWords target={row} /> <TargetAside target={row} />
      </p>
      <p className={styles.field}>
        <Recorded text={row.field} />
      </p>
      <p className={styles.result}>
        <ResultSign result={row.result} /> {resultSentence(row)}
      </p>
      <ChangedValue
        oldValue={row.valueFrom}
        newValue={row.valueTo}
        names={['Then', 'Now']}
        none="not known"
      />
      <dl className={styles.known}>
        <dt>Then, {formatMinute(summary.fromTime, summary.zone)}</dt>
        <dd>
          <strong>{certaintyWords[row.certaintyFrom].word}</strong>. {certaintyWords[row.certaintyFrom].about}
        </dd>
        <dt>Now, {formatMinute(summary.toTime, summary.zone)}</dt>
        <dd>
          <strong>{certaintyWords[row.certaintyTo].word}</strong>. {certaintyWords[row.certaintyTo].about}
        </dd>
      </dl>
      {row.breaks === 0 ? null : (
        <Notice kind="attention">
          The log of this field does not follow on ({formatCounted(row.breaks, 'break')}): an event does not
          begin with the value the one before left. Look at the events below for where.
        </Notice>
      )}
      <Exceptions row={row} />
      <Events row={row} review={review} />
      <StateOfTarget row={row} review={review} />
    </SidePane>
  );
}

function Exceptions({ row }: { row: ChangedTrack }) {
  const address = useAddress();
  if (row.exceptions.length === 0) return null;
  const filter = filterOfTrack(row);
  return (
    <section>
      <h3>To look at</h3>
      <ul className={styles.exceptions}>
        {row.exceptions.map(({ kind, reason, count, events }) => (
          <li key={kind}>
            <strong>{exceptionWords[kind]}</strong>, {formatCounted(count, 'change')}. {reason}{' '}
            <a href={hrefOf(address, { screen: 'events', filter, event: events[0] ?? null })}>
              {count === 1 ? 'Show the event' : 'Show the first event'}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

const most = 50;

function Events({ row, review }: { row: ChangedTrack; review: AskedReview }) {
  const address = useAddress();
  const zone = useShownZone();
  const filter = filterOfTrack(row);
  const { from, to, zone: meant } = review;
  const answer = useAnswer('events.window', {
    filter,
    from,
    to,
    zone: meant,
    first: 0,
    limit: most + 1,
    sort: { by: 'time', direction: 'asc' },
  });
  const rows = answer.data?.rows.slice(0, most);
  return (
    <section>
      <h3>Events of this field in the period</h3>
      {answer.error ? <Notice kind="failed">{errorOf(answer.error).message}</Notice> : null}
      {rows === undefined ? (
        answer.error ? null : (
          <p className={screen.muted} role="status">
            Reading the events…
          </p>
        )
      ) : (
        <ol className={styles.events} aria-label="Events of this field">
          {rows.map((event) => (
            <li key={event.uid}>
              <a href={hrefOf(address, { screen: 'events', filter, event: event.uid })}>
                {formatInstant(event.time, zone)}
              </a>
              <div>
                {event.actor === null ? (
                  <span className={screen.muted}>nobody named</span>
                ) : (
                  <Recorded text={event.actor} />
                )}
                {event.outcome === 'failure' ? <em> failed, so it changed nothing</em> : null}
              </div>
              <div className={styles.values}>
                <Side value={event.oldValue} /> → <Side value={event.newValue} />
              </div>
            </li>
          ))}
        </ol>
      )}
      <p>
        <a href={hrefOf(address, { screen: 'events', filter })}>
          {(answer.data?.rows.length ?? 0) > most
            ? `Only the first ${formatCount(most)} stand here: show all in Events`
            : 'Show them in Events'}
        </a>
      </p>
    </section>
  );
}

function Side({ value }: { value: string | null }) {
  return value === null ? (
    <span className={screen.muted}>no value</span>
  ) : (
    <Recorded text={value} keep={'\n\t'} />
  );
}
