// The words of reviews: how a value is known, what became of it, why a change deserves a look.

import type { Certainty, ChangeResult, ExceptionKind } from '#core/review-model.ts';

export const certaintyWords: Record<Certainty, { word: string; about: string }> = {
  asserted: { word: 'asserted', about: 'The last event before this moment set the value.' },
  inferred: {
    word: 'inferred',
    about: 'No event before this moment says the value; the next event shows it as the value it replaced.',
  },
  baseline: {
    word: 'baseline',
    about: 'No event says the value; an imported baseline from before this moment does.',
  },
  unknown: { word: 'unknown', about: 'No event and no baseline says what the value was.' },
};

export const resultWords: Record<ChangeResult, { word: string; about: string }> = {
  changed: { word: 'changed', about: 'The value now is another one than then.' },
  reverted: { word: 'came back', about: 'It changed in between, and is what it was again.' },
  unknown: {
    word: 'not known',
    about: 'The value then, now or both are not known, so they cannot be compared.',
  },
};

export const exceptionWords: Record<ExceptionKind, string> = {
  'outside-hours': 'outside working hours',
  'outside-maintenance': 'outside maintenance windows',
  'new-actor': 'by a new actor',
  'self-approved': 'approved by who made it',
  'no-ticket': 'without a ticket',
};
