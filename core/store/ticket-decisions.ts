// What persons said of tickets and changes, in review.db: each an activity whose hash covers it, the newest of a pair
// counts.

import type { TicketDecision } from '#core/ticket-model.ts';
import { recordActivity } from './activity.ts';
import type { Store } from './open.ts';

/** Notes one verdict about a ticket and some events, under the name a person gave. */
export function decideTickets(
  review: Store,
  { ticket, events, verdict, person }: Omit<TicketDecision, 'event'> & { events: string[]; person: string },
): void {
  recordActivity(review, 'ticket', { ticket, events, verdict, person });
}

/** Every verdict, oldest first, and the number of the last activity that holds one. */
export function readTicketDecisions({ db }: Store): { decisions: TicketDecision[]; last: number } {
  const rows = db.prepare(`SELECT id, detail FROM activity WHERE action = 'ticket' ORDER BY id`).all() as {
    id: number;
    detail: string;
  }[];
  const decisions = rows.flatMap(({ detail }) => {
    const { ticket, events, verdict } = JSON.parse(detail) as Omit<TicketDecision, 'event'> & {
      events: string[];
    };
    return events.map((event) => ({ ticket, event, verdict }));
  });
  return { decisions, last: rows.at(-1)?.id ?? 0 };
}
