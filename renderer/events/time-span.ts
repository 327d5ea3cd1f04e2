// Buckets of the histogram in words, and the period that some of them make.

import type { BucketUnit, Histogram } from '#core/query/summaries.ts';
import type { Dates } from '../words/period.ts';
import { formatDate, inZone } from '../words/time.ts';

export type Bucket = Histogram['buckets'][number];

export const unitWords: Record<BucketUnit, string> = {
  hour: 'by hour',
  day: 'by day',
  week: 'by week',
  month: 'by month',
  year: 'by year',
};

/** The last instant of a bucket or of a run of them: the end itself belongs to the next one. */
const lastOf = (to: string): string => new Date(Date.parse(to) - 1).toISOString();

/**
 * What lies between the start of one bucket and the end of the same or a later one: `1 Jan 2026, 05:00 – 06:00 UTC`,
 * `1 Jan 2026`, `5 Jan 2026 – 11 Jan 2026`, `Jan 2026`, `2026`.
 */
export function formatSpan(
  unit: BucketUnit,
  { from, to }: Pick<Bucket, 'from' | 'to'>,
  zone: string,
): string {
  const start = inZone(from, zone);
  const end = inZone(to, zone);
  const last = inZone(lastOf(to), zone);
  if (start === null || end === null || last === null) return `${from} – ${to}`;
  if (unit === 'hour') {
    const first = `${formatDate(start.date, zone)}, ${start.clock.slice(0, 5)}`;
    // The end of a day is said as its 24:00: the next date would look like a part of the span.
    const atMidnight = end.clock === '00:00:00';
    const clock = atMidnight ? '24:00' : end.clock.slice(0, 5);
    const day = last.date === start.date ? '' : `${formatDate(last.date, zone)}, `;
    const zoned = atMidnight ? last.offset : end.offset;
    const offset = zoned === start.offset ? '' : ` ${start.offset}`;
    return `${first}${offset} – ${day}${clock} ${zoned}`;
  }
  const [first, final] = [start, last].map(({ date }) => shortDate(unit, date)) as [string, string];
  return first === final ? first : `${first} – ${final}`;
}

/** Where a bucket begins, for the scale: `1 Jan, 05:00`, `1 Jan 2026`, `Jan 2026`, `2026`. */
export function formatTick(unit: BucketUnit, from: string, zone: string): string {
  const start = inZone(from, zone);
  if (start === null) return from;
  if (unit !== 'hour') return shortDate(unit, start.date);
  return `${formatDate(start.date, zone).replace(/ \d+$/, '')}, ${start.clock.slice(0, 5)}`;
}

function shortDate(unit: BucketUnit, date: string): string {
  const whole = formatDate(date, 'UTC');
  if (unit === 'month') return whole.replace(/^\d+ /, '');
  return unit === 'year' ? date.slice(0, 4) : whole;
}

/**
 * The period of buckets `first` to `last`, within the present one: dates where days begin and end in `zone`, else
 * instants. An edge that the present period has inside its first or last bucket stays as it is.
 */
export function periodOf(
  buckets: readonly Bucket[],
  first: number,
  last: number,
  present: Dates,
  zone: string,
): Dates {
  const start = buckets[first];
  const end = buckets[last];
  if (!start || !end) return present;
  return {
    from: isWithin(present.from, start, zone) ? present.from : edgeOf(start.from, start.from, zone),
    to: isWithin(present.to, end, zone) ? present.to : edgeOf(end.to, lastOf(end.to), zone),
  };
}

/** The date of `inside` where `edge` is a midnight, else the instant. */
function edgeOf(edge: string, inside: string, zone: string): string {
  const date = inZone(inside, zone)?.date;
  return date !== undefined && inZone(edge, zone)?.clock === '00:00:00' ? date : edge;
}

function isWithin(edge: string | null, { from, to }: Bucket, zone: string): boolean {
  if (edge === null) return false;
  if (/^\d{4}-\d{2}-\d{2}$/.test(edge)) {
    const [start, end] = [inZone(from, zone)?.date ?? '', inZone(lastOf(to), zone)?.date ?? ''];
    // A day that holds several buckets is wider than this one.
    return start <= edge && edge <= end && start !== end;
  }
  const at = Date.parse(edge);
  return at > Date.parse(from) && at < Date.parse(to);
}

/** Places along the scale that get a label: at most `most`, the first bucket always. */
export function ticksOf(buckets: number, most: number): number[] {
  const step = Math.max(1, Math.ceil(buckets / most));
  return Array.from({ length: Math.ceil(buckets / step) }, (_, at) => at * step);
}
