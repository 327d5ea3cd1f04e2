// How fast long work goes, from its progress: over the last seconds, so that it follows a change yet does not jump.

import type { Progress } from '#core/model.ts';

const span = 4000; // ms looked back
const least = 400; // ms before a rate is said at all

/** A function that takes each progress as it comes and gives units per second, or null while it cannot tell. */
export function createRate(): (progress: Progress, now: number) => number | null {
  let stage: string | null = null;
  let seen: { at: number; done: number }[] = [];
  return (progress, now) => {
    if (progress.stage !== stage) seen = [];
    stage = progress.stage;
    seen.push({ at: now, done: progress.done });
    while (seen.length > 2 && now - (seen[0]?.at ?? now) > span) seen.shift();
    const first = seen[0];
    if (!first || now - first.at < least || progress.done <= first.done) return null;
    return ((progress.done - first.done) * 1000) / (now - first.at);
  };
}
