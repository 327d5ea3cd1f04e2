// Changes of a review by category and stretch of time.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Category } from '#core/model.ts';
import { changesOverTime, stretchWords } from '../../renderer/changes/over-time.ts';

const of = (from: string, to: string, days: [string, Category, number][], zone = 'UTC') =>
  changesOverTime({
    fromTime: `${from}T00:00:00.000Z`,
    toTime: `${to}T00:00:00.000Z`,
    zone,
    days: days.map(([day, category, count]) => ({ day, category, count })),
  });

describe('changes over time', () => {
  test('are counted by day and category, days without one included', () => {
    const { unit, categories, stretches, most } = of('2026-02-01', '2026-02-04', [
      ['2026-02-01', 'config.changed', 2],
      ['2026-02-03', 'config.changed', 1],
      ['2026-02-03', 'deployment', 4],
    ]);
    expect([unit, most]).toEqual(['day', 5]);
    expect(categories).toEqual([
      { category: 'deployment', count: 4 },
      { category: 'config.changed', count: 3 },
    ]);
    expect(stretches.map(({ from, counts }) => [from, counts])).toEqual([
      ['2026-02-01', [0, 2]],
      ['2026-02-02', [0, 0]],
      ['2026-02-03', [4, 1]],
    ]);
  });

  test('are gathered in weeks from Monday on, and in months, where days would be too many', () => {
    const weeks = of('2026-01-01', '2026-12-31', []);
    expect([weeks.unit, stretchWords(weeks.stretches[0] as never), weeks.stretches[1]?.from]).toEqual([
      'week',
      '1 Jan 2026 – 4 Jan 2026',
      '2026-01-05',
    ]);
    const months = of('2020-01-15', '2026-12-31', []);
    expect([months.unit, months.stretches[0]?.to, months.stretches[1]?.from]).toEqual([
      'month',
      '2020-01-31',
      '2020-02-01',
    ]);
  });

  test('are all in one stretch or another, whatever the period and its zone', () => {
    const day = fc.integer({ min: 0, max: 3000 });
    const date = (n: number) => new Date(Date.UTC(2020, 0, 1) + n * 86_400_000).toISOString().slice(0, 10);
    fc.assert(
      fc.property(day, day, fc.array(fc.tuple(day, fc.nat(9))), (a, b, counts) => {
        const [first, last] = [Math.min(a, b), Math.max(a, b) + 1];
        const within = counts.filter(([n]) => n >= first && n < last);
        const { stretches } = of(
          date(first),
          date(last),
          within.map(([n, count]) => [date(n), 'deployment', count]),
        );
        const sum = stretches.reduce((all, { total }) => all + total, 0);
        expect(sum).toBe(within.reduce((all, [, count]) => all + count, 0));
        expect([stretches[0]?.from, stretches.at(-1)?.to]).toEqual([date(first), date(last - 1)]);
      }),
    );
  });
});
