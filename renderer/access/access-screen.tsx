// Access: who holds which right on what at the end of a day, since when, from whom, and how sure that is.

import { type ReactNode, useMemo, useRef, useState } from 'react';
import type { AccessInterval, AccessSummary } from '#core/review-model.ts';
import { go, useAddress, useShownZone } from '../address/use-address.ts';
import changes from '../changes/changes-screen.module.css';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';
import { SaveFile } from '../controls/save-file.tsx';
import screen from '../controls/screen.module.css';
import { connection, queries, useAnswer } from '../engine/engine.ts';
import { useEscape } from '../events/use-escape.ts';
import { FirstRun } from '../first-run/first-run.tsx';
import { dropFile, useFile } from '../review/chosen-file.ts';
import { useHours } from '../review/hours.ts';
import { type ListHandle, LongList, mostRows } from '../review/long-list.tsx';
import { usePages } from '../review/use-pages.ts';
import { Waiting } from '../review/waiting.tsx';
import { errorOf } from '../words/errors.ts';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { AccessPane } from './access-pane.tsx';
import { type AskedAccess, accessOf, flagOf, keyOf, orderOf } from './asked.ts';
import columns from './columns.module.css';
import { accessColumns, StartLegend } from './columns.tsx';
import { Find } from './find.tsx';
import { Summary } from './summary.tsx';

export function AccessScreen() {
  const address = useAddress();
  const hours = useHours();
  const log = useAnswer('workspace.summary', {});
  const leavers = useFile('leavers');
  const asked = accessOf(address, hours, leavers?.id ?? null);
  const summary = useAnswer('access.summary', asked);
  if (log.data?.events === 0) return <FirstRun imports={log.data.imports} />;
  const error = summary.error ? errorOf(summary.error) : null;
  return (
    <Body
      asked={asked}
      summary={error === null ? (summary.data ?? null) : null}
      waiting={
        error !== null ? (
          <Notice kind="failed" live>
            Access is not shown; the log is as it was. {error.message}{' '}
            {error.code === 'input' && leavers !== null ? (
              <Button weight="quiet" onPress={() => dropFile('leavers')}>
                Go on without the list of leavers
              </Button>
            ) : error.code !== 'usage' ? (
              <Button weight="quiet" onPress={() => void summary.refetch()}>
                Ask again
              </Button>
            ) : address.filter.trim() === '' ? null : (
              <Button weight="quiet" onPress={() => go({ filter: '' })}>
                Clear filter
              </Button>
            )}
          </Notice>
        ) : (
          <Waiting
            isStopped={summary.fetchStatus === 'idle'}
            onCancel={() => void queries.cancelQueries({ queryKey: ['access.summary'] })}
            onAsk={() => void summary.refetch()}
          >
            Following every right through the log…
          </Waiting>
        )
      }
    />
  );
}

type BodyProps = { asked: AskedAccess; summary: AccessSummary | null; waiting: ReactNode };

function Body({ asked, summary, waiting }: BodyProps) {
  const { row: open, only, by } = useAddress();
  const zone = useShownZone();
  const order = orderOf(by);
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<ListHandle>(null);
  const [seen, setSeen] = useState<[number, number]>([0, 30]);
  const [takesFocus, setTakesFocus] = useState(false);
  const [last, setLast] = useState<AccessInterval | null>(null);
  const names = useMemo(() => accessColumns(order, zone), [order, zone]);
  const isListed = summary !== null && summary.intervals > 0;
  const rows = { ...asked, flag: flagOf(only), order };
  const pages = usePages('access.intervals', rows, ...seen, isListed);
  const isOpen = (row: AccessInterval) => keyOf(row) === open;
  const opened = open === null ? null : last && isOpen(last) ? last : (pages.find(isOpen) ?? null);
  const close = () => {
    go({ row: null });
    list.current?.focus();
  };
  useEscape(opened !== null, close);
  return (
    <div className={changes.sides}>
      <div ref={scroller} className={screen.scroll}>
        <div className={changes.above}>
          <Find />
          {summary === null ? waiting : <Summary summary={summary} asked={asked} />}
          {pages.error === null || summary === null ? null : (
            <Notice kind="failed" live>
              The rows could not be read; the log is as it was. {errorOf(pages.error).message}{' '}
              <Button weight="quiet" onPress={pages.askAgain}>
                Ask again
              </Button>
            </Notice>
          )}
          {isListed ? (
            <div className={changes.bar}>
              <output className={changes.total}>
                {pages.total === null ? 'Listing…' : formatCounted(pages.total, 'right')}
                {pages.total !== null && pages.total > mostRows
                  ? `, the first ${formatCount(mostRows)} listed; find a person or a target to see others`
                  : ''}
              </output>
              <StartLegend />
              <SaveFile save={(into) => saveRows(rows, into)}>Save as CSV…</SaveFile>
            </div>
          ) : null}
        </div>
        {isListed ? (
          <LongList
            ref={list}
            id="right"
            name={`Rights held, ${pages.total === null ? 'being listed' : formatCount(pages.total)}`}
            screen={scroller}
            columns={names}
            layout={columns.layout}
            total={pages.total ?? 0}
            rowAt={pages.rowAt}
            onSeen={(first, end) => setSeen([first, end])}
            isOpened={isOpen}
            onOpen={(row, how) => {
              setTakesFocus(how === 'key');
              setLast(row);
              go({ row: keyOf(row) }, how === 'walk' ? 'replace' : 'push');
            }}
          />
        ) : null}
      </div>
      {opened === null || summary === null ? null : (
        <AccessPane key={keyOf(opened)} row={opened} asked={asked} takesFocus={takesFocus} onClose={close} />
      )}
    </div>
  );
}

type Rows = AskedAccess & { flag: ReturnType<typeof flagOf>; order: ReturnType<typeof orderOf> };

async function saveRows(rows: Rows, into: string): Promise<string> {
  const client = await connection.client();
  return (await client.command('access.save', { ...rows, into })).file;
}
