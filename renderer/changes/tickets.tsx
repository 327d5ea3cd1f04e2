// Changes by what their tickets say, in figures: each bucket leads to its changes.

import { type TicketBucket, type TicketFigures, type TicketLink, ticketBuckets } from '#core/ticket-model.ts';
import screen from '../controls/screen.module.css';
import { OnlyChoice } from '../review/only.tsx';
import { formatCounted } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import { onlyBucket } from './asked.ts';
import styles from './summary.module.css';

export const bucketWords: Record<TicketBucket, { word: string; about: string }> = {
  'approved-before': {
    word: 'approved before',
    about:
      'The ticket was approved before the change, by somebody who neither made it nor opened the ticket.',
  },
  'approved-after': {
    word: 'approved after',
    about: 'The ticket was approved only after the change was made.',
  },
  'self-approved': {
    word: 'self-approved',
    about:
      'Who approved the ticket also made the change, or opened the ticket. Names are compared without case.',
  },
  'not-approved': { word: 'ticket not approved', about: 'The list shows no approval of the ticket.' },
  'no-ticket': {
    word: 'change without ticket',
    about: 'The record names no ticket of the list, and nobody confirmed one.',
  },
  'no-change': {
    word: 'ticket without change',
    about: 'A ticket of these days, for which no change of the period was found.',
  },
};

export const linkWords: Record<TicketLink['by'], string> = {
  id: 'named in the record',
  confirmed: 'confirmed',
  candidate: 'may be meant',
};

export function Tickets({ figures }: { figures: TicketFigures }) {
  const { list, buckets, candidates } = figures;
  return (
    <div>
      <h3>Changes by ticket</h3>
      <OnlyChoice
        name="Changes listed, by what their tickets say"
        kinds={ticketBuckets.map((bucket) => ({
          only: onlyBucket(bucket),
          ...bucketWords[bucket],
          count: buckets[bucket],
        }))}
      />
      <p className={`${screen.muted} ${styles.skipped}`}>
        {formatCounted(list.tickets, 'ticket')} in <Recorded text={list.file} />
        {list.system === 'other' ? '' : `, a list of ${list.system}`}:{' '}
        {list.columns.map(({ meaning, column }, at) => (
          <span key={meaning}>
            {at === 0 ? '' : ', '}
            {meaning} from “<Recorded text={column} />”
          </span>
        ))}
        .{' '}
        {candidates === 0
          ? ''
          : `${formatCounted(candidates, 'change')} without a ticket ${candidates === 1 ? 'fits' : 'fit'} one by target and time, which somebody has to confirm.`}
      </p>
    </div>
  );
}
