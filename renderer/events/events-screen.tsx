// Events: the log itself, filtered and sorted, with one event's detail beside it.

import { useMemo, useRef, useState } from 'react';
import { shownZone } from '../address/address.ts';
import { go, useAddress } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';
import { useAnswer } from '../engine/engine.ts';
import { countingWords, useLoading } from '../engine/loading.ts';
import { FirstRun } from '../first-run/first-run.tsx';
import { clearFilter } from '../undo/undo.ts';
import { errorOf } from '../words/errors.ts';
import { FoundWords, foundIn } from '../words/found.ts';
import { formatCounted } from '../words/numbers.ts';
import { columnOf } from './columns.tsx';
import { copyRows } from './copy-rows.ts';
import { DetailPane } from './detail-pane.tsx';
import { EventGrid, type GridHandle } from './event-grid.tsx';
import styles from './events-screen.module.css';
import { ExportJob } from './export-job.tsx';
import { Facets } from './facets.tsx';
import { FilterBar } from './filter-bar.tsx';
import { Histogram } from './histogram.tsx';
import { ListBar } from './list-bar.tsx';
import { Noted } from './note-sign.tsx';
import { keyOf, questionOf } from './question.ts';
import { nothing, type Selection } from './selection.ts';
import { pressed } from './sorting.ts';
import { useEscape } from './use-escape.ts';
import { useEvents } from './use-events.ts';
import { layoutNow } from './use-layout.ts';

export function EventsScreen() {
  const summary = useAnswer('workspace.summary', {});
  if (summary.data?.events === 0) return <FirstRun imports={summary.data.imports} />;
  return <EventList isHeld={summary.data !== undefined} />;
}

/** `isHeld`: it is known that the log holds events; before that no list is shown that may never come. */
function EventList({ isHeld }: { isHeld: boolean }) {
  const address = useAddress();
  const { filter, from, to, event } = address;
  const zone = shownZone(address);
  const question = questionOf(address);
  const key = keyOf(question);
  const events = useEvents(question);
  const error = events.error === null ? null : errorOf(events.error);
  const ofFilter = error !== null && (error.code === 'usage' || error.code === 'input');
  const grid = useRef<GridHandle>(null);
  // What is selected and said belongs to one view; in another one nothing is.
  const [chosen, setChosen] = useState<{ key: string; selection: Selection }>({ key, selection: nothing });
  const [said, setSaid] = useState({ key, words: '' });
  const selection = chosen.key === key ? chosen.selection : nothing;
  const select = (next: Selection) => {
    setChosen({ key, selection: next });
    setSaid({ key, words: '' });
  };
  const copy = () => {
    const columns = layoutNow().flatMap(({ id }) => columnOf(id) ?? []);
    const say = (words: string) => setSaid({ key, words });
    void copyRows({ question, selection, columns, zone }, say).then(say);
  };
  const read = useLoading();
  // Opened by Enter, the detail takes the focus; opened by a click, the grid keeps it and arrows walk on.
  const [takesFocus, setTakesFocus] = useState(false);
  const close = () => {
    go({ event: null });
    grid.current?.focus();
  };
  useEscape(event !== null, close);
  const found = useMemo(() => foundIn(filter), [filter]);

  return (
    <Noted>
      <FoundWords value={found}>
        <FilterBar mistake={ofFilter ? { message: error.message, place: error.place ?? null } : null} />
        <ListBar
          question={question}
          total={
            error !== null
              ? ''
              : events.total === null
                ? countingWords(read)
                : formatCounted(events.total, 'event')
          }
          rows={events.total}
          selection={selection}
          zone={zone}
          copied={said.key === key ? said.words : ''}
          onCopy={copy}
          onClear={() => select(nothing)}
          onGoTo={(row) => grid.current?.goTo(row)}
          onExportFailed={(thrown) => setSaid({ key, words: errorOf(thrown).message })}
        />
        <ExportJob />
        {error !== null && !ofFilter ? (
          <div className={styles.notice}>
            <Notice kind="failed" live>
              The events are not shown; nothing was changed. {error.message}{' '}
              <Button weight="quiet" onPress={events.askAgain}>
                Ask again
              </Button>
            </Notice>
          </div>
        ) : null}
        {isHeld || events.rows ? <Histogram query={question.query} isSound={!ofFilter} /> : null}
        <div className={styles.list}>
          {isHeld || events.rows ? <Facets query={question.query} isSound={!ofFilter} /> : null}
          {ofFilter ? (
            <div className={styles.nothing}>
              <p>No rows are shown while the filter has a mistake in it.</p>
            </div>
          ) : !isHeld && !events.rows ? (
            <div className={styles.nothing} />
          ) : events.rows === 0 && !events.counting ? (
            <NothingFound filter={filter} isPeriod={from !== null || to !== null} />
          ) : error !== null && events.rows === null ? (
            <div className={styles.nothing} />
          ) : (
            <EventGrid
              ref={grid}
              question={question}
              rows={events.rows}
              counting={events.counting}
              zone={zone}
              selection={selection}
              onSelect={select}
              onSort={({ sort }) => {
                if (sort !== null) go({ sort: pressed(sort, question.sort) });
              }}
              onCopy={copy}
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
        <GridKeys />
      </FoundWords>
    </Noted>
  );
}

/** Keys of the header, for who cannot see that it can be dragged. */
function GridKeys() {
  return (
    <div hidden>
      <span id="grid-head-keys">
        F2, then arrow keys, sets the width. Control Shift and arrow keys move it.
      </span>
      <span id="grid-sort-key">Enter sorts.</span>
    </div>
  );
}

function NothingFound({ filter, isPeriod }: { filter: string; isPeriod: boolean }) {
  return (
    <div className={styles.nothing}>
      <p>
        No event in the imported logs matches{' '}
        {filter === '' ? 'the period' : isPeriod ? 'the filter in this period' : 'the filter'}.
      </p>
      <div className={styles.ways}>
        {filter === '' ? null : <Button onPress={clearFilter}>Clear filter</Button>}
        {isPeriod ? <Button onPress={() => go({ from: null, to: null })}>Show all time</Button> : null}
      </div>
    </div>
  );
}
