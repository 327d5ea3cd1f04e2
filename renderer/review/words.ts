// The words of reviews: how a value is known, what became of it, why a change deserves a look.

import type {
  AccessFlag,
  Certainty,
  ChangeResult,
  EndCertainty,
  ExceptionKind,
  StartCertainty,
} from '#core/review-model.ts';

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

export const startWords: Record<StartCertainty, { word: string; about: string }> = {
  asserted: { word: 'asserted', about: 'An event of the log grants the right at this time.' },
  inferred: {
    word: 'inferred',
    about:
      'No event grants it. The first event about these rights shows it as held already, so it is older than the log.',
  },
  unlogged: {
    word: 'unlogged',
    about:
      'No event grants it, yet an event at this time shows it as held. It was given at an unknown time before.',
  },
};

export const endWords: Record<EndCertainty, string> = {
  asserted: 'An event of the log takes it away at this time.',
  unlogged: 'No event takes it away, yet an event at this time no longer shows it.',
};

/** `isGrave` where it says that something happened; the others say what kind of right it is. */
export const flagWords: Record<AccessFlag, { word: string; isGrave: boolean }> = {
  'used-after-revocation': { word: 'used after it ended', isGrave: true },
  leaver: { word: 'held by a leaver', isGrave: true },
  'self-granted': { word: 'self-granted', isGrave: true },
  'outside-hours': { word: 'granted outside working hours', isGrave: true },
  privileged: { word: 'privileged', isGrave: false },
  dormant: { word: 'dormant', isGrave: false },
  'no-grant-seen': { word: 'no grant seen', isGrave: false },
};
