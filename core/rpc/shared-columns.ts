// The columns of the log, shared: one thread reads them, the host hands them on, and the readers' threads look
// into the same memory. A reader that finds the log longer than its columns asks for newer ones and waits.

import { type Columns, isIntact } from '#core/browse/columns.ts';
import type { ColumnsAccess } from '#core/browse/columns-access.ts';
import { areOfLog } from '#core/browse/grow-columns.ts';
import { AppError, type ErrorShape } from '#core/errors.ts';
import type { Progress } from '#core/model.ts';

/** What the host tells readers about the columns. */
export type ColumnsNews =
  | { kind: 'columns'; columns: Columns }
  | { kind: 'columns-progress'; progress: Progress }
  | { kind: 'columns-failed'; error: ErrorShape };

/** The end of a thread that reads; `want` asks the host for columns of the log as it is by now. */
export function createSharedColumns(want: () => void): {
  access: ColumnsAccess;
  receive(news: ColumnsNews): void;
} {
  let held: Columns | null = null;
  // A thread has one call at a time, so there is one at most that waits.
  let onNews: (news: ColumnsNews) => void = () => {};

  const access: ColumnsAccess = {
    now: (store) => (held && areOfLog(held, store) && isIntact(held) ? held : null),
    async soon(store, { signal, progress }) {
      for (;;) {
        signal.throwIfAborted();
        const columns = access.now(store);
        if (columns) return columns;
        want();
        await new Promise<void>((resolve, reject) => {
          const stop = () => reject(signal.reason);
          signal.addEventListener('abort', stop, { once: true });
          onNews = (news) => {
            if (news.kind === 'columns-progress') return progress(news.progress);
            signal.removeEventListener('abort', stop);
            onNews = () => {};
            if (news.kind === 'columns') resolve();
            else reject(new AppError(news.error.code, news.error.message));
          };
        });
      }
    },
  };
  return {
    access,
    receive(news) {
      if (news.kind === 'columns') held = news.columns;
      onNews(news);
    },
  };
}

/** The host's end: has the columns read, one growth at a time, and tells everybody. */
export function createColumnsKeeper(
  grow: (held: Columns | null, onProgress: (progress: Progress) => void) => Promise<Columns>,
  tell: (news: ColumnsNews) => void,
): { want(): void } {
  let held: Columns | null = null;
  let isGrowing = false;
  return {
    want() {
      if (isGrowing) return;
      isGrowing = true;
      grow(held, (progress) => tell({ kind: 'columns-progress', progress }))
        .then(
          (columns): ColumnsNews => {
            held = columns;
            return { kind: 'columns', columns };
          },
          (error: ErrorShape): ColumnsNews => ({ kind: 'columns-failed', error }),
        )
        .then((news) => {
          isGrowing = false;
          tell(news);
        });
    },
  };
}
