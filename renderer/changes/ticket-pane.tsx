// One change with its tickets, whole: what the list says of each, how it was found, and the two ways to decide.

import type { Ticket, TicketedChange, TicketVerdict } from '#core/ticket-model.ts';
import { hrefOf, useAddress, useShownZone } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import screen from '../controls/screen.module.css';
import { SidePane } from '../controls/side-pane.tsx';
import { ChangedValue } from '../events/changed-value.tsx';
import { TargetAside, TargetWords } from '../review/target-name.tsx';
import { Recorded } from '../words/recorded.tsx';
import { formatInstant } from '../words/time.ts';
import styles from './change-pane.module.css';
import { bucketWords, linkWords } from './tickets.tsx';

type Props = {
  row: TicketedChange;
  takesFocus: boolean;
  onClose(): void;
  onDecide(ticket: Ticket, verdict: TicketVerdict): void;
};

export function TicketPane({ row, takesFocus, onClose, onDecide }: Props) {
  const address = useAddress();
  const zone = useShownZone();
  return (
    <SidePane name="Change and ticket" takesFocus={takesFocus} onClose={onClose}>
      {row.target === null ? null : (
        <p className={styles.target}>
          <TargetWords target={row.target} /> <TargetAside target={row.target} />
        </p>
      )}
      {row.field === null ? null : (
        <p className={styles.field}>
          <Recorded text={row.field} />
        </p>
      )}
      <p className={styles.result}>{bucketWords[row.bucket].about}</p>
      {row.event === null || row.time === null ? null : (
        <>
          <ChangedValue oldValue={row.oldValue} newValue={row.newValue} />
          <p className={styles.known}>
            <a href={hrefOf(address, { screen: 'events', event: row.event })}>
              {formatInstant(row.time, zone)}
            </a>{' '}
            by {row.actor === null ? 'nobody named' : <Recorded text={row.actor} />}
          </p>
        </>
      )}
      {row.links.map(({ ticket, by }) => (
        <section key={ticket.id} className={styles.ticket} aria-label={`Ticket ${ticket.id}`}>
          <h3>
            <Recorded text={ticket.id} />
          </h3>
          {ticket.title === null ? null : <Recorded text={ticket.title} />}
          <Facts ticket={ticket} zone={zone} />
          {row.event === null ? null : (
            <>
              <p className={screen.muted}>How it was found: {linkWords[by]}.</p>
              {by === 'candidate' ? (
                <Button onPress={() => onDecide(ticket, 'belongs')}>It belongs to this change</Button>
              ) : null}{' '}
              <Button weight="quiet" onPress={() => onDecide(ticket, 'other')}>
                It is about something else
              </Button>
            </>
          )}
        </section>
      ))}
    </SidePane>
  );
}

function Facts({ ticket, zone }: { ticket: Ticket; zone: string }) {
  const at = (time: string | null) => (time === null ? null : formatInstant(time, zone));
  const facts: [string, string | null][] = [
    ['Target', ticket.target],
    ['Opened', at(ticket.opened)],
    ['Opened by', ticket.openedBy],
    ['Approved', at(ticket.approved) ?? 'not approved'],
    ['Approved by', ticket.approvedBy],
    ['Closed', at(ticket.closed)],
    ['Line of the list', String(ticket.line)],
  ];
  return (
    <dl className={styles.facts}>
      {facts.flatMap(([name, value]) =>
        value === null
          ? []
          : [
              <dt key={name}>{name}</dt>,
              <dd key={`${name} value`}>
                <Recorded text={value} />
              </dd>,
            ],
      )}
    </dl>
  );
}
