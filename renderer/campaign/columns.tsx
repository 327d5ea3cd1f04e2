// How an entry of an access review reads: whose right it is, why it deserves a look, who decides, what was decided, and
// what the log shows of it.

import type { CampaignEntry } from '#core/campaign-model.ts';
import { StartMark } from '../access/columns.tsx';
import { sinceWords } from '../access/sentences.ts';
import { Mark } from '../controls/mark.tsx';
import type { ListColumn } from '../review/long-list.tsx';
import { targetColumn } from '../review/target-name.tsx';
import { flagWords } from '../review/words.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatMinute } from '../words/time.ts';
import styles from './campaign.module.css';
import { decisionWords, proofWords } from './sentences.ts';

/** The columns, with times shown in `zone`; while the review is open without what comes after it. */
export const campaignColumns = (zone: string, isOpen: boolean): ListColumn<CampaignEntry>[] => [
  {
    id: 'person',
    name: 'Person',
    widths: ['minmax(140px, 1.1fr)', 'minmax(110px, 1fr)', 'minmax(100px, 1fr)'],
    cell: (row, previous) => (
      <div className={previous?.subject === row.subject ? styles.pending : styles.decision}>
        <Recorded text={row.subject} />
      </div>
    ),
  },
  targetColumn(['minmax(130px, 1fr)', 'minmax(110px, 1fr)', 'minmax(100px, 1fr)']),
  {
    id: 'right',
    name: 'Right',
    widths: ['minmax(100px, 0.8fr)', 'minmax(80px, 0.8fr)', null],
    cell: (row) => (
      <div className={styles.decision}>
        <Recorded text={row.right} />
      </div>
    ),
  },
  {
    id: 'since',
    name: 'Held since',
    widths: ['minmax(165px, 1fr)', null, null],
    cell: (row) => (
      <>
        <div>{sinceWords(row, (instant) => formatMinute(instant, zone))}</div>
        <div>
          <StartMark row={row} />
        </div>
      </>
    ),
  },
  {
    id: 'look',
    name: 'To look at',
    widths: ['minmax(120px, 1fr)', null, null],
    cell: ({ flags, reasons }) => (
      <div title={flags.map((flag) => reasons[flag]).join(' ')}>
        {flags.map((flag) => flagWords[flag].word).join(' · ')}
      </div>
    ),
  },
  {
    id: 'decision',
    name: 'Decision',
    widths: ['minmax(140px, 1fr)', 'minmax(120px, 1fr)', 'minmax(110px, 1fr)'],
    cell: ({ decided, reviewer }) => (
      <>
        <div className={decided === null ? styles.pending : styles.decision}>
          {decided === null ? 'not decided' : decisionWords[decided.decision].word}
        </div>
        <div className={styles.pending}>
          {decided !== null ? (
            <>
              by <Recorded text={decided.person} />
            </>
          ) : reviewer === null ? (
            'by anybody but them'
          ) : (
            <>
              for <Recorded text={reviewer} />
            </>
          )}
        </div>
      </>
    ),
  },
  ...(isOpen
    ? []
    : [
        {
          id: 'proof',
          name: 'After closing',
          widths: ['minmax(140px, 1fr)', 'minmax(120px, 1fr)', null] as const,
          cell: ({ proof }: CampaignEntry) =>
            proof === null ? null : (
              <div title={proof.reason}>
                <Mark kind={proofWords[proof.state].mark}>{proofWords[proof.state].word}</Mark>
              </div>
            ),
        },
      ]),
];
