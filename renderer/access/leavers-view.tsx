// The test of leavers: whether each right of people who left was gone in the time allowed.

import { useMemo } from 'react';
import type { LeaverRow, LeaverState, ReviewSettings } from '#core/review-model.ts';
import { leaverStates } from '#core/review-model.ts';
import { useAddress, useShownZone } from '../address/use-address.ts';
import summary from '../changes/summary.module.css';
import { Button } from '../controls/button.tsx';
import { Mark, type MarkKind } from '../controls/mark.tsx';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { useAnswer } from '../engine/engine.ts';
import { dropFile, useFile } from '../review/chosen-file.ts';
import { FileChoice } from '../review/file-choice.tsx';
import type { ListColumn } from '../review/long-list.tsx';
import { OnlyChoice } from '../review/only.tsx';
import { ReviewRows } from '../review/review-rows.tsx';
import { SaveTable } from '../review/save-table.tsx';
import { SettingsChoice } from '../review/settings-choice.tsx';
import { Waiting } from '../review/waiting.tsx';
import { errorOf } from '../words/errors.ts';
import { formatCounted } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatDate, formatMinute } from '../words/time.ts';
import { AccessPane } from './access-pane.tsx';
import { type AskedAccess, dateOf, keyOf } from './asked.ts';
import { CannotKnow } from './cannot-know.tsx';
import styles from './columns.module.css';
import { accessColumns } from './columns.tsx';
import { Find } from './find.tsx';

const stateWords: Record<LeaverState, { word: string; about: string; mark: MarkKind }> = {
  'given-after': { word: 'given after', about: 'Granted after the person left.', mark: 'failed' },
  held: { word: 'still held', about: 'Held past the time in which it had to be gone.', mark: 'failed' },
  late: { word: 'gone late', about: 'Gone, but after the time in which it had to be.', mark: 'attention' },
  due: { word: 'due', about: 'Still held, and its time is not over.', mark: 'working' },
  'in-time': { word: 'gone in time', about: 'Gone within the time allowed.', mark: 'passed' },
};

export function LeaversView({ asked, settings }: { asked: AskedAccess; settings: ReviewSettings }) {
  const address = useAddress();
  const zone = useShownZone();
  const file = useFile('leavers');
  const columns = useMemo(() => columnsIn(zone), [zone]);
  const state = leaverStates.find((one) => one === address.only) ?? null;
  const at = dateOf(address);
  const question = { leavers: file?.id ?? '', at, zone: address.zone, slaDays: settings.slaDays };
  const first = { ...question, state: null, first: 0, limit: 1 };
  const answer = useAnswer('access.leavers', first, { enabled: file !== null });
  const test = file === null ? undefined : answer.data;
  const error = file !== null && answer.error ? errorOf(answer.error) : null;
  const bad = test && test.counts['given-after'] + test.counts.held + test.counts.late;
  return (
    <ReviewRows
      call="access.leavers"
      asked={{ ...question, state }}
      isListed={test !== undefined && error === null && test.total > 0}
      id="leaver"
      name="Rights of leavers"
      columns={columns}
      counted={(total) => formatCounted(total, 'right')}
      beyond="list one state to see others"
      ways={<SaveTable call="access.saveLeavers" asked={{ ...question, state }} />}
      keyOf={keyOf}
      pane={(row, props) => (
        <AccessPane key={keyOf(row)} row={row} asked={{ ...asked, filter: '' }} {...props} />
      )}
    >
      <Find hasFilter={false} />
      <section aria-labelledby="leavers-test" className={summary.summary}>
        <div>
          <h2 id="leavers-test" className={summary.lead}>
            {test === undefined
              ? 'Test whether people who left lost their rights in time'
              : `At the end of ${formatDate(at, address.zone)}, ${formatCounted(test.leavers, 'person of the list had', 'people of the list had')} left: ${
                  test.total === 0
                    ? 'the imported logs show no right that they held then or got later.'
                    : bad === 0
                      ? 'no right outlived its time, as far as the imported logs show.'
                      : `${formatCounted(bad as number, 'right')} outlived ${bad === 1 ? 'its' : 'their'} time or ${bad === 1 ? 'was' : 'were'} given afterwards.`
                }`}
          </h2>
          <p className={screen.muted}>
            A right has to be gone within {formatCounted(settings.slaDays, 'day')} of the last day.{' '}
            {test === undefined || test.later === 0
              ? ''
              : `${formatCounted(test.later, 'person', 'people')} of the list leave later. `}
            {test === undefined || test.unknown.length === 0 ? null : (
              <>
                The imported logs give no right to {formatCounted(test.unknown.length, 'person', 'people')} of
                the list:{' '}
                <Recorded
                  text={`${test.unknown.slice(0, 5).join(', ')}${test.unknown.length > 5 ? ' …' : ''}`}
                />
                . Look whether the list names them as the log does.
              </>
            )}
          </p>
        </div>
        <div className={summary.look}>
          <FileChoice
            which="leavers"
            name="Leavers"
            columns="user and date"
            way="Choose the list of leavers…"
          />
          <SettingsChoice />
          {test === undefined ? null : (
            <OnlyChoice
              name="Rights listed, by what became of them"
              kinds={[
                { only: null, word: 'all', count: test.total },
                ...leaverStates.map((one) => ({ only: one, ...stateWords[one], count: test.counts[one] })),
              ]}
            />
          )}
        </div>
        {error !== null ? (
          <Notice kind="failed" live>
            Nothing was tested; nothing was changed. {error.message}{' '}
            <Button weight="quiet" onPress={() => dropFile('leavers')}>
              Go on without the list of leavers
            </Button>
          </Notice>
        ) : file !== null && test === undefined ? (
          <Waiting
            isStopped={answer.fetchStatus === 'idle'}
            onCancel={() => dropFile('leavers')}
            onAsk={() => void answer.refetch()}
          >
            Looking at the rights of everybody on the list…
          </Waiting>
        ) : null}
        <CannotKnow />
      </section>
    </ReviewRows>
  );
}

const columnsIn = (zone: string): ListColumn<LeaverRow>[] => [
  ...accessColumns('subject', zone).filter(({ id }) => ['person', 'target', 'right', 'since'].includes(id)),
  {
    id: 'gone',
    name: 'Left, and gone',
    widths: ['minmax(165px, 1fr)', null, null],
    cell: ({ left, to }) => (
      <>
        <div>{formatMinute(left, zone)}</div>
        <div className={to === null ? styles.none : undefined}>
          {to === null ? 'not gone' : formatMinute(to, zone)}
        </div>
      </>
    ),
  },
  {
    id: 'state',
    name: 'State',
    widths: ['minmax(125px, 1fr)', 'minmax(125px, 1fr)', 'minmax(125px, 1fr)'],
    cell: ({ state, reason }) => (
      <>
        <div title={stateWords[state].about}>
          <Mark kind={stateWords[state].mark}>{stateWords[state].word}</Mark>
        </div>
        <div className={styles.plain} title={reason}>
          {reason}
        </div>
      </>
    ),
  },
];
