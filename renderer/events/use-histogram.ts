// The events of a view over time. While another view is counted the last picture stays, but says that it is not this one's.

import { useRef } from 'react';
import type { EventQuery } from '#core/model.ts';
import type { Histogram } from '#core/query/summaries.ts';
import { useAnswer } from '../engine/engine.ts';

/** `known`: `picture` is of this query; else it is the last one, to be shown without its figures. */
export type OverTime = { picture: Histogram | null; state: 'known' | 'counting' | 'standing' };

/** `isSound`: the filter can be asked; where it cannot, everything stands still. */
export function useHistogram(query: EventQuery, isSound: boolean): OverTime {
  const answer = useAnswer('events.histogram', query, { enabled: isSound });
  const last = useRef<Histogram | null>(null);
  const isKnown = isSound && answer.data !== undefined && !answer.isFetching;
  if (isKnown) last.current = answer.data;
  return {
    picture: last.current,
    state: isKnown ? 'known' : isSound && answer.isFetching ? 'counting' : 'standing',
  };
}
