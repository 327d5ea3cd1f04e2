// What the values of a column say about time: whether they can be read, carry a zone, and prove which number of a date
// is the day. What they do not prove has to be asked.

import { readEpoch, readLocalDate, readTime } from '#core/time.ts';

export type TimeEvidence = {
  /** Values that are times, and those that are none. */
  times: number;
  others: number;
  /** Of the times: how many carry no zone, with one of them. */
  withoutZone: number;
  zoneExample: string | null;
  /**
   * Which number of dates like 03/04/2026 is the day: proven by one beyond 12 (`proof` is that value); `open` where none
   * proves it, `contradictory` where two prove the opposite; null where there are no such dates.
   */
  order: 'day-first' | 'month-first' | 'open' | 'contradictory' | null;
  proof: string | null;
};

/** Looks at the filled values of one column. */
export function timeEvidence(values: readonly string[]): TimeEvidence {
  const proofs: Record<'day-first' | 'month-first', string | null> = {
    'day-first': null,
    'month-first': null,
  };
  let open: string | null = null;
  let zoneExample: string | null = null;
  const counts = { times: 0, others: 0, withoutZone: 0 };
  for (const value of values) {
    if (/^\d{9,19}(\.\d+)?$/.test(value)) {
      counts[readEpoch(Number(value)) === null ? 'others' : 'times'] += 1;
      continue;
    }
    const read = readTime(value) ?? readLocalDate(value, 'day-first') ?? readLocalDate(value, 'month-first');
    if (read === null || read === 'ambiguous') {
      counts.others += 1;
      continue;
    }
    counts.times += 1;
    if (!read.explicit) {
      counts.withoutZone += 1;
      zoneExample ??= value;
    }
    const [first, second] = numbersOf(value);
    if (first === undefined || second === undefined) continue;
    if (first > 12) proofs['day-first'] ??= value;
    else if (second > 12) proofs['month-first'] ??= value;
    else if (first !== second) open ??= value;
  }
  return { ...counts, zoneExample, ...orderOf(proofs, open) };
}

function orderOf(
  proofs: Record<'day-first' | 'month-first', string | null>,
  open: string | null,
): Pick<TimeEvidence, 'order' | 'proof'> {
  const { 'day-first': day, 'month-first': month } = proofs;
  if (day !== null && month !== null) return { order: 'contradictory', proof: `${day}, ${month}` };
  if (day !== null) return { order: 'day-first', proof: day };
  if (month !== null) return { order: 'month-first', proof: month };
  return { order: open === null ? null : 'open', proof: open };
}

/** The two numbers before the year, where a date is written that way. */
function numbersOf(value: string): number[] {
  const match = /^\s*(\d{1,2})([/.-])(\d{1,2})\2\d{4}/.exec(value);
  return match ? [Number(match[1]), Number(match[3])] : [];
}
