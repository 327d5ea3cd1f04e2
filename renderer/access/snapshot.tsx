// A snapshot of who has access, taken of the system itself, against what the log says of the same day.

import type { ReconciledPart, ReconciledRow } from '#core/review-model.ts';
import { reconciledParts } from '#core/review-model.ts';
import { hrefOf, useAddress, useShownZone } from '../address/use-address.ts';
import summary from '../changes/summary.module.css';
import { Button } from '../controls/button.tsx';
import { Mark, type MarkKind } from '../controls/mark.tsx';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { SidePane } from '../controls/side-pane.tsx';
import { useAnswer } from '../engine/engine.ts';
import { dropFile, useFile } from '../review/chosen-file.ts';
import { FileChoice } from '../review/file-choice.tsx';
import type { ListColumn } from '../review/long-list.tsx';
import { OnlyChoice } from '../review/only.tsx';
import { ReviewRows } from '../review/review-rows.tsx';
import { SaveTable } from '../review/save-table.tsx';
import { TargetAside, TargetWords } from '../review/target-name.tsx';
import { Waiting } from '../review/waiting.tsx';
import { errorOf } from '../words/errors.ts';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatDate, formatMinute } from '../words/time.ts';
import { AccessPane } from './access-pane.tsx';
import { type AskedAccess, dateOf, keyOf } from './asked.ts';
import { CannotKnow } from './cannot-know.tsx';
import styles from './columns.module.css';
import { Find } from './find.tsx';
import { sinceWords } from './sentences.ts';

const partWords: Record<ReconciledPart, { word: string; about: string; mark: MarkKind }> = {
  'snapshot-only': {
    word: 'in the snapshot alone',
    about: 'The system says that the right is held, and no event of the imported logs grants it.',
    mark: 'attention',
  },
  'log-only': {
    word: 'in the log alone',
    about: 'The imported logs show the right as held, and the snapshot does not have it.',
    mark: 'attention',
  },
  matched: { word: 'in both', about: 'Snapshot and log say the same.', mark: 'passed' },
};

export function Snapshot({ asked }: { asked: AskedAccess }) {
  const address = useAddress();
  const zone = useShownZone();
  const file = useFile('snapshot');
  const part = reconciledParts.find((one) => one === address.only) ?? null;
  const at = dateOf(address);
  const question = { snapshot: file?.id ?? '', at, zone: address.zone };
  const first = { ...question, part: null, first: 0, limit: 1 };
  const answer = useAnswer('access.reconciled', first, { enabled: file !== null });
  const counts = file === null ? undefined : answer.data?.counts;
  const error = file !== null && answer.error ? errorOf(answer.error) : null;
  return (
    <ReviewRows
      call="access.reconciled"
      asked={{ ...question, part }}
      isListed={counts !== undefined && error === null}
      id="reconciled"
      name="Rights compared"
      columns={columnsIn(zone)}
      counted={(total) => formatCounted(total, 'right')}
      beyond="list one part to see others"
      ways={<SaveTable call="access.saveReconciled" asked={question} />}
      keyOf={(row) =>
        row.interval ? keyOf(row.interval) : `line ${row.snapshot?.line} ${row.snapshot?.right}`
      }
      pane={(row, props) =>
        row.interval !== null ? (
          <AccessPane
            key={keyOf(row.interval)}
            row={row.interval}
            asked={{ ...asked, filter: '' }}
            {...props}
          />
        ) : (
          <SidePane name="One right" {...props}>
            <p>
              <strong>
                <Recorded text={row.snapshot?.subject ?? ''} />
              </strong>{' '}
              holds <Recorded text={row.snapshot?.right ?? ''} /> on{' '}
              <Recorded text={row.snapshot?.target ?? ''} />, as line {formatCount(row.snapshot?.line ?? 0)}{' '}
              of the snapshot says.
            </p>
            <p>
              {partWords['snapshot-only'].about} It may be older than the log, given by default, or not
              logged.
            </p>
            <p>
              <a
                href={hrefOf(address, {
                  screen: 'events',
                  filter: `"${row.snapshot?.subject}"`,
                  event: null,
                })}
              >
                What the log has of this person
              </a>
            </p>
          </SidePane>
        )
      }
    >
      <Find hasFilter={false} />
      <section aria-labelledby="against-snapshot" className={summary.summary}>
        <div>
          <h2 id="against-snapshot" className={summary.lead}>
            {counts === undefined
              ? 'Compare a snapshot of who has access with the log'
              : `At the end of ${formatDate(at, address.zone)}: ${formatCounted(counts.matched, 'right')} in both, ${formatCount(counts['snapshot-only'])} in the snapshot alone, ${formatCount(counts['log-only'])} in the log alone.`}
          </h2>
          <p className={screen.muted}>
            A CSV of the system itself with user, target and rights, taken on the day set above. A target is
            named by its id or name, as in the log.
          </p>
        </div>
        <div className={summary.look}>
          <FileChoice
            way="Choose the snapshot…"
            which="snapshot"
            name="Snapshot"
            columns="user, target and rights, and perhaps type and source"
          />
          {counts === undefined ? null : (
            <OnlyChoice
              name="Rights listed, by where they stand"
              kinds={[
                { only: null, word: 'all', count: Object.values(counts).reduce((sum, one) => sum + one, 0) },
                ...reconciledParts.map((one) => ({ only: one, ...partWords[one], count: counts[one] })),
              ]}
            />
          )}
        </div>
        {error !== null ? (
          <Notice kind="failed" live>
            Nothing was compared; nothing was changed. {error.message}{' '}
            <Button weight="quiet" onPress={() => dropFile('snapshot')}>
              Go on without the snapshot
            </Button>
          </Notice>
        ) : file !== null && counts === undefined ? (
          <Waiting
            isStopped={answer.fetchStatus === 'idle'}
            onCancel={() => dropFile('snapshot')}
            onAsk={() => void answer.refetch()}
          >
            Comparing the snapshot with the log…
          </Waiting>
        ) : null}
        <CannotKnow />
      </section>
    </ReviewRows>
  );
}

