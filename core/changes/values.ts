// What value a track had at an instant, and how that is known.

import type { Certainty } from '#core/review-model.ts';
import { placeAt, type Sequences } from '#core/store/sequences.ts';
import type { FoundBaseline } from './baseline.ts';

/**
 * A value: its code (see TrackIndex.codeOf), where it stands (`at` is a place in the columns of the tracks, `side`
 * which value of that event), or the baseline that says it.
 */
export type FoundValue = {
  certainty: Certainty;
  code: number;
  at: number | null;
  side: 'old' | 'new' | null;
  baseline: string | null;
};

const nothing: FoundValue = { certainty: 'unknown', code: 0, at: null, side: null, baseline: null };

/**
 * The value of a track at `time` (exclusive): the new value of the last event before it; else the old value of the
 * first event after it; else what a baseline says. An event that says no new value asserts none, and what a baseline
 * said before it no longer holds.
 */
export function valueAt(
  tracks: Sequences,
  track: number,
  time: number,
  baselineOf: ((track: number, before: number) => FoundBaseline | null) | null,
): FoundValue {
  const { starts, times, first: olds, second: news } = tracks;
  const place = placeAt(tracks, track, time);
  const hasBefore = place > (starts[track] as number);
  const asserted = hasBefore ? (news[place - 1] as number) : 0;
  if (asserted !== 0)
    return { certainty: 'asserted', code: asserted, at: place - 1, side: 'new', baseline: null };
  const inferred = place < (starts[track + 1] as number) ? (olds[place] as number) : 0;
  if (inferred !== 0)
    return { certainty: 'inferred', code: inferred, at: place, side: 'old', baseline: null };
  const found = baselineOf?.(track, time) ?? null;
  if (found === null || (hasBefore && found.time <= (times[place - 1] as number))) return nothing;
  return { certainty: 'baseline', code: found.code, at: null, side: null, baseline: found.value };
}
