// The command by which a person says which ticket a change belongs to: what the window's Confirm and “another ticket” do.

import { handlers } from '#core/engine.ts';
import { AppError } from '#core/errors.ts';
import { personOfMachine } from '#core/store/activity.ts';
import { closing } from '#core/store/open.ts';
import { decideTickets, readTicketDecisions } from '#core/store/ticket-decisions.ts';
import { readOptions, requiredOption, textOption, wantsJson } from './options.ts';
import { formatTable, printJson, write } from './output.ts';
import { readReview } from './settings-commands.ts';
import { withContext } from './with-context.ts';

const verdicts = { confirm: 'belongs', reject: 'other' } as const;

/** `exhibit tickets confirm|reject TICKET --events UID,UID` and `exhibit tickets list`. */
export async function runTickets(args: readonly string[], signal: AbortSignal): Promise<number> {
  const options = readOptions(args, { events: { type: 'string' }, person: { type: 'string' } });
  const [step, ticket, ...more] = options.files;
  const isDecision = step === 'confirm' || step === 'reject';
  if (more.length > 0 || !(isDecision ? ticket : step === 'list' && ticket === undefined))
    throw new AppError(
      'usage',
      'Say “exhibit tickets confirm TICKET --events UID,UID”, “exhibit tickets reject TICKET --events UID,UID” or “exhibit tickets list”.',
    );
  const events = isDecision
    ? requiredOption(options, 'events', 'name the changes by their uids')
        .split(',')
        .map((uid) => uid.trim())
        .filter((uid) => uid !== '')
    : [];
  return withContext(options, signal, async (context) => {
    if (isDecision) {
      // A uid that is mistyped would be kept for ever and mean nothing.
      for (const uid of events) await handlers['events.get']({ uid }, context);
      const person = textOption(options, 'person')?.trim() || personOfMachine();
      closing(context.review(), (review) =>
        decideTickets(review, { ticket: ticket as string, events, verdict: verdicts[step], person }),
      );
    }
    const { decisions } = readReview(context, readTicketDecisions);
    const newest = new Map(decisions.map((one) => [`${one.ticket.toLowerCase()} ${one.event}`, one]));
    if (wantsJson(options)) await printJson({ verdicts: [...newest.values()] });
    else
      await write(
        formatTable([
          ['ticket', 'event', 'verdict'],
          ...[...newest.values()].map((one) => [one.ticket, one.event, one.verdict]),
        ]),
      );
    return 0;
  });
}
