// What the Changes screen says, as sentences. Its claims are about the imported logs, and say so.

import type { ChangedTrack, ChangeSummary } from '#core/review-model.ts';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { formatDate } from '../words/time.ts';

/** `From 1 Jan 2026 to 31 Mar 2026, 214 fields of 88 targets had changes: …`. */
export function leadSentence(summary: ChangeSummary): string {
  const { from, to, zone, tracks, targets, results } = summary;
  const when =
    from === to
      ? `On ${formatDate(from, zone)}`
      : `From ${formatDate(from, zone)} to ${formatDate(to, zone)}`;
  if (tracks === 0) return `${when}, no change of a field was observed in the imported logs.`;
  const { changed, reverted, unknown } = results;
  const parts = [
    `${formatCount(changed)} ${changed === 1 ? 'holds' : 'hold'} another value now`,
    `${formatCount(reverted)} came back to the value ${reverted === 1 ? 'it' : 'they'} had`,
    ...(unknown === 0 ? [] : [`of ${formatCount(unknown)} a value is not known`]),
  ];
  return `${when}, ${formatCounted(tracks, 'field')} of ${formatCounted(targets, 'target')} had changes: ${listed(parts)}.`;
}

/** Where the events of the period went; the parts add up. */
export function balanceSentence({ balance }: ChangeSummary): string {
  const { events, inTracks, activity, access, withoutValue, failed } = balance;
  const parts = [
    `${formatCounted(inTracks, 'change')} of these fields`,
    `${formatCount(activity)} without a field`,
    ...(access === 0 ? [] : [`${formatCounted(access, 'change')} of somebody’s rights`]),
    ...(withoutValue === 0
      ? []
      : [`${formatCount(withoutValue)} that ${withoutValue === 1 ? 'says' : 'say'} no value`]),
    ...(failed === 0 ? [] : [`${formatCount(failed)} that failed`]),
  ];
  return `${formatCounted(events, 'event')} of the period: ${listed(parts)}.`;
}

/** What a break means for the review; null without one. */
export function breakSentence({ breaks: { tracks, breaks } }: ChangeSummary): string | null {
  if (breaks === 0) return null;
  const fields = tracks === 1 ? 'one of these fields' : `${formatCount(tracks)} of these fields`;
  return `In ${fields} the log does not follow on (${formatCounted(breaks, 'break')}): records are not in the imported logs, or were altered, so there may have been changes that are not counted here.`;
}

/** What became of a row's value, in one sentence. */
export function resultSentence({ changes, result }: Pick<ChangedTrack, 'changes' | 'result'>): string {
  const times = changes === 1 ? 'Changed once' : `Changed ${formatCount(changes)} times`;
  if (result === 'changed') return `${times}; the value now is another one than then.`;
  if (result === 'reverted')
    return changes === 1
      ? `${times}, and the value now is the one it was then.`
      : `${times}, and came back to the value it had.`;
  return `${times}; whether the value now is another one than then is not known.`;
}

function listed(parts: string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
