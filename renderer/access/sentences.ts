// What the Access screen says, as sentences. It speaks of what the imported logs show.

import type { AccessInterval, AccessPerson, AccessSummary } from '#core/review-model.ts';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { formatDate } from '../words/time.ts';

/** `At the end of 28 Feb 2026, 279 rights are held by 17 people on 48 targets, as far as the imported logs show.` */
export function leadSentence(
  { intervals, people, targets }: Pick<AccessSummary, 'intervals' | 'people' | 'targets'>,
  at: string,
  zone: string,
): string {
  const when = /^\d{4}-\d{2}-\d{2}$/.test(at)
    ? `At the end of ${formatDate(at, zone)}`
    : formatDate(at, zone);
  if (intervals === 0) return `${when}, the imported logs show no right that is held.`;
  return `${when}, ${formatCounted(intervals, 'right')} ${intervals === 1 ? 'is' : 'are'} held by ${formatCounted(people, 'person', 'people')} on ${formatCounted(targets, 'target')}, as far as the imported logs show.`;
}

/** How many of them no event grants; null where each has one. */
export function unseenSentence({
  inferred,
  unlogged,
}: Pick<AccessSummary, 'inferred' | 'unlogged'>): string | null {
  if (inferred + unlogged === 0) return null;
  const parts = [
    ...(inferred === 0 ? [] : [`${formatCounted(inferred, 'right')} held since before the log begins`]),
    ...(unlogged === 0
      ? []
      : [`${formatCounted(unlogged, 'right')} that an event shows without any event that grants it`]),
  ];
  return `No grant stands in the imported logs for ${parts.join(' and ')}.`;
}

/** What the log of no source can know. */
export const neverKnown =
  'The log shows rights that were given, changed or taken by an event it holds. Not in it: rights given before it begins and not touched since, rights that the vendor gives by default, and what somebody may do because they own something larger, such as a whole project. A person without a row here may still have access.';

/** The same in a line. */
export const neverKnownBriefly =
  'Who has no row here may still have access: by default, or from before the log.';

/** Since when, in words. */
export const sinceWords = (
  { from }: Pick<AccessInterval, 'from'>,
  format: (instant: string) => string,
): string => (from === null ? 'before the log begins' : format(from));

export const kindWords: Record<AccessPerson['kind'], string> = {
  joiner: 'joined: held no right before',
  mover: 'moved: holds other rights than before',
  leaver: 'left: holds no right any more',
  passing: 'passed through: held rights only in between',
};

/** `3 people joined, 5 moved, 2 left.` */
export function peopleSentence(people: readonly AccessPerson[]): string {
  if (people.length === 0) return 'the imported logs show the same rights at both ends.';
  const words = { joiner: 'joined', mover: 'moved', leaver: 'left', passing: 'passed through' };
  const parts = (Object.keys(words) as AccessPerson['kind'][]).flatMap((kind) => {
    const count = people.filter((person) => person.kind === kind).length;
    return count === 0 ? [] : [[count, words[kind]] as const];
  });
  return `${parts
    .map(
      ([count, word], at) =>
        `${at === 0 ? formatCounted(count, 'person', 'people') : formatCount(count)} ${word}`,
    )
    .join(', ')}.`;
}
