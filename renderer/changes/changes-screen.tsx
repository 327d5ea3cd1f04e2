// Changes: what is another one at the end of a period than it was at its beginning, how sure that is, and who did it.

import { type ReactNode, useMemo, useRef, useState } from 'react';
import type { ChangedTrack, ChangeSummary } from '#core/review-model.ts';
import { go, useAddress, useShownZone } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';
import { SaveFile } from '../controls/save-file.tsx';
import screen from '../controls/screen.module.css';
import { connection, queries, useAnswer } from '../engine/engine.ts';
import { FilterBar } from '../events/filter-bar.tsx';
import { useEscape } from '../events/use-escape.ts';
import { FirstRun } from '../first-run/first-run.tsx';
import { CertaintyLegend } from '../review/certainty.tsx';
import { dropFile, useFile } from '../review/chosen-file.ts';
import { ReviewDates } from '../review/dates.tsx';
import { useHours } from '../review/hours.ts';
import { type ListHandle, LongList, mostRows } from '../review/long-list.tsx';
import { usePages } from '../review/use-pages.ts';
import { Waiting } from '../review/waiting.tsx';
import { errorOf } from '../words/errors.ts';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { type AskedReview, onlyOf, reviewOf } from './asked.ts';
import { ChangePane } from './change-pane.tsx';
import styles from './changes-screen.module.css';
import columns from './columns.module.css';
import { changeColumns } from './columns.tsx';
import { Summary } from './summary.tsx';

export function ChangesScreen() {
  const address = useAddress();
  const hours = useHours();
  const log = useAnswer('workspace.summary', {});
  const baseline = useFile('baseline');
  const review = reviewOf(address, hours, baseline?.id ?? null);
  const summary = useAnswer('changes.summary', review ?? ({} as AskedReview), { enabled: review !== null });
  if (log.data?.events === 0) return <FirstRun imports={log.data.imports} />;
  const error = summary.error ? errorOf(summary.error) : null;
  const ofFilter = error !== null && error.place !== undefined;
  return (
    <>
      <FilterBar mistake={ofFilter ? { message: error.message, place: error.place ?? null } : null} />
      <Body
        review={review}
        summary={error === null && review !== null ? (summary.data ?? null) : null}
        waiting={
          review === null ? (
            <p className={styles.about}>
              Choose two dates. Exhibit says what every field held at the beginning and at the end, how sure
              each of the two is, and which events changed it in between.
            </p>
          ) : ofFilter ? (
            <p className={screen.muted}>Nothing is compared while the filter has a mistake in it.</p>
          ) : error !== null ? (
            <Notice kind="failed" live>
              The two dates were not compared; the log is as it was. {error.message}{' '}
              {error.code === 'input' && baseline !== null ? (
                <Button weight="quiet" onPress={() => dropFile('baseline')}>
                  Go on without the baseline
                </Button>
              ) : error.code === 'usage' ? null : (
                <Button weight="quiet" onPress={() => void summary.refetch()}>
                  Ask again
                </Button>
              )}
            </Notice>
          ) : (
            <Waiting
              isStopped={summary.fetchStatus === 'idle'}
              onCancel={() => void queries.cancelQueries({ queryKey: ['changes.summary'] })}
              onAsk={() => void summary.refetch()}
            >
              Comparing the two dates…
            </Waiting>
          )
        }
      />
    </>
  );
}

type BodyProps = {
  review: AskedReview | null;
  summary: ChangeSummary | null;
  waiting: ReactNode;
};

function Body({ review, summary, waiting }: BodyProps) {
  const { row: open, only, filter } = useAddress();
  const zone = useShownZone();
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<ListHandle>(null);
  const [seen, setSeen] = useState<[number, number]>([0, 30]);
  const [takesFocus, setTakesFocus] = useState(false);
  const [last, setLast] = useState<ChangedTrack | null>(null);
  const names = useMemo(() => changeColumns(zone), [zone]);
  const isListed = review !== null && summary !== null && summary.tracks > 0;
  const pages = usePages(
    'changes.tracks',
    { ...(review as AskedReview), ...onlyOf(only) },
    ...seen,
    isListed,
  );
  const opened =
    open === null
      ? null
      : last?.lastEvent === open
        ? last
        : (pages.find((row) => row.lastEvent === open) ?? null);
  const close = () => {
    go({ row: null });
    list.current?.focus();
  };
  useEscape(opened !== null, close);
  return (
    <div className={styles.sides}>
      <div ref={scroller} className={screen.scroll}>
        <div className={styles.above}>
          <ReviewDates>Show changes</ReviewDates>
          {summary === null ? waiting : <Summary summary={summary} />}
          {pages.error === null ? null : (
            <Notice kind="failed" live>
              The rows could not be read; the log is as it was. {errorOf(pages.error).message}{' '}
              <Button weight="quiet" onPress={pages.askAgain}>
                Ask again
              </Button>
            </Notice>
          )}
          {summary !== null && summary.tracks === 0 && filter !== '' ? (
            <div>
              <Button onPress={() => go({ filter: '' })}>Clear filter</Button>
            </div>
          ) : null}
          {isListed ? (
            <div className={styles.bar}>
              <output className={styles.total}>
                {pages.total === null ? 'Listing…' : formatCounted(pages.total, 'field')}
                {pages.total !== null && pages.total > mostRows
                  ? `, the first ${formatCount(mostRows)} listed; narrow the filter for others`
                  : ''}
              </output>
              <CertaintyLegend />
              <SaveFile save={(into) => saveRows(review, only, into)}>Save as CSV…</SaveFile>
            </div>
          ) : null}
        </div>
        {isListed ? (
          <LongList
            ref={list}
            id="change"
            name={`Changed fields, ${pages.total === null ? 'being listed' : formatCount(pages.total)}`}
            screen={scroller}
            columns={names}
            layout={columns.layout}
            total={pages.total ?? 0}
            rowAt={pages.rowAt}
            onSeen={(first, end) => setSeen([first, end])}
            isOpened={(row) => row.lastEvent === open}
            onOpen={(row, how) => {
              setTakesFocus(how === 'key');
              setLast(row);
              go({ row: row.lastEvent }, how === 'walk' ? 'replace' : 'push');
            }}
          />
        ) : null}
      </div>
      {opened === null || review === null || summary === null ? null : (
        <ChangePane
          key={opened.lastEvent}
          row={opened}
          review={review}
          summary={summary}
          takesFocus={takesFocus}
          onClose={close}
        />
      )}
    </div>
  );
}

async function saveRows(review: AskedReview, only: string | null, into: string): Promise<string> {
  const client = await connection.client();
  return (await client.command('changes.save', { ...review, ...onlyOf(only), into })).file;
}
