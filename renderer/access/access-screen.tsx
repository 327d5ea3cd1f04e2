// Access: who holds which right on what at the end of a day, since when, from whom, and how sure that is.

import { type ReactNode, useMemo } from 'react';
import { type AccessSummary, usualSettings } from '#core/review-model.ts';
import { useAddress, useShownZone } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';
import { SaveFile } from '../controls/save-file.tsx';
import { connection, queries, useAnswer } from '../engine/engine.ts';
import { FirstRun } from '../first-run/first-run.tsx';
import { dropFile, useFile } from '../review/chosen-file.ts';
import { ReviewRows } from '../review/review-rows.tsx';
import { useSettings } from '../review/settings.ts';
import type { Asked } from '../review/use-pages.ts';
import { Waiting } from '../review/waiting.tsx';
import { clearFilter } from '../undo/undo.ts';
import { errorOf } from '../words/errors.ts';
import { formatCounted } from '../words/numbers.ts';
import { AccessPane } from './access-pane.tsx';
import { type AskedAccess, accessOf, flagOf, keyOf, orderOf, viewOf } from './asked.ts';
import { accessColumns, StartLegend } from './columns.tsx';
import { Find } from './find.tsx';
import { LeaversView } from './leavers-view.tsx';
import { Matrix } from './matrix.tsx';
import { Snapshot } from './snapshot.tsx';
import { Summary } from './summary.tsx';

export function AccessScreen() {
  const address = useAddress();
  const view = viewOf(address.by);
  const settings = useSettings();
  const log = useAnswer('workspace.summary', {});
  const leavers = useFile('leavers');
  const asked = accessOf(address, settings ?? usualSettings, leavers?.id ?? null);
  const summary = useAnswer('access.summary', asked, {
    enabled: settings !== null && (view === 'subject' || view === 'target'),
  });
  if (log.data?.events === 0) return <FirstRun imports={log.data.imports} />;
  if (view !== 'subject' && view !== 'target') {
    if (settings === null) return null;
    if (view === 'matrix') return <Matrix asked={asked} />;
    return view === 'snapshot' ? (
      <Snapshot asked={asked} />
    ) : (
      <LeaversView asked={asked} settings={settings} />
    );
  }
  const error = summary.error ? errorOf(summary.error) : null;
  return (
    <Body
      asked={asked}
      summary={error === null ? (summary.data ?? null) : null}
      waiting={
        error !== null ? (
          <Notice kind="failed" live>
            Access is not shown; nothing was changed. {error.message}{' '}
            {error.code === 'input' && leavers !== null ? (
              <Button weight="quiet" onPress={() => dropFile('leavers')}>
                Go on without the list of leavers
              </Button>
            ) : error.code !== 'usage' ? (
              <Button weight="quiet" onPress={() => void summary.refetch()}>
                Ask again
              </Button>
            ) : address.filter.trim() === '' ? null : (
              <Button weight="quiet" onPress={clearFilter}>
                Clear filter
              </Button>
            )}
          </Notice>
        ) : (
          <Waiting
            isStopped={settings !== null && summary.fetchStatus === 'idle'}
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
  const { only, by } = useAddress();
  const zone = useShownZone();
  const order = orderOf(by);
  const columns = useMemo(() => accessColumns(order, zone), [order, zone]);
  const rows = { ...asked, flag: flagOf(only), order };
  return (
    <ReviewRows
      call="access.intervals"
      asked={rows}
      isListed={summary !== null && summary.intervals > 0}
      id="right"
      name="Rights held"
      columns={columns}
      counted={(total) => formatCounted(total, 'right')}
      beyond="find a person or a target to see others"
      legend={<StartLegend />}
      ways={
        <>
          <SaveFile save={(into) => saveBook(rows, into)}>Save as workbook…</SaveFile>
          <SaveFile save={(into) => saveRows(rows, into)}>Save as CSV…</SaveFile>
        </>
      }
      keyOf={keyOf}
      pane={(row, props) =>
        summary === null ? null : <AccessPane key={keyOf(row)} row={row} asked={asked} {...props} />
      }
    >
      <Find />
      {summary === null ? waiting : <Summary summary={summary} asked={asked} />}
    </ReviewRows>
  );
}

async function saveRows(rows: Asked<'access.intervals'>, into: string): Promise<string> {
  const client = await connection.client();
  return (await client.command('access.save', { ...rows, into })).file;
}

async function saveBook(rows: Asked<'access.intervals'>, into: string): Promise<string> {
  const client = await connection.client();
  return (await client.run('access.book', { ...rows, into })).file;
}
