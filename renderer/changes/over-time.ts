// Changes of a review by category and stretch of time: days, or weeks and months where there would be too many bars.

import type { Category } from '#core/model.ts';
import type { ChangeSummary } from '#core/review-model.ts';
import { formatDate, inZone } from '../words/time.ts';

/** `counts` in the order of `categories`. Dates are the first and the last day. */
export type Stretch = { from: string; to: string; counts: number[]; total: number };
export type OverTime = {
  unit: 'day' | 'week' | 'month';
  /** The most frequent first. */
  categories: { category: Category; count: number }[];
  stretches: Stretch[];
  most: number;
};

const mostDays = 124;
const mostWeeks = 130;
const ms = 86_400_000;

const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / ms;
const dateOf = (day: number): string => new Date(day * ms).toISOString().slice(0, 10);

/** The picture of a review; stretches without a change are there, too. */
export function changesOverTime(
  summary: Pick<ChangeSummary, 'days' | 'fromTime' | 'toTime' | 'zone'>,
): OverTime {
  const { days, zone } = summary;
  const known = days.map(({ day }) => day).sort();
  // The period ends with the instant before its end.
  const lastInstant = new Date(Date.parse(summary.toTime) - 1).toISOString();
  const first = inZone(summary.fromTime, zone)?.date ?? known[0] ?? '1970-01-01';
  const last = inZone(lastInstant, zone)?.date ?? known.at(-1) ?? first;
  const length = dayNumber(last) - dayNumber(first) + 1;
  const unit = length <= mostDays ? 'day' : length <= mostWeeks * 7 ? 'week' : 'month';
  const totals = new Map<Category, number>();
  for (const { category, count } of days) totals.set(category, (totals.get(category) ?? 0) + count);
  const categories = [...totals]
    .map(([category, count]) => ({ category, count }))
    .sort((a, b) => b.count - a.count || (a.category < b.category ? -1 : 1));
  const placeOf = new Map(categories.map(({ category }, place) => [category, place]));
  const stretches = stretchesOf(first, last, unit, categories.length);
  const starts = stretches.map(({ from }) => from);
  for (const { day, category, count } of days) {
    const stretch = stretches[lastNotAfter(starts, day)];
    if (!stretch) continue;
    stretch.counts[placeOf.get(category) as number] =
      (stretch.counts[placeOf.get(category) as number] as number) + count;
    stretch.total += count;
  }
  return { unit, categories, stretches, most: Math.max(0, ...stretches.map(({ total }) => total)) };
}

function stretchesOf(first: string, last: string, unit: OverTime['unit'], categories: number): Stretch[] {
  const stretches: Stretch[] = [];
  const end = dayNumber(last);
  for (let day = dayNumber(first); day <= end; ) {
    const next = Math.min(nextStart(day, unit), end + 1);
    const counts = new Array<number>(categories).fill(0);
    stretches.push({ from: dateOf(day), to: dateOf(next - 1), counts, total: 0 });
    day = next;
  }
  return stretches;
}

function nextStart(day: number, unit: OverTime['unit']): number {
  if (unit === 'day') return day + 1;
  // 1970-01-01 was a Thursday; weeks begin on Monday.
  if (unit === 'week') return day + 7 - ((day + 3) % 7);
  const date = new Date(day * ms);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / ms;
}

function lastNotAfter(starts: readonly string[], day: string): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as string) <= day) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** `1 Jan 2026`, or `5 Jan 2026 – 11 Jan 2026`. */
export const stretchWords = ({ from, to }: Pick<Stretch, 'from' | 'to'>): string =>
  from === to ? formatDate(from, 'UTC') : `${formatDate(from, 'UTC')} – ${formatDate(to, 'UTC')}`;
