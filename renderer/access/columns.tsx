// How a row of access reads: who, which right on what, since when and how sure that is, from whom, what to look at.

import type { AccessInterval, AccessOrder } from '#core/review-model.ts';
import { PersonAside, PersonName } from '../about/persons.tsx';
import { Mark } from '../controls/mark.tsx';
import { Known, KnownLegend } from '../review/known.tsx';
import type { ListColumn } from '../review/long-list.tsx';
import { targetColumn } from '../review/target-name.tsx';
import { flagWords, startWords } from '../review/words.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatMinute } from '../words/time.ts';
import styles from './columns.module.css';
import { sinceWords } from './sentences.ts';

type Column = ListColumn<AccessInterval>;

const shapes = { asserted: 'solid', inferred: 'outlined', unlogged: 'dashed' } as const;

export const StartMark = ({ row }: { row: Pick<AccessInterval, 'startCertainty'> }) => (
  <Known shape={shapes[row.startCertainty]} {...startWords[row.startCertainty]} />
);

export const StartLegend = () => (
  <KnownLegend
    name="How the start is known:"
    words={(['asserted', 'inferred', 'unlogged'] as const).map((one) => ({
      shape: shapes[one],
      ...startWords[one],
    }))}
  />
);

const person: Column = {
  id: 'person',
  name: 'Person',
  widths: ['minmax(140px, 1.2fr)', 'minmax(120px, 1.2fr)', 'minmax(110px, 1fr)'],
  cell: (row, previous) => (
    <>
      <div className={previous?.subject === row.subject ? styles.same : styles.person}>
        <PersonName name={row.subject} />
      </div>
      <PersonAside name={row.subject} />
    </>
  ),
};

const target: Column = targetColumn(['minmax(140px, 1.1fr)', 'minmax(115px, 1fr)', 'minmax(110px, 1fr)']);

/** The columns, with what rows are grouped by first and times shown in `zone`. */
export const accessColumns = (order: AccessOrder, zone: string): Column[] => [
  ...(order === 'subject' ? [person, target] : [target, person]),
  {
    id: 'right',
    name: 'Right',
    widths: ['minmax(100px, 0.8fr)', 'minmax(90px, 0.9fr)', 'minmax(90px, 0.8fr)'],
    cell: (row) => (
      <div className={styles.right}>
        <Recorded text={row.right} />
      </div>
    ),
  },
  {
    id: 'since',
    name: 'Held since',
    widths: ['minmax(170px, 1fr)', 'minmax(120px, 1fr)', null],
    cell: (row) => (
      <>
        <div className={row.from === null ? styles.none : undefined}>
          {sinceWords(row, (instant) => formatMinute(instant, zone))}
        </div>
        <div>
          <StartMark row={row} />
        </div>
      </>
    ),
  },
  {
    id: 'by',
    name: 'Granted by',
    widths: ['minmax(130px, 1.1fr)', null, null],
    cell: (row) =>
      row.grantedBy === null ? (
        <div className={styles.none}>
          {row.startCertainty === 'asserted' ? 'nobody named' : 'no grant seen'}
        </div>
      ) : (
        <div>
          <Recorded text={row.grantedBy} />
        </div>
      ),
  },
  {
    id: 'look',
    name: 'To look at',
    widths: ['minmax(140px, 1.2fr)', 'minmax(110px, 1fr)', null],
    cell: (row) => {
      const [grave, plain] = [true, false].map((is) =>
        row.flags.filter((flag) => flagWords[flag].isGrave === is),
      ) as [AccessInterval['flags'], AccessInterval['flags']];
      return (
        <>
          {grave.length === 0 ? null : (
            <div>
              {grave.map((flag) => (
                <span key={flag} title={row.reasons[flag]} className={styles.grave}>
                  <Mark kind="attention">{flagWords[flag].word}</Mark>
                </span>
              ))}
            </div>
          )}
          <div className={styles.plain} title={plain.map((flag) => row.reasons[flag]).join(' ')}>
            {plain.map((flag) => flagWords[flag].word).join(' · ')}
          </div>
        </>
      );
    },
  },
];
