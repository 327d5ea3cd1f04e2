// The picture of events over time: bars of categories one above the other, those of a family together, in the colour it
// has on every screen and each with a pattern of its own. What it shows is said in words by whoever shows it, and its figures stand beside it.

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { Category } from '#core/model.ts';
import type { OverTime } from '#core/query/summaries.ts';
import { formatSpan, formatTick } from '../events/time-span.ts';
import type { CategoryMark } from '../marks/category-marks.ts';
import { fillOf, Swatch } from '../marks/swatch.tsx';
import { categoryLabel } from '../words/categories.ts';
import { formatCount, formatCounted } from '../words/numbers.ts';
import styles from './overview.module.css';

type Props = {
  picture: OverTime;
  zone: string;
  about: string;
  marks: readonly CategoryMark[];
  /** The one whose name is looked at; the others step back. */
  looked: CategoryMark | null;
  /** A stretch of time was clicked; the figures lead there by keyboard. */
  onPick(bucket: number): void;
};

const tick = { fill: 'var(--text-2)', fontSize: 11 };

export function OverTimeChart({ picture, marks, looked, zone, about, onPick }: Props) {
  const { unit, buckets } = picture;
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
              <Tip picture={picture} marks={marks} at={active ? Number(activeIndex) : -1} zone={zone} />
            )}
          />
          {marks.map((mark) => (
            <Bar
              key={mark.categories[0]?.category}
              dataKey={({ counts }: OverTime['buckets'][number]) =>
                mark.categories.reduce((sum, { place }) => sum + (counts[place] ?? 0), 0)
              }
              stackId="all"
              fill={fillOf(mark)}
              fillOpacity={looked === null || mark === looked ? 1 : 0.2}
              stroke={mark.family === null ? 'var(--mark-rest-line)' : isDense ? 'none' : 'var(--canvas)'}
              strokeWidth={isDense && mark.family !== null ? 0 : 1}
              isAnimationActive={false}
            />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}

const unnamed = { family: null, pattern: 0 };
const markOf = (marks: readonly CategoryMark[], category: Category) =>
  marks.find(({ categories }) => categories.some((one) => one.category === category)) ?? unnamed;

/** What stands under the pointer: the stretch of time, all its events, and the largest categories of them. */
type TipProps = Pick<Props, 'picture' | 'marks' | 'zone'> & { at: number };

function Tip({ picture, marks, at, zone }: TipProps) {
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
        <span key={category} className={styles.tipped}>
          <Swatch mark={markOf(marks, category)} /> {categoryLabel(category)} {formatCount(count)}
        </span>
      ))}
    </div>
  );
}
