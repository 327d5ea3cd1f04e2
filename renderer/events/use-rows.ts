// The rows a grid shows, fetched in pages by index. What is in sight is asked for at once, and what left it is
// cancelled, so that the newest place never waits for an older one; the pages beside it come when it is there.

import { useQueries } from '@tanstack/react-query';
import type { EventRow } from '#core/model.ts';
import { ask } from '../engine/engine.ts';
import { pageOf, pageSize, type Question } from './question.ts';

/** ms a page out of sight is kept for the way back. */
const keptFor = 120_000;

/** A function that gives row `index` of the result, or undefined until it is there. */
export function useRows(
  question: Question,
  first: number,
  end: number,
  rows: number,
): (index: number) => EventRow | undefined {
  const from = Math.floor(first / pageSize);
  const to = Math.max(from, Math.floor(Math.max(first, end - 1) / pageSize));
  const low = Math.max(0, from - 1);
  const high = Math.max(to, Math.min(to + 1, Math.ceil(rows / pageSize) - 1));
  const pageAt = (page: number, enabled: boolean) => ({
    queryKey: ['events.window', pageOf(question, page)],
    queryFn: ({ signal }: { signal: AbortSignal }) => ask('events.window', pageOf(question, page), signal),
    enabled,
    structuralSharing: false,
    gcTime: keptFor,
  });
  const inSight = useQueries({ queries: range(from, to).map((page) => pageAt(page, true)) });
  const isThere = inSight.every((answer) => answer.data !== undefined);
  useQueries({
    queries: range(low, high)
      .filter((page) => page < from || page > to)
      .map((page) => pageAt(page, isThere)),
  });
  return (index) => inSight[Math.floor(index / pageSize) - from]?.data?.rows[index % pageSize];
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at);
