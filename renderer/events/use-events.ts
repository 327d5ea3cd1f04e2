// How many events a question has, and which question the grid shows meanwhile: the old rows stay until the first
// new ones are there, and the first new ones do not wait for the exact count.

import { useState } from 'react';
import type { EventQuery } from '#core/model.ts';
import { useAnswer } from '../engine/engine.ts';
import { pageSize } from './use-rows.ts';

export type Shown = { query: EventQuery; rows: number };

export function useEvents(query: EventQuery) {
  const window = useAnswer('events.window', { ...query, first: 0, limit: pageSize });
  const total = useAnswer('events.total', query);
  const [shown, setShown] = useState<Shown | null>(null);

  const known = total.data?.total ?? null;
  const first = window.data?.rows.length ?? null;
  const rows = known ?? first;
  if (rows !== null && (shown === null || shown.rows !== rows || !isSame(shown.query, query))) {
    setShown({ query, rows });
  }
  const isAnswered = shown !== null && isSame(shown.query, query);
  const error = total.error ?? window.error;
  return {
    shown,
    total: known,
    /** The rows shown are of this question, yet there may be more of them. */
    counting: isAnswered && known === null,
    /** The rows shown are of an earlier question. */
    isOld: !isAnswered || error !== null,
    error,
    askAgain: () => {
      void total.refetch();
      void window.refetch();
    },
  };
}

const isSame = (a: EventQuery, b: EventQuery): boolean =>
  a.filter === b.filter && a.from === b.from && a.to === b.to && a.zone === b.zone;
