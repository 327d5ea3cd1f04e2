// Who may write to the log now. A sync and an import run side by side, as long as one of them only reads: SQLite has one
// writer, and who waits here waits in line, says so and can be cancelled, which who waits for SQLite's lock cannot.

import type { CallContext } from '#core/engine.ts';

export type Turns = {
  /** Stands in line; `onTurn` is called at once where nobody is before. The function it returns goes away again. */
  take(onTurn: () => void): () => void;
};

/** A line in which nobody stands yet. */
export function createTurns(): Turns {
  const line: { onTurn: () => void }[] = [];
  return {
    take(onTurn) {
      const own = { onTurn };
      line.push(own);
      if (line[0] === own) onTurn();
      return () => {
        const place = line.indexOf(own);
        if (place < 0) return;
        line.splice(place, 1);
        if (place === 0) line[0]?.onTurn();
      };
    },
  };
}

/** From a thread: it wants its turn, or is done with it. */
export type TurnAsked = { kind: 'turn-asked' } | { kind: 'turn-over' };

/** The end of a thread, which asks for one turn at a time. `receive` takes the answer. */
export function createTurnClient(post: (asked: TurnAsked) => void): {
  turn(signal: AbortSignal): CallContext['turn'];
  receive(): void;
} {
  let onTurn = () => {};
  return {
    turn: (signal) => async (work) => {
      try {
        await new Promise<void>((resolve, reject) => {
          signal.throwIfAborted();
          onTurn = resolve;
          signal.addEventListener('abort', () => reject(signal.reason), { once: true });
          post({ kind: 'turn-asked' });
        });
        return await work();
      } finally {
        post({ kind: 'turn-over' });
      }
    },
    receive: () => onTurn(),
  };
}
