// Thins progress to ten a second. The first of a burst goes out at once; what is held back is the newest, and it
// is sent when its time comes or when the work ends, so that the last figure a person sees is the true one.

import type { Progress } from '#core/model.ts';

const interval = 100; // ms

/** Passes progress on to `send`, at most once per 100 ms. `flush` sends what is held back. */
export function thinProgress(send: (progress: Progress) => void): {
  report(progress: Progress): void;
  flush(): void;
} {
  let held: Progress | undefined;
  let last = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (!held) return;
    const progress = held;
    held = undefined;
    last = performance.now();
    send(progress);
  }

  return {
    report(progress) {
      held = progress;
      const wait = last + interval - performance.now();
      if (wait <= 0) flush();
      // Synchronous work never lets this timer fire; then the next report or the final flush sends it.
      else timer ??= setTimeout(flush, wait);
    },
    flush,
  };
}
