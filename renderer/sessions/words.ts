// The words of sessions: what they are, when they began and ended, and what of it no event says.

import type { Session, SessionKind, SessionState } from '#core/review-model.ts';
import { formatDuration, formatMinute } from '../words/time.ts';

export const kindWords: Record<SessionKind, string> = { login: 'Sign-in', 'remote-access': 'Remote access' };

export const stateWords: Record<SessionState, { word: string; about: string }> = {
  closed: { word: 'start and end logged', about: 'One event says that it began and another that it ended.' },
  'no-end': {
    word: 'no end logged',
    about: 'No event says that it ended: it may go on, the end may not be logged, or records are missing.',
  },
  'no-start': {
    word: 'no start logged',
    about:
      'An event says that it ended and none that it began, so it began before the log or records are missing.',
  },
  started: {
    word: 'ends are not logged',
    about: 'This source logs that a session was started and never that it ended.',
  },
};

/** When it began, in words. */
export const startOfSession = ({ start }: Pick<Session, 'start'>, zone: string): string =>
  start === null ? stateWords['no-start'].word : formatMinute(start, zone);

/** When it ended and how long it was, or why that is not known. */
export function endOfSession(
  { end, state, durationMs }: Pick<Session, 'end' | 'state' | 'durationMs'>,
  zone: string,
): string {
  if (end === null) return stateWords[state].word;
  const length = durationMs === null ? '' : ` (${formatDuration(durationMs)})`;
  return `${formatMinute(end, zone)}${length}`;
}
