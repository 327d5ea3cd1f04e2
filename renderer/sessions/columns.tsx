// How a session reads in the list, and how a group of failures does.

import type { FailureGroup, Session } from '#core/review-model.ts';
import { Known } from '../review/known.tsx';
import type { ListColumn } from '../review/long-list.tsx';
import { TargetWords } from '../review/target-name.tsx';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatDuration, formatMinute } from '../words/time.ts';
import styles from './sessions.module.css';
import { kindWords, startOfSession, stateWords } from './words.ts';

const none = (words: string) => <span className={styles.none}>{words}</span>;

const shapes = { closed: 'solid', 'no-end': 'dashed', 'no-start': 'dashed', started: 'outlined' } as const;

export const sessionColumns = (zone: string): ListColumn<Session>[] => [
  {
    id: 'who',
    name: 'Who',
    widths: ['minmax(150px, 1.2fr)', 'minmax(130px, 1fr)', 'minmax(130px, 1fr)'],
    cell: (row) => (
      <>
        <div className={styles.who}>
          {row.actor === null ? none('nobody named') : <Recorded text={row.actor} />}
        </div>
        <div className={styles.aside}>
          <Recorded text={row.source} />
        </div>
      </>
    ),
  },
  {
    id: 'what',
    name: 'What',
    widths: ['minmax(150px, 1.2fr)', 'minmax(130px, 1.1fr)', 'minmax(120px, 1fr)'],
    cell: (row) => (
      <>
        <div>
          {kindWords[row.kind]}
          {row.port === null ? null : `, port ${row.port}`}
          {row.app === null ? null : (
            <>
              {' → '}
              <Recorded text={row.app} />
            </>
          )}
        </div>
        <div className={styles.aside}>
          {row.targetName === null && row.targetId === null ? null : <TargetWords target={row} />}
        </div>
      </>
    ),
  },
  {
    id: 'start',
    name: 'From',
    widths: ['168px', '168px', '168px'],
    cell: (row) => (
      <div className={row.start === null ? styles.none : undefined}>{startOfSession(row, zone)}</div>
    ),
  },
  {
    id: 'end',
    name: 'To',
    widths: ['minmax(168px, 1fr)', 'minmax(168px, 1fr)', null],
    cell: (row) => (
      <>
        <div>{row.end === null ? none('not known') : formatMinute(row.end, zone)}</div>
        <div>
          <Known shape={shapes[row.state]} {...stateWords[row.state]} />
        </div>
      </>
    ),
  },
  {
    id: 'length',
    name: 'Duration',
    widths: ['104px', '104px', '104px'],
    cell: (row) =>
      row.durationMs === null ? <div>{none('not known')}</div> : <div>{formatDuration(row.durationMs)}</div>,
  },
  {
    id: 'ip',
    name: 'IP address',
    widths: ['minmax(110px, 0.8fr)', null, null],
    cell: (row) => <div>{row.ip === null ? none('not recorded') : <Recorded text={row.ip} />}</div>,
  },
];

export const failureColumns = (by: 'actor' | 'ip', zone: string): ListColumn<FailureGroup>[] => [
  {
    id: 'key',
    name: by === 'actor' ? 'Actor' : 'IP address',
    widths: ['minmax(160px, 1.2fr)', 'minmax(140px, 1fr)', 'minmax(130px, 1fr)'],
    cell: (row) => (
      <div className={styles.who}>
        {row.key === null ? none('not recorded') : <Recorded text={row.key} />}
      </div>
    ),
  },
  {
    id: 'count',
    name: 'Failures',
    isNumber: true,
    widths: ['100px', '100px', '96px'],
    cell: (row) => <div>{formatCount(row.count)}</div>,
  },
  {
    id: 'what',
    name: 'What failed',
    widths: ['minmax(160px, 1.4fr)', 'minmax(140px, 1.2fr)', 'minmax(120px, 1fr)'],
    cell: (row) => (
      <>
        <div>
          <Recorded text={row.actions[0]?.action ?? ''} />
        </div>
        <div className={styles.aside}>
          {row.actions.length > 1 ? `and ${formatCounted(row.actions.length - 1, 'other action')}` : ''}
        </div>
      </>
    ),
  },
  {
    id: 'others',
    name: by === 'actor' ? 'From' : 'Naming',
    widths: ['minmax(140px, 1fr)', 'minmax(120px, 1fr)', null],
    cell: (row) => (
      <>
        <div>
          {row.otherKeys[0] === undefined ? none('not recorded') : <Recorded text={row.otherKeys[0]} />}
        </div>
        <div className={styles.aside}>
          {row.others > 1 ? `and ${formatCounted(row.others - 1, 'other')}` : ''}
        </div>
      </>
    ),
  },
  {
    id: 'when',
    name: 'When',
    widths: ['196px', '196px', '196px'],
    cell: (row) => (
      <>
        <div>{formatMinute(row.first, zone)}</div>
        <div className={styles.aside}>{row.count === 1 ? '' : `last ${formatMinute(row.last, zone)}`}</div>
      </>
    ),
  },
];
