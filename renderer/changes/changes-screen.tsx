// Changes: what is another one at the end of a period than it was at its beginning, how sure that is, and who did it.

import { type ReactNode, useMemo } from 'react';
import type { ChangeSummary } from '#core/review-model.ts';
import { useAddress, useShownZone } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';
import { SaveFile } from '../controls/save-file.tsx';
import screen from '../controls/screen.module.css';
import { connection, queries, useAnswer } from '../engine/engine.ts';
import { FilterBar } from '../events/filter-bar.tsx';
import { FirstRun } from '../first-run/first-run.tsx';
import { CertaintyLegend } from '../review/certainty.tsx';
import { dropFile, useFile } from '../review/chosen-file.ts';
import { ReviewDates } from '../review/dates.tsx';
import { ReviewRows } from '../review/review-rows.tsx';
import { useSettings } from '../review/settings.ts';
import type { Asked } from '../review/use-pages.ts';
import { Waiting } from '../review/waiting.tsx';
import { clearFilter } from '../undo/undo.ts';
import { errorOf } from '../words/errors.ts';
import { formatCounted } from '../words/numbers.ts';
import { type AskedReview, bucketOf, onlyOf, reviewOf } from './asked.ts';
import { ChangePane } from './change-pane.tsx';
import styles from './changes-screen.module.css';
import { changeColumns } from './columns.tsx';
import { leadSentence } from './sentences.ts';
import { Summary } from './summary.tsx';
import { TicketedRows } from './ticketed-rows.tsx';

export function ChangesScreen() {
  const address = useAddress();
  const settings = useSettings();
  const log = useAnswer('workspace.summary', {});
  const baseline = useFile('baseline');
  const tickets = useFile('tickets');
  const review = reviewOf(address, settings?.hours ?? null, {
    baseline: baseline?.id ?? null,
    tickets: tickets?.id ?? null,
  });
  const summary = useAnswer('changes.summary', review ?? ({} as AskedReview), {
    enabled: review !== null && settings !== null,
  });
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
              The two dates were not compared; nothing was changed. {error.message}{' '}
              {error.code === 'input' && (baseline !== null || tickets !== null) ? (
                <>
                  {baseline === null ? null : (
                    <Button weight="quiet" onPress={() => dropFile('baseline')}>
                      Go on without the baseline
                    </Button>
                  )}
                  {tickets === null ? null : (
                    <Button weight="quiet" onPress={() => dropFile('tickets')}>
                      Go on without the tickets
                    </Button>
                  )}
                </>
              ) : error.code === 'usage' ? null : (
                <Button weight="quiet" onPress={() => void summary.refetch()}>
                  Ask again
                </Button>
              )}
            </Notice>
          ) : (
            <Waiting
              isStopped={settings !== null && summary.fetchStatus === 'idle'}
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
  const { only, filter } = useAddress();
  const above = (
    <>
      <ReviewDates>Show changes</ReviewDates>
      <p role="status" className="unseen">
        {summary === null ? '' : leadSentence(summary)}
      </p>
      {summary === null ? waiting : <Summary summary={summary} />}
      {summary !== null && summary.tracks === 0 && filter !== '' ? (
        <div>
          <Button onPress={clearFilter}>Clear filter</Button>
        </div>
      ) : null}
    </>
  );
  const bucket = bucketOf(only);
  return review !== null && summary !== null && summary.tickets !== null && bucket !== null ? (
    <TicketedRows review={review} bucket={bucket} figures={summary.tickets}>
      {above}
    </TicketedRows>
  ) : (
    <FieldRows review={review} summary={summary}>
      {above}
    </FieldRows>
  );
}

type RowsProps = Omit<BodyProps, 'waiting'> & { children: ReactNode };

function FieldRows({ review, summary, children }: RowsProps) {
  const { only } = useAddress();
  const zone = useShownZone();
  const columns = useMemo(() => changeColumns(zone), [zone]);
  const asked = { ...(review as AskedReview), ...onlyOf(only) };
  return (
    <ReviewRows
      call="changes.tracks"
      asked={asked}
      isListed={review !== null && summary !== null && summary.tracks > 0}
      id="change"
      name="Changed fields"
      columns={columns}
      counted={(total) => formatCounted(total, 'field')}
      beyond="narrow the filter for others"
      legend={<CertaintyLegend />}
      ways={
        <>
          <SaveFile save={(into) => saveBook(asked, into)}>Save as workbook…</SaveFile>
          <SaveFile save={(into) => saveRows(asked, into)}>Save as CSV…</SaveFile>
        </>
      }
      keyOf={(row) => row.lastEvent}
      pane={(row, props) =>
        review === null || summary === null ? null : (
          <ChangePane key={row.lastEvent} row={row} review={review} summary={summary} {...props} />
        )
      }
    >
      {children}
    </ReviewRows>
  );
}

async function saveRows(asked: Asked<'changes.tracks'>, into: string): Promise<string> {
  const client = await connection.client();
  return (await client.command('changes.save', { ...asked, into })).file;
}

async function saveBook(asked: Asked<'changes.tracks'>, into: string): Promise<string> {
  const client = await connection.client();
  return (await client.run('changes.book', { ...asked, into })).file;
}
