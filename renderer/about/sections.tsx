// The parts of a page that come from reviews: what changed, which rights are held, which sessions there were. Each shows
// the first rows and leads to the screen that has them all.

import { type ReactNode, useId } from 'react';
import type { About, aboutQuestions } from '#core/about.ts';
import { filterOfAbout } from '#core/about.ts';
import { filterOfHistory } from '../access/asked.ts';
import { sinceWords } from '../access/sentences.ts';
import type { Address } from '../address/address.ts';
import { hrefOf, useAddress, useShownZone } from '../address/use-address.ts';
import { filterOfTrack } from '../changes/asked.ts';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { queries, useAnswer } from '../engine/engine.ts';
import { TargetWords } from '../review/target-name.tsx';
import { Waiting } from '../review/waiting.tsx';
import { flagWords, resultWords } from '../review/words.ts';
import { endOfSession, kindWords, startOfSession } from '../sessions/words.ts';
import { errorOf } from '../words/errors.ts';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatDate, formatMinute } from '../words/time.ts';
import styles from './about.module.css';
import { AboutLink, aboutActor, aboutTarget } from './about-link.tsx';

const shown = 10;
type Ask = ReturnType<typeof aboutQuestions>;

export function Changes({ about, asked }: { about: About; asked: Ask['changes'] }) {
  const { from, to, zone } = asked;
  const isTarget = about.kind === 'target';
  const answer = useAnswer('changes.tracks', { ...asked, first: 0, limit: shown });
  const dates = from === to ? formatDate(from, zone) : `${formatDate(from, zone)} – ${formatDate(to, zone)}`;
  return (
    <Section
      title={isTarget ? 'What changed of it' : 'Fields with changes'}
      about={`Fields with a change, ${dates}: the value before and after.`}
      call="changes.tracks"
      answer={answer}
      none="No change of a field in this time."
      all={{ screen: 'changes', filter: asked.filter, from, to }}
    >
      {({ rows }) => (
        <table className={screen.table}>
          <thead>
            <tr>
              {isTarget ? null : <th>Target</th>}
              <th>Field</th>
              <th>Value then</th>
              <th>Value now</th>
              <th className={screen.number}>Changes</th>
              <th>Result</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.firstEvent} ${row.field}`}>
                {isTarget ? null : (
                  <td>
                    <TargetLink target={row} />
                  </td>
                )}
                <td>
                  <ToList change={{ filter: filterOfTrack(row), from, to }}>
                    <Recorded text={row.field} />
                  </ToList>
                </td>
                <td className={styles.value}>
                  <Value value={row.valueFrom} />
                </td>
                <td className={styles.value}>
                  <Value value={row.valueTo} />
                </td>
                <td className={screen.number}>{formatCount(row.changes)}</td>
                <td>{resultWords[row.result].word}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}

/** A table is for reading over: the whole of a long value stands on its own screen. */
const longest = 80;

function Value({ value }: { value: string | null }) {
  if (value === null) return <span className={styles.type}>not known</span>;
  return <Recorded text={value.length > longest ? `${value.slice(0, longest)}…` : value} />;
}

export function Rights({ about, asked }: { about: About; asked: NonNullable<Ask['rights']> }) {
  const zone = useShownZone();
  const isActor = about.kind !== 'target';
  const { at } = asked.scope;
  const answer = useAnswer('access.intervals', { ...asked, first: 0, limit: shown });
  return (
    <Section
      title={isActor ? 'Rights held' : 'Who holds rights on it'}
      about={`At the end of ${formatDate(at, asked.zone)}, as far as the imported logs show.`}
      call="access.intervals"
      answer={answer}
      none="The imported logs show no right that is held."
      all={{ screen: 'access', filter: asked.filter, at, by: isActor ? null : 'target' }}
    >
      {({ rows }) => (
        <table className={screen.table}>
          <thead>
            <tr>
              <th>{isActor ? 'Target' : 'Person'}</th>
              <th>Right</th>
              <th>Held since</th>
              <th>Granted by</th>
              <th>To look at</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.startEvent} ${row.subject} ${row.right}`}>
                <td>
                  {isActor ? <TargetLink target={row} /> : <AboutLink about={aboutActor(row.subject)} />}
                </td>
                <td>
                  <ToList change={{ filter: filterOfHistory(row), from: null, to: null }}>
                    <Recorded text={row.right} />
                  </ToList>
                </td>
                <td>{sinceWords(row, (instant) => formatMinute(instant, zone))}</td>
                <td>
                  {row.grantedBy === null ? (
                    <span className={styles.type}>no grant seen</span>
                  ) : (
                    <AboutLink about={aboutActor(row.grantedBy)} />
                  )}
                </td>
                <td>{row.flags.map((flag) => flagWords[flag].word).join(' · ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}

export function Sessions({ about, asked }: { about: About; asked: Ask['sessions'] }) {
  const zone = useShownZone();
  // A person's names are told apart.
  const isOne = about.kind === 'actor';
  const answer = useAnswer('sessions.list', { ...asked, first: 0, limit: shown });
  const { from, to } = asked;
  return (
    <Section
      title="Sessions and remote access"
      about="Sign-ins and remote access of the period, oldest first."
      call="sessions.list"
      answer={answer}
      none="No sign-in and no remote access in this time."
      all={{ screen: 'sessions', filter: filterOfAbout(about), from, to }}
    >
      {({ rows }) => (
        <table className={screen.table}>
          <thead>
            <tr>
              <th>Kind</th>
              {isOne ? null : <th>Who</th>}
              {about.kind === 'target' ? null : <th>Target</th>}
              <th>From</th>
              <th>To</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.startEvent} ${row.endEvent}`}>
                <td>{kindWords[row.kind]}</td>
                {isOne ? null : (
                  <td>{row.actor === null ? '' : <AboutLink about={aboutActor(row.actor)} />}</td>
                )}
                {about.kind === 'target' ? null : (
                  <td>{(row.targetId ?? row.targetName) === null ? '' : <TargetLink target={row} />}</td>
                )}
                <td>
                  <ToList change={{ filter: asked.filter, event: row.startEvent ?? row.endEvent, from, to }}>
                    {startOfSession(row, zone)}
                  </ToList>
                </td>
                <td>{endOfSession(row, zone)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}

function TargetLink({ target }: { target: Parameters<typeof aboutTarget>[0] }) {
  const name = target.targetName ?? target.targetId;
  if (name === null) return <TargetWords target={target} />;
  return (
    <>
      {target.targetType === null ? null : <span className={styles.type}>{target.targetType} </span>}
      <AboutLink about={aboutTarget(target)}>{name}</AboutLink>
    </>
  );
}

function ToList({ change, children }: { change: Partial<Address>; children: ReactNode }) {
  const address = useAddress();
  return <a href={hrefOf(address, { screen: 'events', ...change })}>{children}</a>;
}

type Answer<T> = {
  data: T | undefined;
  error: Error | null;
  fetchStatus: string;
  refetch(): Promise<unknown>;
};
type SectionProps<T> = {
  title: string;
  about: string;
  /** What is cancelled when it takes too long. */
  call: string;
  answer: Answer<T>;
  none: string;
  /** The screen with all rows. */
  all: Partial<Address>;
  children(answer: T): ReactNode;
};

function Section<T extends { total: number }>(props: SectionProps<T>) {
  const { title, about, call, answer, none, all, children } = props;
  const address = useAddress();
  const id = useId();
  const { data, error } = answer;
  return (
    <section className={styles.section} aria-labelledby={id}>
      <div className={styles.head}>
        <h3 id={id}>{title}</h3>
        {data && data.total > 0 ? (
          <a href={hrefOf(address, all)}>
            {data.total > shown
              ? `All ${formatCount(data.total)}`
              : `Open ${formatCounted(data.total, 'row')}`}
            <span className="unseen">: {title}</span>
          </a>
        ) : null}
      </div>
      <p className={screen.muted}>{about}</p>
      {error ? (
        <Notice kind="failed">
          {errorOf(error).message}{' '}
          <Button weight="quiet" onPress={() => void answer.refetch()}>
            Ask again
          </Button>
        </Notice>
      ) : data === undefined ? (
        <Waiting
          isStopped={answer.fetchStatus === 'idle'}
          onCancel={() => void queries.cancelQueries({ queryKey: [call] })}
          onAsk={() => void answer.refetch()}
        >
          {`${title}: reading the log…`}
        </Waiting>
      ) : data.total === 0 ? (
        <p>{none}</p>
      ) : (
        <div className={styles.table}>{children(data)}</div>
      )}
    </section>
  );
}
