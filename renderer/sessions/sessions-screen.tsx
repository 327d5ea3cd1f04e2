// Sessions: who was signed in or connected from when until when, what of it no event says, and who failed to sign in.

import type { ReactNode } from 'react';
import { type SessionKind, type SessionState, sessionKinds, sessionStates } from '#core/review-model.ts';
import { go, useAddress, useShownZone } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { FilterLine } from '../controls/filter-line.tsx';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { queries, useAnswer } from '../engine/engine.ts';
import { questionOf } from '../events/question.ts';
import { FirstRun } from '../first-run/first-run.tsx';
import { Filtered, type Kind, OnlyChoice } from '../review/only.tsx';
import { ReviewRows } from '../review/review-rows.tsx';
import { Waiting } from '../review/waiting.tsx';
import { clearFilter } from '../undo/undo.ts';
import { errorOf } from '../words/errors.ts';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { formatPeriod } from '../words/period.ts';
import { failureColumns, sessionColumns } from './columns.tsx';
import { FailurePane, SessionPane } from './panes.tsx';
import styles from './sessions.module.css';
import { kindWords, stateWords } from './words.ts';

/** Which list is shown: sessions, or failures by one of two. */
const lists = ['sessions', 'actor', 'ip'] as const;
type List = (typeof lists)[number];
const listNames: Record<List, string> = {
  sessions: 'Sessions',
  actor: 'Failed sign-ins by actor',
  ip: 'Failed sign-ins by IP address',
};
const one = { first: 0, limit: 1 };

export function SessionsScreen() {
  const address = useAddress();
  const log = useAnswer('workspace.summary', {});
  const asked = questionOf(address).query;
  const counted = useAnswer('sessions.list', { ...asked, ...one, kind: null, state: null });
  const byActor = useAnswer('sessions.failures', { ...asked, ...one, by: 'actor' });
  const byIp = useAnswer('sessions.failures', { ...asked, ...one, by: 'ip' });
  if (log.data?.events === 0) return <FirstRun imports={log.data.imports} />;
  const failed = counted.error ?? byActor.error ?? byIp.error;
  const error = failed ? errorOf(failed) : null;
  const totals: Record<List, number | undefined> = {
    sessions: counted.data?.total,
    actor: byActor.data?.total,
    ip: byIp.data?.total,
  };
  const list = lists.find((name) => name === address.by) ?? 'sessions';
  const above = (
    <>
      <search className={styles.find} aria-label="What is shown of sessions">
        <div className={styles.filter}>
          <FilterLine label="Filter, such as actor:… target:… ip:…" />
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot be laid out with its buttons */}
        <div role="group" aria-label="List" className={styles.lists}>
          {lists.map((name) => (
            <Button
              key={name}
              aria-pressed={name === list}
              onPress={() => go({ by: name === 'sessions' ? null : name, only: null, row: null })}
            >
              {totals[name] === undefined
                ? listNames[name]
                : `${listNames[name]} (${formatCount(totals[name])})`}
            </Button>
          ))}
        </div>
      </search>
      {error !== null ? (
        <Notice kind="failed" live>
          Sessions are not shown; nothing was changed. {error.message}{' '}
          {error.code === 'usage' && address.filter.trim() !== '' ? (
            <Button weight="quiet" onPress={clearFilter}>
              Clear filter
            </Button>
          ) : (
            <Button
              weight="quiet"
              onPress={() => {
                for (const answer of [counted, byActor, byIp]) if (answer.error) void answer.refetch();
              }}
            >
              Ask again
            </Button>
          )}
        </Notice>
      ) : totals[list] === undefined ? (
        <Waiting
          isStopped={[counted, byActor, byIp].every(({ fetchStatus }) => fetchStatus === 'idle')}
          onCancel={() => {
            for (const call of ['sessions.list', 'sessions.failures'])
              void queries.cancelQueries({ queryKey: [call] });
          }}
          onAsk={() => {
            for (const answer of [counted, byActor, byIp]) void answer.refetch();
          }}
        >
          Pairing starts and ends of sessions…
        </Waiting>
      ) : null}
    </>
  );
  const isKnown = error === null && totals[list] !== undefined;
  return list === 'sessions' ? (
    <Sessions asked={asked} total={isKnown ? totals.sessions : undefined}>
      {above}
    </Sessions>
  ) : (
    <Failures key={list} asked={asked} by={list} total={isKnown ? totals[list] : undefined}>
      {above}
    </Failures>
  );
}

