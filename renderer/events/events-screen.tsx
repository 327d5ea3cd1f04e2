// Events: the log itself, filtered, newest first, with one event's detail beside it.

import { useEffect, useRef, useState } from 'react';
import type { EventQuery } from '#core/model.ts';
import { go, useAddress } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';
import { useAnswer } from '../engine/engine.ts';
import { FirstRun } from '../first-run/first-run.tsx';
import { errorOf } from '../words/errors.ts';
import { formatCounted } from '../words/numbers.ts';
import { DetailPane } from './detail-pane.tsx';
import { EventGrid } from './event-grid.tsx';
import styles from './events-screen.module.css';
import { FilterBar } from './filter-bar.tsx';
import { useEvents } from './use-events.ts';

export function EventsScreen() {
  const summary = useAnswer('workspace.summary', {});
  if (summary.data?.events === 0) return <FirstRun imports={summary.data.imports} />;
  return <EventList />;
}

function EventList() {
  const { filter, from, to, zone, event } = useAddress();
  const query: EventQuery = { filter, from, to, zone };
  const events = useEvents(query);
  const error = events.error === null ? null : errorOf(events.error);
  const ofFilter = error !== null && (error.code === 'usage' || error.code === 'input');
  const list = useRef<HTMLDivElement>(null);
  // Opened by Enter, the detail takes the focus; opened by a click, the grid keeps it and arrows walk on.
  const [takesFocus, setTakesFocus] = useState(false);
  const close = () => {
    go({ event: null });
    list.current?.querySelector<HTMLElement>('[role="grid"]')?.focus({ preventScroll: true });
  };
  useEscape(event !== null, close);

  return (
    <>
      <FilterBar
        error={ofFilter ? error.message : null}
        total={
          error !== null ? '' : events.total === null ? 'Counting…' : formatCounted(events.total, 'event')
        }
      />
      {error !== null && !ofFilter ? (
        <div className={styles.notice}>
          <Notice kind="failed" live>
            {error.message} The log is not touched by reading it.{' '}
            <Button weight="quiet" onPress={events.askAgain}>
              Ask again
            </Button>
          </Notice>
        </div>
      ) : null}
      <div className={styles.list} ref={list}>
        {events.shown === null ? (
          <div className={styles.waiting} />
        ) : events.shown.rows === 0 && !events.counting ? (
          <NothingFound filter={filter} isPeriod={from !== null || to !== null} />
        ) : (
          <EventGrid
            key={JSON.stringify(events.shown.query)}
            query={events.shown.query}
            total={events.shown.rows}
            counting={events.counting}
            zone={zone}
            old={events.isOld}
            opened={event}
            onOpen={(row, how) => {
              setTakesFocus(how === 'key');
              go({ event: row.uid }, how === 'walk' ? 'replace' : 'push');
            }}
            onClose={close}
          />
        )}
        {event === null ? null : <DetailPane uid={event} takesFocus={takesFocus} onClose={close} />}
      </div>
    </>
  );
}

/** Escape closes the detail from anywhere on the screen but the search box and open lists. */
function useEscape(isOpen: boolean, close: () => void): void {
  const latest = useRef(close);
  latest.current = close;
  useEffect(() => {
    if (!isOpen) return;
    const onKey = (event: KeyboardEvent) => {
      const inside = event.target instanceof Element ? event.target : null;
      if (event.key !== 'Escape' || event.defaultPrevented || inside?.closest('input, [role="dialog"]'))
        return;
      latest.current();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [isOpen]);
}

function NothingFound({ filter, isPeriod }: { filter: string; isPeriod: boolean }) {
  return (
    <div className={styles.nothing}>
      <p>
        No event in the imported logs matches{' '}
        {filter === '' ? 'the period' : isPeriod ? 'the filter in this period' : 'the filter'}.
      </p>
      <div className={styles.ways}>
        {filter === '' ? null : <Button onPress={() => go({ filter: '' })}>Clear filter</Button>}
        {isPeriod ? <Button onPress={() => go({ from: null, to: null })}>Show all time</Button> : null}
      </div>
    </div>
  );
}
