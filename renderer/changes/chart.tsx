// The changes of the period over time, by category: a picture with its figures as a table, for who cannot see it.

import { useState } from 'react';
import type { ChangeSummary } from '#core/review-model.ts';
import { go } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import plot from '../controls/plot.module.css';
import screen from '../controls/screen.module.css';
import { type CategoryMark, markAt, marksOf, patterns } from '../marks/category-marks.ts';
import { fillOf, MarkPatterns, Swatch, useForcedColours } from '../marks/swatch.tsx';
import { categoryLabel } from '../words/categories.ts';
import { formatCount, formatCounted } from '../words/numbers.ts';
import styles from './chart.module.css';
import { changesOverTime, type OverTime, stretchWords } from './over-time.ts';

export function ChangesChart({ summary }: { summary: ChangeSummary }) {
  const picture = changesOverTime(summary);
  const bare = useForcedColours();
  const [looked, setLooked] = useState<number | null>(null);
  if (picture.categories.length === 0 || picture.stretches.length < 2) return null;
  const { unit, stretches, categories, most } = picture;
  const marks = marksOf(
    categories.map(({ category }) => category),
    patterns,
    bare,
  );
  const stretch = looked === null ? undefined : stretches[looked];
  return (
    <div className={styles.chart}>
      <MarkPatterns />
      <h3>Changes of these fields by {unit}</h3>
      <ul className={styles.legend} aria-label="Categories of the changes">
        {categories.map(({ category, count }, place) => (
          <li key={category}>
            <Swatch mark={markAt(marks, place)} /> {categoryLabel(category)}{' '}
            <span className={styles.count}>{formatCount(count)}</span>
          </li>
        ))}
      </ul>
      <div className={plot.plot}>
        <div className={plot.counts} aria-hidden="true">
          <span>{formatCount(most)}</span>
          <span>0</span>
        </div>
        <div
          className={plot.area}
          onPointerMove={({ clientX, currentTarget }) => {
            const { left, width } = currentTarget.getBoundingClientRect();
            setLooked(
              Math.min(stretches.length - 1, Math.floor(((clientX - left) / width) * stretches.length)),
            );
          }}
          onPointerLeave={() => setLooked(null)}
        >
          <svg
            className={plot.bars}
            role="img"
            aria-label={`${formatCounted(stretches.length, unit)}, at most ${formatCounted(most, 'change')} in one. The figures stand in the table below.`}
          >
            {stretches.map((one, place) => (
              <Bar key={one.from} picture={picture} marks={marks} place={place} />
            ))}
          </svg>
          {stretch === undefined || looked === null ? null : (
            <div
              className={plot.tip}
              style={{ left: `clamp(110px, ${((looked + 0.5) / stretches.length) * 100}%, 100% - 110px)` }}
            >
              <strong>{formatCounted(stretch.total, 'change')}</strong>
              <span>{stretchWords(stretch)}</span>
            </div>
          )}
        </div>
        <div className={styles.scale} aria-hidden="true">
          <span>{stretchWords({ from: stretches[0]?.from ?? '', to: stretches[0]?.from ?? '' })}</span>
          <span>{stretchWords({ from: stretches.at(-1)?.to ?? '', to: stretches.at(-1)?.to ?? '' })}</span>
        </div>
      </div>
      <details className={styles.figures}>
        <summary>Figures by {unit}</summary>
        <Figures picture={picture} />
      </details>
    </div>
  );
}

/** Categories one above the other, in the order of their marks. Measured in parts of the whole, so that patterns keep their shape. */
function Bar({ picture, marks, place }: { picture: OverTime; marks: CategoryMark[]; place: number }) {
  const { stretches, most } = picture;
  const counts = stretches[place]?.counts ?? [];
  const isDense = stretches.length > 150;
  const percent = (part: number, whole: number) => `${(part / whole) * 100}%`;
  let below = 0;
  return marks.map((mark) => {
    const count = mark.categories.reduce((sum, one) => sum + (counts[one.place] ?? 0), 0);
    if (count === 0) return null;
    below += count;
    return (
      <rect
        key={mark.categories[0]?.category}
        className={styles.bar}
        fill={fillOf(mark)}
        x={percent(place + (isDense ? 0 : 0.08), stretches.length)}
        width={percent(isDense ? 1 : 0.84, stretches.length)}
        y={percent(most - below, most)}
        height={percent(count, most)}
      />
    );
  });
}

function Figures({ picture: { stretches, categories, unit } }: { picture: OverTime }) {
  const filled = stretches.filter(({ total }) => total > 0);
  return (
    <table className={screen.table} aria-label={`Changes by ${unit} and category`}>
      <thead>
        <tr>
          <th>When</th>
          <th className={screen.number}>All</th>
          {categories.map(({ category }) => (
            <th key={category} className={screen.number}>
              {categoryLabel(category)}
            </th>
          ))}
          <th>
            <span className="unseen">Look at it alone</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {filled.map((one) => (
          <tr key={one.from}>
            <td>{stretchWords(one)}</td>
            <td className={screen.number}>{formatCount(one.total)}</td>
            {categories.map(({ category }, at) => (
              <td key={category} className={screen.number}>
                {formatCount(one.counts[at] ?? 0)}
              </td>
            ))}
            <td>
              <Button
                weight="quiet"
                aria-label={`Only ${stretchWords(one)}`}
                onPress={() => go({ from: one.from, to: one.to, row: null })}
              >
                Only this
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
