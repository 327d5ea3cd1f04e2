// The rows a grid shows, fetched in pages by index. While somebody drags the scrollbar nothing is asked for: only
// where the scrolling rests; pages that were seen are kept for the way back.

import { useQueries } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { EventQuery, EventRow } from '#core/model.ts';
import { ask } from '../engine/engine.ts';

export const pageSize = 100;
const rest = 70; // ms without scrolling after a jump

/** A function that gives row `index` of the result, or undefined until it is there. */
export function useRows(
  query: EventQuery,
  first: number,
  end: number,
): (index: number) => EventRow | undefined {
  const from = Math.floor(first / pageSize);
  const to = Math.max(from, Math.floor(Math.max(first, end - 1) / pageSize));
  const [asked, setAsked] = useState({ from, to });
  const isJump = from > asked.to + 1 || to < asked.from - 1;
  useEffect(() => {
    if (from === asked.from && to === asked.to) return;
    const timer = setTimeout(() => setAsked({ from, to }), isJump ? rest : 0);
    return () => clearTimeout(timer);
  }, [from, to, asked, isJump]);

  const pages = Array.from({ length: to - from + 1 }, (_, at) => from + at);
  const answers = useQueries({
    queries: pages.map((page) => ({
      queryKey: ['events.window', pageOf(query, page)],
      queryFn: ({ signal }: { signal: AbortSignal }) => ask('events.window', pageOf(query, page), signal),
      enabled: page >= asked.from && page <= asked.to,
      structuralSharing: false,
    })),
  });
  return (index) => answers[Math.floor(index / pageSize) - from]?.data?.rows[index % pageSize];
}

const pageOf = (query: EventQuery, page: number) => ({ ...query, first: page * pageSize, limit: pageSize });
