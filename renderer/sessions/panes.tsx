// What stands behind a session or a group of failures: its facts, and the events that say so.

import type { FailureGroup, Session } from '#core/review-model.ts';
import { AboutLink, aboutActor, aboutIp, aboutTarget } from '../about/about-link.tsx';
import { filterOf } from '../address/filter-of.ts';
import { hrefOf, useAddress, useShownZone } from '../address/use-address.ts';
import { periodFor } from '../completeness/leads.ts';
import screen from '../controls/screen.module.css';
import { SidePane } from '../controls/side-pane.tsx';
import { withoutKey } from '../events/facet-terms.ts';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatDuration, formatInstant } from '../words/time.ts';
import styles from './sessions.module.css';
import { kindWords, stateWords } from './words.ts';

type PaneProps = { takesFocus: boolean; onClose(): void };

export function SessionPane({ row, ...pane }: PaneProps & { row: Session }) {
  const zone = useShownZone();
  const target = row.targetName ?? row.targetId;
  return (
    <SidePane name="One session" {...pane}>
      <p className={styles.title}>
        {kindWords[row.kind]}
        {row.actor === null ? null : (
          <>
            {' of '}
            <AboutLink about={aboutActor(row.actor)} />
          </>
        )}
      </p>
      <p className={screen.muted}>{stateWords[row.state].about}</p>
      <dl className={styles.facts}>
        <dt>From</dt>
        <dd>
          {row.start === null ? stateWords['no-start'].word : formatInstant(row.start, zone)}
          <EventLink row={row} uid={row.startEvent} time={row.start}>
            The event that starts it
          </EventLink>
        </dd>
        <dt>To</dt>
        <dd>
          {row.end === null ? stateWords[row.state].word : formatInstant(row.end, zone)}
          <EventLink row={row} uid={row.endEvent} time={row.end}>
            The event that ends it
          </EventLink>
        </dd>
        <dt>Duration</dt>
        <dd>{row.durationMs === null ? 'not known' : formatDuration(row.durationMs)}</dd>
        {target === null ? null : (
          <>
            <dt>Target</dt>
            <dd>
              {row.targetType === null ? null : `${row.targetType} `}
              <AboutLink about={aboutTarget(row)}>{target}</AboutLink>
            </dd>
          </>
        )}
        {row.port === null ? null : (
          <>
            <dt>Port</dt>
            <dd>
              <Recorded text={row.port} />
            </dd>
          </>
        )}
        {row.app === null ? null : (
          <>
            <dt>App</dt>
            <dd>
              <Recorded text={row.app} />
            </dd>
          </>
        )}
        <dt>IP address</dt>
        <dd>{row.ip === null ? 'not recorded' : <AboutLink about={aboutIp(row.ip)} />}</dd>
        {row.session === null ? null : (
          <>
            <dt>Session id</dt>
            <dd>
              <code>
                <Recorded text={row.session} />
              </code>
            </dd>
          </>
        )}
        <dt>Source</dt>
        <dd>
          <Recorded text={row.source} />
        </dd>
      </dl>
    </SidePane>
  );
}

type LinkProps = { row: Session; uid: string | null; time: string | null; children: string };

function EventLink({ row, uid, time, children }: LinkProps) {
  const address = useAddress();
  if (uid === null || time === null) return null;
  const filter = filterOf([
    ['source', row.source],
    ['actor', row.actor ?? ''],
  ]);
  const change = { screen: 'events' as const, event: uid, filter, ...periodFor(address, [time]) };
  return (
    <p>
      <a href={hrefOf(address, change)}>{children}</a>
    </p>
  );
}

const failureKeys = ['category', 'action', 'outcome'] as const;

export function FailurePane({ row, ...pane }: PaneProps & { row: FailureGroup }) {
  const zone = useShownZone();
  const address = useAddress();
  // The group's own words are the narrower ones: repeated keys would widen.
  const rest = [row.by, ...failureKeys].reduce((filter, key) => withoutKey(filter, key), address.filter);
  const filter = [rest.trim(), row.filter].filter(Boolean).join(' ');
  const isActor = row.by === 'actor';
  return (
    <SidePane name="Failed sign-ins" {...pane}>
      <p className={styles.title}>
        {row.key === null ? (
          'Not recorded'
        ) : (
          <AboutLink about={isActor ? aboutActor(row.key) : aboutIp(row.key)} />
        )}
      </p>
      <p>
        <a href={hrefOf(address, { screen: 'events', filter })}>{formatCounted(row.count, 'event')}</a>{' '}
        between {formatInstant(row.first, zone)} and {formatInstant(row.last, zone)}
      </p>
      <h3 className={styles.part}>What failed</h3>
      <ul>
        {row.actions.map(({ action, count }) => (
          <li key={action}>
            <Recorded text={action} />: {formatCount(count)}
          </li>
        ))}
      </ul>
      <h3 className={styles.part}>{isActor ? 'From these addresses' : 'Naming these actors'}</h3>
      {row.otherKeys.length === 0 ? (
        <p className={screen.muted}>The records name none.</p>
      ) : (
        <ul>
          {row.otherKeys.map((key) => (
            <li key={key}>
              <AboutLink about={isActor ? aboutIp(key) : aboutActor(key)} />
            </li>
          ))}
        </ul>
      )}
      {row.others > row.otherKeys.length ? (
        <p className={screen.muted}>{`and ${formatCounted(row.others - row.otherKeys.length, 'other')}`}</p>
      ) : null}
    </SidePane>
  );
}
