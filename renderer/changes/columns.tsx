// How a row of the change review reads: what, its value then and now with how each is known, what became of it, who.

import type { Certainty, ChangedTrack, ChangeResult } from '#core/review-model.ts';
import { Icon } from '../controls/icon.tsx';
import { Mark } from '../controls/mark.tsx';
import { CertaintyMark } from '../review/certainty.tsx';
import type { ListColumn } from '../review/long-list.tsx';
import { targetColumn } from '../review/target-name.tsx';
import { exceptionWords, resultWords } from '../review/words.ts';
import { formatCounted } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatMinute } from '../words/time.ts';
import styles from './columns.module.css';

/** The columns, with times shown in `zone`. */
export const changeColumns = (zone: string): ListColumn<ChangedTrack>[] => [
  targetColumn(['minmax(140px, 1.1fr)', 'minmax(120px, 1fr)', 'minmax(120px, 1fr)']),
  {
    id: 'field',
    name: 'Field',
    widths: ['minmax(120px, 1fr)', 'minmax(110px, 0.9fr)', 'minmax(110px, 1fr)'],
    cell: (row) => (
      <>
        <div className={styles.field}>
          <Recorded text={row.field} />
        </div>
        <div>
          <ResultMark result={row.result} />
        </div>
      </>
    ),
  },
  {
    id: 'then',
    name: 'Value then',
    widths: ['minmax(130px, 1.3fr)', 'minmax(110px, 1fr)', null],
    cell: (row) => <Held value={row.valueFrom} certainty={row.certaintyFrom} />,
  },
  {
    id: 'now',
    name: 'Value now',
    widths: ['minmax(130px, 1.3fr)', 'minmax(110px, 1fr)', 'minmax(110px, 1fr)'],
    cell: (row) => <Held value={row.valueTo} certainty={row.certaintyTo} />,
  },
  {
    id: 'changes',
    name: 'Changes',
    widths: ['minmax(150px, 1.2fr)', null, null],
    cell: (row) => (
      <>
        <div>
          {formatCounted(row.changes, 'change')}
          {row.actors.length === 0 ? null : (
            <>
              {' '}
              by <Recorded text={row.actors[0] as string} />
              {row.actors.length > 1 ? ` and ${formatCounted(row.actors.length - 1, 'other')}` : ''}
            </>
          )}
        </div>
        <div className={styles.last}>
          {row.changes === 1 ? '' : 'last '}
          {formatMinute(row.lastTime, zone)}
        </div>
      </>
    ),
  },
  {
    id: 'look',
    name: 'To look at',
    widths: ['minmax(130px, 0.9fr)', 'minmax(120px, 1fr)', null],
    cell: (row) => (
      <div className={styles.flags}>
        {row.breaks > 0 ? <Mark kind="attention">{formatCounted(row.breaks, 'break')}</Mark> : null}
        {row.exceptions.map(({ kind, reason }) => (
          <span key={kind} title={reason}>
            <Mark kind="attention">{exceptionWords[kind]}</Mark>
          </span>
        ))}
      </div>
    ),
  },
];

const signs = { changed: 'changes', reverted: 'back', unknown: 'dash' } as const;

export const ResultSign = ({ result }: { result: ChangeResult }) => <Icon name={signs[result]} size={12} />;

function ResultMark({ result }: { result: ChangeResult }) {
  const { word, about } = resultWords[result];
  return (
    <span className={styles.result} data-result={result} title={about}>
      <ResultSign result={result} />
      {word}
    </span>
  );
}

function Held({ value, certainty }: { value: string | null; certainty: Certainty }) {
  return (
    <>
      <div className={value === null ? styles.none : undefined}>
        {value === null ? 'not known' : value === '' ? 'empty text' : <Recorded text={value} />}
      </div>
      <div>
        <CertaintyMark certainty={certainty} />
      </div>
    </>
  );
}
