// Ties a scrolling element to an offset within the rows. In a scaled range the wheel is taken over: a notch moves
// as many rows as in a short list, where the plain scrollbar would leap.

import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { isScaled, offsetAt, offsetShowing, rangeOf, rowHeight, scrollTopAt } from './scroll.ts';

const headHeight = 30;
/** Where each list was left, so that coming back to it is coming back to the same rows. */
const left = new Map<string, number>();

/** `rows` may grow while `counting`; `name` is the list's own, and another one begins where it was left, or on top. */
export function useScroll(
  element: RefObject<HTMLElement | null>,
  rows: number,
  counting: boolean,
  name: string,
) {
  const [view, setView] = useState(600);
  const [place, setPlace] = useState({ offset: 0, top: 0 });
  const range = rangeOf(rows, Math.min(view, rows * rowHeight));
  const latest = useRef({ range, place });
  latest.current = { range, place };
  /** Where to go as soon as there are that many rows; null once the person has been there, or elsewhere. */
  const wanted = useRef<number | null>(null);

  const set = (next: { offset: number; top: number }) => {
    latest.current.place = next;
    if (wanted.current === null) left.set(name, next.offset);
    setPlace(next);
  };
  const scrollTo = (offset: number) => {
    const most = Math.max(0, latest.current.range.content - latest.current.range.view);
    const clamped = Math.round(Math.min(Math.max(0, offset), most));
    const top = scrollTopAt(clamped, latest.current.range);
    set({ offset: clamped, top });
    if (element.current) element.current.scrollTop = top;
  };
  const scrollToLatest = useRef(scrollTo);
  scrollToLatest.current = scrollTo;

  useLayoutEffect(() => {
    const seen = element.current;
    if (!seen) return;
    const measure = () => setView(Math.max(rowHeight, seen.clientHeight - headHeight));
    const observer = new ResizeObserver(measure);
    observer.observe(seen);
    measure();
    return () => observer.disconnect();
  }, [element]);

  useLayoutEffect(() => {
    wanted.current = left.get(name) ?? 0;
  }, [name]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list, or more rows, and the place can be reached
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    scrollToLatest.current(wanted.current);
    if (!counting) wanted.current = null;
  }, [name, rows, counting]);

  useEffect(() => {
    const seen = element.current;
    if (!seen) return;
    const onWheel = (event: WheelEvent) => {
      if (!isScaled(latest.current.range) || event.ctrlKey || event.deltaY === 0) return;
      event.preventDefault();
      wanted.current = null;
      const step = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? rowHeight : 1;
      scrollToLatest.current(latest.current.place.offset + event.deltaY * step);
    };
    seen.addEventListener('wheel', onWheel, { passive: false });
    return () => seen.removeEventListener('wheel', onWheel);
  }, [element]);

  return {
    range,
    offset: place.offset,
    top: place.top,
    onScroll: () => {
      const top = element.current?.scrollTop ?? 0;
      // What this hook set itself comes back rounded; then the exact offset is kept.
      if (Math.abs(top - latest.current.place.top) < 1) return;
      wanted.current = null;
      // Before this frame is painted: the rows have moved already.
      flushSync(() => set({ offset: offsetAt(top, latest.current.range), top }));
    },
    show: (index: number) => {
      wanted.current = null;
      const { range, place } = latest.current;
      const offset = offsetShowing(index, place.offset, range);
      if (offset !== place.offset) scrollTo(offset);
    },
    /** Brings a row to the middle, as after a jump. */
    showMiddle: (index: number) => {
      wanted.current = null;
      scrollTo(index * rowHeight - (latest.current.range.view - rowHeight) / 2);
    },
    showColumn: (column: number) => {
      const seen = element.current;
      const cell = seen?.querySelectorAll<HTMLElement>('[role="columnheader"]')[column];
      if (!seen || !cell) return;
      const start = cell.offsetLeft;
      const end = start + cell.offsetWidth;
      if (start < seen.scrollLeft) seen.scrollLeft = start;
      else if (end > seen.scrollLeft + seen.clientWidth) seen.scrollLeft = end - seen.clientWidth;
    },
  };
}
