// Keeps a long synchronous loop polite: lets the event loop turn (so that a cancel can arrive), stops when asked to,
// and reports progress no more often than somebody can read.

import { AppError } from '#core/errors.ts';
import type { Progress } from '#core/model.ts';

const turnMs = 25;
const reportMs = 100;

export type Pace = {
  /** Call often; cheap. Gives other work a turn every 25 ms and throws AppError('cancelled') once aborted. */
  turn(): Promise<void> | undefined;
  /** Throws AppError('cancelled') once aborted. */
  check(): void;
  /** Reports a stage at most ten times a second; the first call of a stage always. */
  report(stage: string, done: number, total: number | null, unit: string): void;
};

/** When work began, and how long it has taken since in ms: measured, so that a computer's clock that is set meanwhile changes nothing. */
export type Stopwatch = { startedAt: number; ms(): number };

/** Begins to measure. */
export function startStopwatch(): Stopwatch {
  const begun = performance.now();
  return { startedAt: Date.now(), ms: () => Math.round(performance.now() - begun) };
}

/** A pace for one job. */
export function createPace(signal: AbortSignal, progress: (p: Progress) => void): Pace {
  let lastTurn = performance.now();
  let lastReport = 0;
  let lastStage = '';
  const check = () => {
    if (signal.aborted) throw new AppError('cancelled', 'Cancelled. Nothing was left behind.');
  };
  return {
    check,
    turn() {
      if (performance.now() - lastTurn < turnMs) return undefined;
      return new Promise((resolve) => setImmediate(resolve)).then(() => {
        lastTurn = performance.now();
        check();
      });
    },
    report(stage, done, total, unit) {
      const now = performance.now();
      if (stage === lastStage && now - lastReport < reportMs) return;
      lastStage = stage;
      lastReport = now;
      progress({ stage, done, total, unit });
    },
  };
}