const columnsIn = (zone: string): ListColumn<ReconciledRow>[] => [
  {
    id: 'person',
    name: 'Person',
    widths: ['minmax(150px, 1.2fr)', 'minmax(120px, 1fr)', 'minmax(110px, 1fr)'],
    cell: ({ interval, snapshot }) => (
      <div className={styles.person}>
        <Recorded text={interval?.subject ?? snapshot?.subject ?? ''} />
        {interval && snapshot && interval.subject !== snapshot.subject ? (
          <span className={styles.none} title="Somebody said that these names are one person.">
            {' '}
            in the snapshot <Recorded text={snapshot.subject} />
          </span>
        ) : null}
      </div>
    ),
  },
  {
    id: 'target',
    name: 'Target',
    widths: ['minmax(150px, 1.2fr)', 'minmax(120px, 1fr)', 'minmax(110px, 1fr)'],
    cell: ({ interval, snapshot }) =>
      interval === null ? (
        <div>
          <Recorded text={snapshot?.target ?? ''} />
        </div>
      ) : (
        <>
          <div>
            <TargetWords target={interval} />
          </div>
          <div>
            <TargetAside target={interval} />
          </div>
        </>
      ),
  },
  {
    id: 'right',
    name: 'Right',
    widths: ['minmax(110px, 0.8fr)', 'minmax(90px, 0.8fr)', null],
    cell: ({ interval, snapshot }) => (
      <div className={styles.right}>
        <Recorded text={interval?.right ?? snapshot?.right ?? ''} />
      </div>
    ),
  },
  {
    id: 'part',
    name: 'Where it stands',
    widths: ['minmax(170px, 1fr)', 'minmax(150px, 1fr)', 'minmax(140px, 1fr)'],
    cell: ({ part }) => (
      <div title={partWords[part].about}>
        <Mark kind={partWords[part].mark}>{partWords[part].word}</Mark>
      </div>
    ),
  },
  {
    id: 'since',
    name: 'In the log since',
    widths: ['minmax(165px, 1fr)', null, null],
    cell: ({ interval }) =>
      interval === null ? (
        <div className={styles.none}>no grant in the log</div>
      ) : (
        <div>{sinceWords(interval, (instant) => formatMinute(instant, zone))}</div>
      ),
  },
  {
    id: 'line',
    name: 'Line of the snapshot',
    widths: ['minmax(110px, 0.6fr)', null, null],
    cell: ({ snapshot }) => (
      <div className={styles.none}>{snapshot === null ? 'none' : formatCount(snapshot.line)}</div>
    ),
  },
];
