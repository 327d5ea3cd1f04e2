// What the values of a column say about time: whether they can be read, carry a zone, and prove which number of a date
// is the day. What they do not prove has to be asked.

import { readEpoch, readTime } from '#core/time.ts';
import { readLocalDate, splitZoneName } from '#core/written-dates.ts';

/** Which number of dates like 03/04/2026 is the day, with the values (and their rows) that say so. */
export type DateOrderEvidence = {
  /**
   * Proven by a number beyond 12; `open` where none proves it, `contradictory` where two prove the opposite; null where
   * there are no such dates.
   */
  order: 'day-first' | 'month-first' | 'open' | 'contradictory' | null;
  /** What proves it: one, or of `contradictory` both, the one with the day first before the other. */
  proofs: DatedValue[];
  /** The first date that can mean two days. */
  open: DatedValue | null;
};
export type DatedValue = { value: string; row: number };

/** Collects what a column's values prove about the order of dates, one after another. */
export function createOrderEvidence(): {
  see(value: string, row: number): void;
  conclude(): DateOrderEvidence;
} {
  let dayFirst: DatedValue | null = null;
  let monthFirst: DatedValue | null = null;
  let open: DatedValue | null = null;
  return {
    see(value, row) {
      const [first, second] = numbersOf(value);
      if (first === undefined || second === undefined || first === second) return;
      if (first <= 12 && second <= 12) open ??= { value, row };
      // 31/31/2026 is no date and proves nothing.
      else if (first > 12 && dayFirst === null && readLocalDate(withoutZoneName(value), 'day-first') !== null)
        dayFirst = { value, row };
      else if (
        second > 12 &&
        monthFirst === null &&
        readLocalDate(withoutZoneName(value), 'month-first') !== null
      )
        monthFirst = { value, row };
    },
    conclude() {
      const proofs = [dayFirst, monthFirst].flatMap((proof) => proof ?? []);
      if (dayFirst && monthFirst) return { order: 'contradictory', proofs, open };
      if (dayFirst) return { order: 'day-first', proofs, open };
      if (monthFirst) return { order: 'month-first', proofs, open };
      return { order: open && 'open', proofs, open };
    },
  };
}

export type TimeEvidence = {
  /** Values that are times, and those that are none. */
  times: number;
  others: number;
  /** Of the times: how many carry no zone, with one of them. */
  withoutZone: number;
  zoneExample: string | null;
  order: DateOrderEvidence['order'];
  /** The values that prove the order or, where it is open, one that can mean two days. */
  proof: string | null;
};

/** Looks at the filled values of one column. */
export function timeEvidence(values: readonly string[]): TimeEvidence {
  const evidence = createOrderEvidence();
  let zoneExample: string | null = null;
  const counts = { times: 0, others: 0, withoutZone: 0 };
  for (const value of values) {
    if (/^\d{9,19}(\.\d+)?$/.test(value)) {
      counts[readEpoch(Number(value)) === null ? 'others' : 'times'] += 1;
      continue;
    }
    const read = readEither(value) ?? readEither(withoutZoneName(value));
    if (read === null || read === 'ambiguous') {
      counts.others += 1;
      continue;
    }
    counts.times += 1;
    if (!read.explicit) {
      counts.withoutZone += 1;
      zoneExample ??= value;
    }
    evidence.see(value, 0);
  }
  const { order, proofs, open } = evidence.conclude();
  const shown = order === 'open' && open ? [open] : proofs;
  const proof = shown.length === 0 ? null : shown.map(({ value }) => value).join(', ');
  return { ...counts, zoneExample, order, proof };
}

const readEither = (value: string): ReturnType<typeof readLocalDate> =>
  readTime(value) ?? readLocalDate(value, 'day-first') ?? readLocalDate(value, 'month-first');

/** A short name of a zone does not say which it is, so that it has to be asked. */
const withoutZoneName = (value: string): string => splitZoneName(value)?.text ?? value;

/** The two numbers before the year, where a date is written that way. */
function numbersOf(value: string): number[] {
  const match = /^\s*(\d{1,2})([/.-])(\d{1,2})\2\d{4}/.exec(value);
  return match ? [Number(match[1]), Number(match[3])] : [];
}
