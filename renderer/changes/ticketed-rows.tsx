// The changes of one bucket, each with its tickets, and the way to say that a ticket belongs to a change or does not.

import { type ReactNode, useMemo, useState } from 'react';
import type {
  Ticket,
  TicketBucket,
  TicketedChange,
  TicketFigures,
  TicketVerdict,
} from '#core/ticket-model.ts';
import { useShownZone } from '../address/use-address.ts';
import { connection, queries } from '../engine/engine.ts';
import { DecideBar, useDecideKeys } from '../review/decide-keys.tsx';
import type { ListColumn } from '../review/long-list.tsx';
import { usePerson } from '../review/person.ts';
import { ReviewRows } from '../review/review-rows.tsx';
import { TargetAside, TargetWords } from '../review/target-name.tsx';
import { errorOf } from '../words/errors.ts';
import { formatCounted } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatMinute } from '../words/time.ts';
import type { AskedReview } from './asked.ts';
import columns from './columns.module.css';
import { TicketPane } from './ticket-pane.tsx';
import { bucketWords, linkWords } from './tickets.tsx';

type Props = { review: AskedReview; bucket: TicketBucket; figures: TicketFigures; children: ReactNode };

/** Says of a ticket and a change whether they belong together; throws what the engine says. */
export async function decide(
  change: TicketedChange,
  ticket: Ticket,
  verdict: TicketVerdict,
  person: string,
): Promise<void> {
  if (person.trim() === '') throw new Error('Set your name first: a decision is kept with it.');
  if (change.event === null) return;
  const client = await connection.client();
  await client.command('changes.decideTicket', {
    ticket: ticket.id,
    events: [change.event],
    verdict,
    person: person.trim(),
  });
  for (const call of ['changes.summary', 'changes.tracks', 'changes.ticketed'])
    await queries.invalidateQueries({ queryKey: [call] });
}

export function TicketedRows({ review, bucket, figures, children }: Props) {
  const zone = useShownZone();
  const person = usePerson();
  const byKey = useDecideKeys();
  const [problem, setProblem] = useState<string | null>(null);
  const list = useMemo(() => ticketColumns(zone), [zone]);
  const word = bucketWords[bucket].word;
  const say = (change: TicketedChange, ticket: Ticket, verdict: TicketVerdict) => {
    setProblem(null);
    decide(change, ticket, verdict, person).catch((thrown) => setProblem(errorOf(thrown).message));
  };
  return (
    <ReviewRows
      call="changes.ticketed"
      asked={{ ...review, bucket }}
      isListed={figures.buckets[bucket] > 0}
      id="ticketed"
      name={bucket === 'no-change' ? 'Tickets without a change' : `Changes, ${word}`}
      columns={list}
      counted={(total) =>
        bucket === 'no-change'
          ? formatCounted(total, 'ticket without a change', 'tickets without a change')
          : `${formatCounted(total, 'change')}, ${word}`
      }
      beyond="narrow the filter for others"
      keyOf={(row) => row.event ?? `ticket ${row.links[0]?.ticket.id}`}
      onLetter={(row, letter) => {
        const ticket = row.links.find(({ by }) => by === 'candidate')?.ticket;
        if (!byKey || ticket === undefined || !['b', 'n'].includes(letter)) return false;
        say(row, ticket, letter === 'b' ? 'belongs' : 'other');
        return true;
      }}
      pane={(row, props) => (
        <TicketPane
          key={row.event ?? row.links[0]?.ticket.id}
          row={row}
          {...props}
          onDecide={(ticket, verdict) => {
            say(row, ticket, verdict);
            props.onClose();
          }}
        />
      )}
    >
      {children}
      {bucket === 'no-change' ? null : (
        <DecideBar
          keys="B the ticket that may be meant belongs to the change, N it does not"
          problem={problem}
        />
      )}
    </ReviewRows>
  );
}

const ticketColumns = (zone: string): ListColumn<TicketedChange>[] => [
  {
    id: 'change',
    name: 'Change',
    widths: ['minmax(175px, 1fr)', 'minmax(165px, 1fr)', 'minmax(165px, 1fr)'],
    cell: ({ time, actor }) =>
      time === null ? (
        <div className={columns.none}>no change found</div>
      ) : (
        <>
          <div>{formatMinute(time, zone)}</div>
          <div>{actor === null ? 'nobody named' : <Recorded text={actor} />}</div>
        </>
      ),
  },
  {
    id: 'target',
    name: 'Target',
    widths: ['minmax(140px, 1fr)', 'minmax(120px, 1fr)', null],
    cell: ({ target }) =>
      target === null ? null : (
        <>
          <div>
            <TargetWords target={target} />
          </div>
          <div>
            <TargetAside target={target} />
          </div>
        </>
      ),
  },
  {
    id: 'field',
    name: 'Field',
    widths: ['minmax(130px, 1fr)', 'minmax(110px, 1fr)', null],
    cell: ({ field, oldValue, newValue }) =>
      field === null ? null : (
        <>
          <div className={columns.field}>
            <Recorded text={field} />
          </div>
          <div>
            <Recorded text={oldValue ?? 'no value'} /> → <Recorded text={newValue ?? 'no value'} />
          </div>
        </>
      ),
  },
  {
    id: 'ticket',
    name: 'Ticket',
    widths: ['minmax(150px, 1.2fr)', 'minmax(130px, 1fr)', 'minmax(130px, 1fr)'],
    cell: ({ event, links }) =>
      links.length === 0 ? (
        <div className={columns.none}>none</div>
      ) : (
        <>
          <div className={columns.field}>
            <Recorded text={links.map(({ ticket }) => ticket.id).join(', ')} />
          </div>
          <div className={columns.last}>
            {event === null ? (
              <Recorded text={links[0]?.ticket.title ?? links[0]?.ticket.target ?? ''} />
            ) : (
              [...new Set(links.map(({ by }) => linkWords[by]))].join(', ')
            )}
          </div>
        </>
      ),
  },
  {
    id: 'approved',
    name: 'Approved',
    widths: ['minmax(160px, 1fr)', null, null],
    cell: ({ links }) => {
      const ticket = links[0]?.ticket;
      if (ticket === undefined) return null;
      return (
        <>
          <div className={ticket.approved === null ? columns.none : undefined}>
            {ticket.approved === null ? 'not approved' : formatMinute(ticket.approved, zone)}
          </div>
          <div>{ticket.approvedBy === null ? '' : <Recorded text={ticket.approvedBy} />}</div>
        </>
      );
    },
  },
];
