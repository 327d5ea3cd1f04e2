// One right: who holds it since when, the events that say so, what deserves a look and why, and every time the person
// has held it before.

import type { AccessInterval } from '#core/review-model.ts';
import { MergedInto } from '../about/persons.tsx';
import { hrefOf, useAddress, useShownZone } from '../address/use-address.ts';
import { periodFor } from '../completeness/leads.ts';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { SidePane } from '../controls/side-pane.tsx';
import { useAnswer } from '../engine/engine.ts';
import { TargetAside, TargetWords } from '../review/target-name.tsx';
import { endWords, flagWords, startWords } from '../review/words.ts';
import { errorOf } from '../words/errors.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatInstant, formatMinute } from '../words/time.ts';
import styles from './access-pane.module.css';
import { type AskedAccess, filterOfHistory, filterOfTarget, keyOf } from './asked.ts';
import { sinceWords } from './sentences.ts';

type Props = { row: AccessInterval; asked: AskedAccess; takesFocus: boolean; onClose(): void };

export function AccessPane({ row, asked, takesFocus, onClose }: Props) {
  const zone = useShownZone();
  return (
    <SidePane name="One right" takesFocus={takesFocus} onClose={onClose}>
      <p className={styles.who}>
        <Recorded text={row.subject} />
        <MergedInto name={row.subject} />
      </p>
      <p className={styles.what}>
        holds{' '}
        <strong>
          <Recorded text={row.right} />
        </strong>{' '}
        on <TargetWords target={row} /> <TargetAside target={row} />
      </p>
      <dl className={styles.facts}>
        <dt>Since</dt>
        <dd>
          {sinceWords(row, (instant) => formatInstant(instant, zone))}
          <p className={screen.muted}>
            {startWords[row.startCertainty].word}: {startWords[row.startCertainty].about}
          </p>
        </dd>
        <dt>Granted by</dt>
        <dd>
          {row.grantedBy === null ? (
            row.startCertainty === 'asserted' ? (
              'nobody is named'
            ) : (
              'no event grants it'
            )
          ) : (
            <Recorded text={row.grantedBy} />
          )}
          <p>
            <EventLink row={row} uid={row.startEvent} time={row.from}>
              {row.grantEvent === null ? 'The event that shows it' : 'The event that grants it'}
            </EventLink>
          </p>
        </dd>
      </dl>
      {row.flags.length === 0 ? null : (
        <section className={styles.part}>
          <h3>To look at</h3>
          <ul>
            {row.flags.map((flag) => (
              <li key={flag}>
                <strong>{flagWords[flag].word}</strong>: {row.reasons[flag]}
                {flag === 'used-after-revocation' && row.useEvent !== undefined ? (
                  <>
                    {' '}
                    <EventLink row={row} uid={row.useEvent} time={null}>
                      The event
                    </EventLink>
                  </>
                ) : null}
              </li>
            ))}
          </ul>
        </section>
      )}
      <History row={row} asked={asked} />
    </SidePane>
  );
}

type LinkProps = { row: AccessInterval; uid: string; time: string | null; children: string };

function EventLink({ row, uid, time, children }: LinkProps) {
  const address = useAddress();
  // A list short enough to see the event in; what is no grant may be about another person, as an owner change is.
  const filter = uid === row.grantEvent ? filterOfHistory(row) : filterOfTarget(row);
  const period = time === null ? { from: null, to: null } : periodFor(address, [time]);
  return <a href={hrefOf(address, { screen: 'events', event: uid, filter, ...period })}>{children}</a>;
}

/** As many as the engine gives at once. */
const most = 500;

function History({ row, asked }: { row: AccessInterval; asked: AskedAccess }) {
  const zone = useShownZone();
  const answer = useAnswer('access.intervals', {
    ...asked,
    scope: { kind: 'ledger' },
    filter: filterOfHistory(row),
    flag: null,
    first: 0,
    limit: most,
  });
  const held = answer.data?.rows.filter(({ right }) => right === row.right) ?? [];
  const others = [
    ...new Set(
      answer.data?.rows
        .filter(({ right, to }) => right !== row.right && to === null)
        .map(({ right }) => right),
    ),
  ];
  return (
    <section className={styles.part} aria-labelledby="history">
      <h3 id="history">Whenever this right was held, over the whole log</h3>
      {answer.error ? <Notice kind="failed">{errorOf(answer.error).message}</Notice> : null}
      {answer.data === undefined ? (
        answer.error ? null : (
          <p className={screen.muted} role="status">
            Reading the history…
          </p>
        )
      ) : (
        <ol className={styles.history} aria-labelledby="history">
          {held.map((one) => (
            <li key={keyOf(one)}>
              <div className={styles.span}>
                {sinceWords(one, (instant) => formatMinute(instant, zone))} –{' '}
                {one.to === null ? 'still held at the end of the log' : formatMinute(one.to, zone)}
              </div>
              <div>
                {one.grantedBy === null ? (
                  <span className={screen.muted}>no grant seen</span>
                ) : (
                  <>
                    granted by <Recorded text={one.grantedBy} />
                  </>
                )}
                ,{' '}
                <EventLink row={one} uid={one.startEvent} time={one.from}>
                  {one.grantEvent === null ? 'event that shows it' : 'granting event'}
                </EventLink>
              </div>
              {one.endEvent === null || one.endCertainty === null ? null : (
                <div title={endWords[one.endCertainty]}>
                  {one.revokedBy === null ? (
                    <span className={screen.muted}>
                      {one.endCertainty === 'asserted' ? 'taken by nobody named' : 'no event takes it'}
                    </span>
                  ) : (
                    <>
                      taken by <Recorded text={one.revokedBy} />
                    </>
                  )}
                  ,{' '}
                  <EventLink row={one} uid={one.endEvent} time={one.to}>
                    {one.revokeEvent === null ? 'event that no longer shows it' : 'revoking event'}
                  </EventLink>
                </div>
              )}
            </li>
          ))}
        </ol>
      )}
      {others.length === 0 ? null : (
        <p>
          Also held on this target at the end of the log: <Recorded text={others.join(', ')} />.
        </p>
      )}
    </section>
  );
}
