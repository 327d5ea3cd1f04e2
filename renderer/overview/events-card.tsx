// Events over time by category. The picture is drawn by a library that is loaded when it is first needed, so that the
// window's start does not pay for it; its figures stand beside it as a table.

import { lazy, Suspense, useMemo, useState } from 'react';
import type { OverTime } from '#core/query/summaries.ts';
import { filterOf } from '../address/filter-of.ts';
import { go, hrefOf, useAddress } from '../address/use-address.ts';
import screen from '../controls/screen.module.css';
import { useAnswer } from '../engine/engine.ts';
import { questionOf } from '../events/question.ts';
import { formatSpan, periodOf, unitWords } from '../events/time-span.ts';
import { type CategoryMark, markAt, marksOf } from '../marks/category-marks.ts';
import { MarkPatterns, Swatch, useForcedColours } from '../marks/swatch.tsx';
import { categoryLabel } from '../words/categories.ts';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { formatPeriod } from '../words/period.ts';
import { Card } from './card.tsx';
import styles from './overview.module.css';

const Chart = lazy(async () => ({ default: (await import('./over-time-chart.tsx')).OverTimeChart }));

/** Categories named beside the picture; the table has them all. */
const named = 9;

export function EventsCard() {
  const address = useAddress();
  const { zone } = address;
  const question = questionOf({ ...address, filter: '' }).query;
  const answer = useAnswer('events.overTime', { ...question, zone });
  return (
    <Card
      area="events"
      title="Events"
      word="event"
      about={formatPeriod(address, zone).replace(/^All/, 'all')}
      answers={[answer]}
      way={<a href={hrefOf(address, { screen: 'events', filter: '' })}>All events</a>}
    >
      {() => <Content picture={answer.data as OverTime} />}
    </Card>
  );
}

function Content({ picture }: { picture: OverTime }) {
  const total = picture.categories.reduce((sum, { count }) => sum + count, 0);
  if (total > 0) return <Pictured picture={picture} total={total} />;
  return (
    <p className={screen.muted}>
      No event was observed in the imported logs in this period.{' '}
      <button type="button" className={styles.link} onClick={() => go({ from: null, to: null })}>
        Show all time
      </button>
    </p>
  );
}

function Pictured({ picture, total }: { picture: OverTime; total: number }) {
  const address = useAddress();
  const { zone } = address;
  const periodAt = (at: number) =>
    periodOf(
      picture.buckets.map((one) => ({ ...one, count: 0 })),
      at,
      at,
      address,
      zone,
    );
  const bare = useForcedColours();
  const count = picture.categories.length === named + 1 ? named + 1 : named;
  const marks = useMemo(
    () =>
      marksOf(
        picture.categories.map(({ category }) => category),
        count,
        bare,
      ),
    [picture, count, bare],
  );
  const [looked, setLooked] = useState<CategoryMark | null>(null);
  const looking = (place: number) => ({
    onPointerEnter: () => setLooked(markAt(marks, place)),
    onPointerLeave: () => setLooked(null),
    onFocus: () => setLooked(markAt(marks, place)),
    onBlur: () => setLooked(null),
  });
  const rest = picture.categories.length - count;
  return (
    <div className={styles.events}>
      <MarkPatterns />
      <div className={styles.plot}>
        <Suspense fallback={<div className={styles.ghost} />}>
          <Chart
            picture={picture}
            marks={marks}
            looked={looked}
            zone={zone}
            about={`${formatCounted(total, 'event')} ${unitWords[picture.unit]} and category. The figures stand in the table behind “Figures”.`}
            onPick={(at) => go({ screen: 'events', filter: '', ...periodAt(at) })}
          />
        </Suspense>
        <details className={styles.figures}>
          <summary>Figures {unitWords[picture.unit]}</summary>
          <div className={styles.table}>
            <table className={screen.table} aria-label={`Events ${unitWords[picture.unit]} and category`}>
              <thead>
                <tr>
                  <th>When</th>
                  {picture.categories.map(({ category }) => (
                    <th key={category} className={screen.number}>
                      {categoryLabel(category)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {picture.buckets.map((bucket, at) =>
                  bucket.counts.every((count) => count === 0) ? null : (
                    <tr key={bucket.from}>
                      <td className={screen.nowrap}>
                        <a href={hrefOf(address, { screen: 'events', filter: '', ...periodAt(at) })}>
                          {formatSpan(picture.unit, bucket, zone)}
                        </a>
                      </td>
                      {bucket.counts.map((count, place) => (
                        <td key={picture.categories[place]?.category} className={screen.number}>
                          {formatCount(count)}
                        </td>
                      ))}
                    </tr>
                  ),
                )}
              </tbody>
            </table>
          </div>
        </details>
      </div>
      <ul className={styles.legend} aria-label="Events by category">
        {picture.categories.slice(0, count).map(({ category, count }, place) => (
          <li key={category}>
            <a
              href={hrefOf(address, { screen: 'events', filter: filterOf([['category', category]]) })}
              {...looking(place)}
            >
              <Swatch mark={markAt(marks, place)} />
              <span className={styles.category}>{categoryLabel(category)}</span>
              <span className={styles.number}>{formatCount(count)}</span>
            </a>
          </li>
        ))}
        {rest > 1 ? (
          <li className={styles.rest}>
            <Swatch mark={markAt(marks, count)} />
            {formatCounted(rest, 'further category', 'further categories')}, in the figures
          </li>
        ) : null}
      </ul>
    </div>
  );
}
