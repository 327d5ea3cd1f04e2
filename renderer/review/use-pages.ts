// Rows of a long answer by index, fetched in pages for what is in sight. Pages once fetched stay for the way back.

import { useQueries } from '@tanstack/react-query';
import type { Input, NamesOfKind, Output } from '#core/contract.ts';
import { ask } from '../engine/engine.ts';

const size = 100;

/** Calls that give a page of rows and how many there are in all. */
export type PagedCall = {
  [N in NamesOfKind<'query'>]: Output<N> extends { total: number; rows: unknown[] } ? N : never;
}[NamesOfKind<'query'>];
export type RowOf<N extends PagedCall> = Output<N>['rows'][number];
/** A call's input without its page. */
export type Asked<N extends PagedCall> = Omit<Input<N>, 'first' | 'limit'>;

/** Reads the rows `[first, end)`; a row is undefined until it is there. The first page is always held: it says how many. */
export function usePages<N extends PagedCall>(
  name: N,
  asked: Asked<N>,
  first: number,
  end: number,
  isAsked: boolean,
) {
  const [from, to] = [Math.floor(first / size), Math.floor(Math.max(first, end - 1) / size)];
  const pages = [...new Set([0, ...Array.from({ length: to - from + 1 }, (_, at) => from + at)])];
  const answers = useQueries({
    queries: pages.map((page) => {
      const input = { ...asked, first: page * size, limit: size } as unknown as Input<N>;
      return {
        queryKey: [name, input],
        queryFn: ({ signal }: { signal: AbortSignal }) => ask(name, input, signal),
        enabled: isAsked,
        structuralSharing: false,
      };
    }),
  });
  const opening = answers[0];
  return {
    /** The first page's whole answer. */
    opening: opening?.data as Output<N> | undefined,
    /** How many rows there are; null while that is not known. */
    total: (opening?.data?.total as number | undefined) ?? null,
    error: answers.find(({ error }) => error)?.error ?? null,
    askAgain: () => {
      for (const answer of answers) if (answer.error || !answer.data) void answer.refetch();
    },
    /** One of the rows that are held. */
    find: (is: (row: RowOf<N>) => boolean): RowOf<N> | undefined => {
      for (const { data } of answers) {
        const found = (data?.rows as RowOf<N>[] | undefined)?.find(is);
        if (found !== undefined) return found;
      }
      return undefined;
    },
    rowAt: (index: number): RowOf<N> | undefined =>
      answers[pages.indexOf(Math.floor(index / size))]?.data?.rows[index % size] as RowOf<N> | undefined,
  };
}
