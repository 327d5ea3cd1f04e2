// What about an interval deserves a look, each with its reason. Uses are looked up for the intervals that are asked for.

import type { AccessFlag, AccessSettings } from '#core/review-model.ts';
import type { Store } from '#core/store/open.ts';
import { formatInZone } from '#core/time.ts';
import { createHoursTest, hoursInWords } from '#core/working-hours.ts';
import type { Leavers } from './leavers.ts';
import { type Interval, type Ledger, rightsHeldAt } from './ledger.ts';
import { createUseLookup } from './uses.ts';

const day = 86_400_000;

export type FlagRequest = AccessSettings & {
  zone: string;
  leavers: Leavers;
  /** The instant that dormant rights and leavers are judged at, epoch ms. */
  time: number;
  /** Whom a name belongs to; without it each name is a person. */
  personOf?: (name: string) => string;
};

/** `useEvent` is the id of the event that shows a use after the right ended. */
export type Flags = {
  flags: AccessFlag[];
  reasons: Partial<Record<AccessFlag, string>>;
  useEvent: number | null;
};

/**
 * Sets the flags of intervals. Make one for each answer, with the intervals that it will be asked about; call it inside
 * a transaction.
 */
export function createFlagger(
  store: Store,
  ledger: Ledger,
  intervals: readonly Interval[],
  asked: FlagRequest,
) {
  const { time, zone, leavers, hours, dormantDays, personOf = (name: string) => name } = asked;
  const leftAs = new Map<string, number>();
  for (const [name, left] of leavers)
    leftAs.set(personOf(name), Math.min(left, leftAs.get(personOf(name)) ?? left));
  const isPrivileged = createPrivilegeTest(asked.privileged);
  const isInHours = hours && createHoursTest(hours, zone);
  const usesOf = createUseLookup(store, ledger.index, intervals, time);
  const when = (at: number) => formatInZone(at, zone);
  return (interval: Interval, grantedBy: string | null): Flags => {
    const { subject, right, from, to, startCertainty } = interval;
    const reasons: Flags['reasons'] = {};
    if (grantedBy !== null && personOf(grantedBy) === personOf(subject))
      reasons['self-granted'] =
        grantedBy === subject
          ? 'Granted by the person who got it.'
          : `Granted by ${grantedBy}, who is the person that got it.`;
    if (isPrivileged(right)) reasons.privileged = `“${right}” counts as a privileged right.`;
    const { before, last, lastEvent } = usesOf(subject, interval.sequence);
    const isHeld = (from === null || from < time) && (to === null || to >= time);
    if (isHeld && (before === null || before < time - dormantDays * day))
      reasons.dormant =
        before === null
          ? `No event by ${subject} on this target before ${when(time)}.`
          : `No event by ${subject} on this target in the ${dormantDays} days before ${when(time)}; the last was on ${when(before)}.`;
    const isUsed = to !== null && last !== null && last > to;
    if (isUsed) {
      const held = rightsHeldAt(ledger, interval, last);
      const then = held.includes(right)
        ? 'when it was held again'
        : held.length > 0
          ? `while still holding ${held.join(', ')}`
          : 'when the log shows no right of theirs on it';
      reasons['used-after-revocation'] =
        `An event by ${subject} on this target on ${when(last)}, after the right ended on ${when(to)}, ${then}.`;
    }
    if (isInHours && hours && startCertainty === 'asserted' && from !== null && !isInHours(from))
      reasons['outside-hours'] = `Granted on ${when(from)}, outside working hours (${hoursInWords(hours)}).`;
    const left = leftAs.get(personOf(subject));
    if (left !== undefined && left < time && (to === null || to > left))
      reasons.leaver = `${subject} left on ${when(left)}, and the right did not end by then.`;
    if (startCertainty === 'inferred')
      reasons['no-grant-seen'] = 'Held before the log begins: no event grants it.';
    return { flags: Object.keys(reasons) as AccessFlag[], reasons, useEvent: isUsed ? lastEvent : null };
  };
}

/** `*` stands for any text; without case. */
export function createPrivilegeTest(patterns: readonly string[]): (right: string) => boolean {
  const parts = patterns.map((one) =>
    one
      .split('*')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*'),
  );
  if (parts.length === 0) return () => false;
  const pattern = new RegExp(`^(?:${parts.join('|')})$`, 'isu');
  const known = new Map<string, boolean>();
  return (right) => {
    let is = known.get(right);
    if (is === undefined) {
      is = pattern.test(right);
      known.set(right, is);
    }
    return is;
  };
}
