// How many events a question has. The first rows do not wait for the exact count, and neither waits for the other.

import { useAnswer } from '../engine/engine.ts';
import { pageOf, pageSize, type Question } from './question.ts';

export function useEvents(question: Question) {
  const first = useAnswer('events.window', pageOf(question, 0));
  const total = useAnswer('events.total', question.query);
  const known = total.data?.total ?? null;
  const firstRows = first.data?.rows.length ?? null;
  return {
    /** Exact; null while it is counted. */
    total: known,
    /** Rows that can be shown: all of them once counted, until then those of the first page; null before that. */
    rows: known ?? firstRows,
    /** There may be more rows than `rows`. */
    counting: known === null && (firstRows === null || firstRows === pageSize),
    error: total.error ?? first.error,
    askAgain: () => {
      void total.refetch();
      void first.refetch();
    },
  };
}
