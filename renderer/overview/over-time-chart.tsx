// The picture of events over time: bars of categories one above the other, those of a family together, in the colour it
// has on every screen. What it shows is said in words by whoever shows it, and its figures stand beside it.

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { OverTime } from '#core/query/summaries.ts';
import { formatSpan, formatTick } from '../events/time-span.ts';
import { categoryFamily, categoryLabel, type Family } from '../words/categories.ts';
import { formatCount, formatCounted } from '../words/numbers.ts';
import styles from './overview.module.css';

type Props = {
  picture: OverTime;
  zone: string;
  about: string;
  /** A stretch of time was clicked; the figures lead there by keyboard. */
  onPick(bucket: number): void;
};

const tick = { fill: 'var(--text-2)', fontSize: 11 };

export function OverTimeChart({ picture, zone, about, onPick }: Props) {
  const { unit, buckets, categories } = picture;
  const isDense = buckets.length > 130;
  return (
    <div className={styles.chart} role="img" aria-label={about}>
      <ResponsiveContainer width="100%" height="100%">
        <BarChart
          data={buckets}
          margin={{ top: 8, right: 4, bottom: 0, left: 0 }}
          barCategoryGap={isDense ? 0 : '8%'}
          accessibilityLayer={false}
          onClick={({ activeTooltipIndex }) => {
            const at = Number(activeTooltipIndex);
            if (buckets[at] !== undefined) onPick(at);
          }}
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="from"
            tickFormatter={(from: string) => formatTick(unit, from, zone)}
            tick={tick}
            tickLine={false}
            axisLine={{ stroke: 'var(--line-control)' }}
            minTickGap={48}
            height={20}
          />
          <YAxis
            tickFormatter={formatCount}
            tick={tick}
            tickLine={false}
            axisLine={false}
            allowDecimals={false}
            width={44}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ fill: 'var(--sunken)', fillOpacity: 0.6 }}
            content={({ active, activeIndex }) => (
              <Tip picture={picture} at={active ? Number(activeIndex) : -1} zone={zone} />
            )}
          />
          {familiesOf(categories).map(({ family, places }) => (
            <Bar
              key={family}
              dataKey={({ counts }: OverTime['buckets'][number]) =>
                places.reduce((sum, place) => sum + (counts[place] ?? 0), 0)
              }
              stackId="all"
              fill={`var(--family-${family})`}
              stroke="var(--canvas)"
              strokeWidth={isDense ? 0 : 1}
              isAnimationActive={false}
            />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}

/** Families with the places of their categories, the one whose first category has most events first. */
function familiesOf(categories: OverTime['categories']): { family: Family; places: number[] }[] {
  const places = new Map<Family, number[]>();
  for (const [place, { category }] of categories.entries()) {
    const family = categoryFamily(category);
    places.set(family, [...(places.get(family) ?? []), place]);
  }
  return [...places].map(([family, some]) => ({ family, places: some }));
}

/** What stands under the pointer: the stretch of time, all its events, and the largest categories of them. */
function Tip({ picture, at, zone }: { picture: OverTime; at: number; zone: string }) {
  const bucket = picture.buckets[at];
  if (!bucket) return null;
  const total = bucket.counts.reduce((sum, count) => sum + count, 0);
  const most = picture.categories
    .map(({ category }, place) => ({ category, count: bucket.counts[place] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, 4);
  return (
    <div className={styles.tip}>
      <strong>{formatCounted(total, 'event')}</strong>
      <span>{formatSpan(picture.unit, bucket, zone)}</span>
      {most.map(({ category, count }) => (
        <span key={category}>
          {categoryLabel(category)} {formatCount(count)}
        </span>
      ))}
    </div>
  );
}