type Asked = ReturnType<typeof questionOf>['query'];
/** `total` is undefined while it is not known. */
type ListProps = { asked: Asked; total: number | undefined; children: ReactNode };

function Sessions({ asked, total, children }: ListProps) {
  const { only, from, to, zone: meant } = useAddress();
  const zone = useShownZone();
  const picked: { kind: SessionKind | null; state: SessionState | null } = {
    kind: sessionKinds.find((kind) => kind === only) ?? null,
    state: sessionStates.find((state) => state === only) ?? null,
  };
  return (
    <ReviewRows
      call="sessions.list"
      asked={{ ...asked, ...picked }}
      isListed={total !== undefined && total > 0}
      id="session"
      name="Sessions"
      columns={sessionColumns(zone)}
      counted={(count) => formatCounted(count, 'session')}
      beyond="narrow the period or the filter to see others"
      keyOf={({ startEvent, endEvent }) => `${startEvent ?? ''} ${endEvent ?? ''}`}
      pane={(row, props) => <SessionPane row={row} {...props} />}
    >
      {children}
      {total === undefined ? null : (
        <div className={styles.summary}>
          <h2>
            {total === 0
              ? 'No sign-in and no remote access was observed in the imported logs'
              : `${formatCounted(total, 'session')} in the imported logs`}
            {`, ${formatPeriod({ from, to }, meant).replace(/^All/, 'all')}`}
          </h2>
          <p className={screen.muted}>
            <Filtered />
            Starts and ends are paired by actor, and by the session’s own id where the record has one; remote
            access by device and port as well.
          </p>
          <Only asked={asked} />
          <ClearWhere isEmpty={total === 0} />
        </div>
      )}
    </ReviewRows>
  );
}

/** The way back, where a filter leaves nothing. */
function ClearWhere({ isEmpty }: { isEmpty: boolean }) {
  const { filter } = useAddress();
  if (!isEmpty || filter.trim() === '') return null;
  return (
    <div>
      <Button onPress={clearFilter}>Clear filter</Button>
    </div>
  );
}

function Only({ asked }: { asked: Asked }) {
  const count = (kind: SessionKind | null, state: SessionState | null) =>
    // biome-ignore lint/correctness/useHookAtTopLevel: called for a fixed list
    useAnswer('sessions.list', { ...asked, ...one, kind, state }).data?.total ?? 0;
  const kinds: Kind[] = [
    ...sessionKinds.map((kind) => ({ only: kind, word: kindWords[kind], count: count(kind, null) })),
    ...sessionStates.map((state) => ({ only: state, ...stateWords[state], count: count(null, state) })),
  ];
  return <OnlyChoice name="Only sessions that are" kinds={kinds} />;
}

function Failures({ asked, by, total, children }: ListProps & { by: 'actor' | 'ip' }) {
  const zone = useShownZone();
  const { from, to, zone: meant } = useAddress();
  const many = by === 'actor' ? 'actor' : 'IP address';
  return (
    <ReviewRows
      call="sessions.failures"
      asked={{ ...asked, by }}
      isListed={total !== undefined && total > 0}
      id="failure"
      name={listNames[by]}
      columns={failureColumns(by, zone)}
      counted={(count) => formatCounted(count, many, by === 'actor' ? 'actors' : 'IP addresses')}
      beyond="narrow the period or the filter to see others"
      keyOf={({ firstEvent }) => firstEvent}
      pane={(row, props) => <FailurePane row={row} {...props} />}
    >
      {children}
      {total === undefined ? null : (
        <div className={styles.summary}>
          <h2>
            {total === 0
              ? 'No failed sign-in was observed in the imported logs'
              : by === 'actor'
                ? 'Failed sign-ins and invalid keys by the actor they name'
                : 'Failed sign-ins and invalid keys by the address they came from'}
            {`, ${formatPeriod({ from, to }, meant).replace(/^All/, 'all')}`}
          </h2>
          <p className={screen.muted}>
            <Filtered />
            Those with most failures first.
          </p>
          <ClearWhere isEmpty={total === 0} />
        </div>
      )}
    </ReviewRows>
  );
}
