// Access and sign-ins: privileged rights that were granted and are held, and failed sign-ins of the period.

import type { AccessInterval } from '#core/review-model.ts';
import { usualSettings } from '#core/review-model.ts';
import { accessOf, dateOf, filterOfHistory } from '../access/asked.ts';
import { filterOf } from '../address/filter-of.ts';
import { hrefOf, useAddress } from '../address/use-address.ts';
import { periodFor } from '../completeness/leads.ts';
import { useAnswer } from '../engine/engine.ts';
import { useSettings } from '../review/settings.ts';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatDate, inZone } from '../words/time.ts';
import { Card } from './card.tsx';
import type { Days } from './days.ts';
import { Figure } from './figure.tsx';
import styles from './overview.module.css';

/** Intervals looked through for grants of the period. */
const most = 500;

export function AccessCard({ days }: { days: Days }) {
  const address = useAddress();
  const { from, to, zone } = address;
  const settings = useSettings();
  const now = { ...accessOf({ ...address, filter: '', at: null }, settings ?? usualSettings, null) };
  const isKnown = settings !== null && days.from !== null && days.to !== null;
  const held = useAnswer('access.summary', now, { enabled: settings !== null });
  const granted = useAnswer(
    'access.intervals',
    {
      ...now,
      scope: { kind: 'between', from: days.from ?? '', to: days.to ?? '' },
      flag: 'privileged',
      first: 0,
      limit: most,
    },
    { enabled: isKnown },
  );
  const failed = useAnswer('events.total', {
    filter: filterOf([['category', 'auth.failure']]),
    from,
    to,
    zone,
  });
  const at = formatDate(dateOf({ ...address, at: null }), zone);
  const link = (only: string) => hrefOf(address, { screen: 'access', filter: '', only, at: null });
  return (
    <Card area="access" title="Access and sign-ins" word="privileged" answers={[held, granted, failed]}>
      {() => {
        const grants = grantsOf(granted.data?.rows ?? [], days, zone);
        const isWhole = (granted.data?.total ?? 0) <= most;
        const flags = held.data?.flags;
        return (
          <>
            <ul className={styles.list}>
              <Figure count={formatCount(flags?.privileged ?? 0)} href={link('privileged')} kind="plain">
                privileged rights held, {at}
              </Figure>
              <Figure
                count={formatCount(flags?.['self-granted'] ?? 0)}
                href={link('self-granted')}
                kind={(flags?.['self-granted'] ?? 0) > 0 ? 'attention' : 'plain'}
              >
                rights held that people gave themselves
              </Figure>
              <Figure
                count={formatCount(failed.data?.total ?? 0)}
                href={hrefOf(address, { screen: 'sessions', filter: '', by: 'actor' })}
                kind="plain"
              >
                failed sign-ins in the period
              </Figure>
            </ul>
            <h3 className={styles.sub}>
              {isWhole ? '' : 'At least '}
              {formatCounted(grants.length, 'privileged grant')} in the period
            </h3>
            <ul className={styles.grants}>
              {grants.slice(0, 20).map((row) => (
                <li key={`${row.startEvent} ${row.subject} ${row.right}`}>
                  <a
                    href={hrefOf(address, {
                      screen: 'events',
                      event: row.startEvent,
                      filter: filterOfHistory(row),
                      ...periodFor(address, [row.from ?? '']),
                    })}
                  >
                    <span className={styles.when}>{inZone(row.from ?? '', zone)?.date}</span>
                    <span className={styles.grant}>
                      <strong>
                        <Recorded text={row.right} />
                      </strong>{' '}
                      on <Recorded text={row.targetName ?? row.targetId ?? ''} /> to{' '}
                      <Recorded text={row.subject} />
                    </span>
                  </a>
                </li>
              ))}
            </ul>
          </>
        );
      }}
    </Card>
  );
}

/** Those that an event grants within these days, the latest first. */
function grantsOf(rows: readonly AccessInterval[], { from, to }: Days, zone: string): AccessInterval[] {
  const isWithin = (row: AccessInterval) => {
    const day = row.from === null ? undefined : inZone(row.from, zone)?.date;
    return (
      row.startCertainty === 'asserted' &&
      day !== undefined &&
      (from === null || from.slice(0, 10) <= day) &&
      (to === null || day <= to.slice(0, 10))
    );
  };
  return rows.filter(isWithin).sort((a, b) => ((a.from ?? '') < (b.from ?? '') ? 1 : -1));
}
