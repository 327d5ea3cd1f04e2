// The rows a grid shows, fetched in pages by index. While a place is fetched the rows of the last one stay in sight, so
// that dragging the scrollbar through a long list shows rows and not blanks; one place is asked for at a time, and the
// next one is the newest. Pages beside what is shown come when it is there.

import { useQueries } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { EventRow } from '#core/model.ts';
import { ask, queries } from '../engine/engine.ts';
import { keyOf, pageOf, pageSize, type Question } from './question.ts';

/** ms a page out of sight is kept for the way back. */
const keptFor = 120_000;
/** ms a place is waited for before a newer one is asked for all the same; the older one is then cancelled. */
const overtakenAfter = 150;
/** ms after which a place that was gone to is shown without its rows. */
const heldFor = 250;

type Pages = [from: number, to: number];

/**
 * What to show of a question when it is scrolled to `target`: the `offset` that has its rows, and those rows.
 * `seen` gives the rows, `[first, end)`, that an offset shows. A row is undefined until it is there.
 */
export function useRows(
  question: Question,
  target: number,
  seen: (offset: number) => [first: number, end: number],
  rows: number,
): { offset: number; rowAt(index: number): EventRow | undefined } {
  const key = keyOf(question);
  const pagesAt = (offset: number): Pages => {
    const [first, end] = seen(offset);
    const from = Math.floor(first / pageSize);
    return [from, Math.max(from, Math.floor(Math.max(first, end - 1) / pageSize))];
  };
  const has = (page: number) => queries.getQueryData(callOf(question, page)) !== undefined;
  const isReady = (offset: number) => range(pagesAt(offset)).every(has);

  const [asked, setAsked] = useState({ key, offset: target });
  const [waited, setWaited] = useState<number | null>(null);
  const held = useRef({ key, offset: target });
  const asking = asked.key === key ? asked.offset : target;
  const candidates = held.current.key === key && waited !== target ? [asking, held.current.offset] : [asking];
  const offset = isReady(target) ? target : (candidates.find(isReady) ?? target);
  held.current = { key, offset };

  const [from, to] = pagesAt(offset);
  const wanted = new Set([...range([from, to]), ...range(pagesAt(asking))]);
  const last = Math.max(to, Math.ceil(rows / pageSize) - 1);
  const beside = [from - 1, to + 1].filter((page) => page >= 0 && page <= last && !wanted.has(page));
  const isThere = [...wanted].every(has);
  const pages = [...wanted, ...beside];
  const answers = useQueries({
    queries: pages.map((page) => ({
      queryKey: callOf(question, page),
      queryFn: ({ signal }: { signal: AbortSignal }) => ask('events.window', pageOf(question, page), signal),
      enabled: wanted.has(page) || isThere,
      structuralSharing: false,
      gcTime: keptFor,
    })),
  });

  const isAsking = range(pagesAt(asking)).some((page) => answers[pages.indexOf(page)]?.isFetching);
  const isBehind = asked.key !== key || asking !== target;
  useEffect(() => {
    if (!isBehind) return;
    const timer = setTimeout(() => setAsked({ key, offset: target }), isAsking ? overtakenAfter : 0);
    return () => clearTimeout(timer);
  }, [isBehind, isAsking, key, target]);
  useEffect(() => {
    if (offset === target) return;
    const timer = setTimeout(() => setWaited(target), heldFor);
    return () => clearTimeout(timer);
  }, [offset, target]);

  return {
    offset,
    rowAt: (index) => {
      const page = Math.floor(index / pageSize);
      return answers[pages.indexOf(page)]?.data?.rows[index % pageSize];
    },
  };
}

const callOf = (question: Question, page: number) => ['events.window', pageOf(question, page)] as const;

const range = ([from, to]: Pages): number[] => Array.from({ length: to - from + 1 }, (_, at) => from + at);
