// The story in the sample exports (scripts/make-samples.ts), and the places of the window where each part of it shows.
// Tests hold that each of them leads to exactly the row it tells of.

import type { Address } from '../address/address.ts';

export type Step = {
  title: string;
  /** What happened, and what the window says of it. */
  text: string;
  /** What the button says that leads there. */
  way: string;
  to: Partial<Address>;
};

const quarter = { from: '2026-01-01', to: '2026-03-31', zone: 'UTC', shown: null, filter: '' } as const;

export const steps: readonly Step[] = [
  {
    title: 'A quarter of an invented company',
    text: 'Two systems, three exports, three months. Somewhere in it a port was open that should not have been. The overview says what deserves a look; the next steps follow it.',
    way: 'Show the overview',
    to: { screen: 'overview', ...quarter },
  },
  {
    title: 'A change outside its window',
    text: 'Of all fields that changed since February one was changed outside every maintenance window of its target: on Saturday 14 February at 02:31 a port of nyc-edge-01 became public. Open the row to see each step.',
    way: 'Show the change',
    to: { screen: 'changes', ...quarter, from: '2026-02-01', only: 'outside-maintenance' },
  },
  {
    title: 'A right nobody approved',
    text: 'Who could do that? Twenty minutes before, dmitri gave himself the right DEVELOP on the same device. It is privileged, nobody else granted it, and he still holds it at the end of the quarter.',
    way: 'Show the right',
    to: { screen: 'access', ...quarter, only: 'self-granted', by: null, at: '2026-03-31' },
  },
  {
    title: 'How he came in',
    text: 'Four failed sign-ins from one address, then one that succeeds. That night’s events of dmitri come from both systems, in one list and in order.',
    way: 'Show the night',
    to: {
      screen: 'events',
      ...quarter,
      from: '2026-02-14',
      to: '2026-02-14',
      filter: 'actor:dmitri@acme.example',
      sort: { by: 'time', direction: 'asc' },
    },
  },
  {
    title: 'Days that no export holds',
    text: 'Who closed the port again? The log cannot say: the second export of IronFlock was made too late, and 16 to 18 February are in a gap. The values before and after it do not follow from each other, which is a break. Say why, beside both.',
    way: 'Show gap and break',
    to: { screen: 'completeness', ...quarter },
  },
  {
    title: 'Hand it over',
    text: 'An evidence pack of the quarter holds all of this: events, answers, gaps, your explanations and the proof for each. Your auditor checks it without Exhibit.',
    way: 'Make a pack',
    to: { screen: 'evidence', ...quarter },
  },
];
