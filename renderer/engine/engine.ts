// The one connection of this window, and questions to it as React state. Answers are kept until the log grows or
// another engine answers: the log is never edited, so an answer does not age by itself.

import {
  QueryClient as Queries,
  type QueryClient,
  type UseQueryResult,
  useQuery,
} from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { Input, NamesOfKind, Output } from '#core/contract.ts';
import { isCallError } from '#core/rpc/client.ts';
import type { EngineState } from '#preload/desktop-api.ts';
import { openConnection } from './connection.ts';
import { watchLoading } from './loading.ts';

export const connection = openConnection(window.exhibit);

export const queries: QueryClient = new Queries({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      networkMode: 'always',
      // An engine that went away is replaced; anything else would fail the same way again.
      retry: (times, error) => times < 3 && isCallError(error) && error.code === 'engine-gone',
      retryDelay: 300,
    },
  },
});

let answered = connection.generation();
connection.subscribe(() => {
  if (connection.generation() === answered) return;
  answered = connection.generation();
  void queries.invalidateQueries();
});

/** Call when the log has grown: every figure on screen is asked for again. */
export const askAgain = (): Promise<void> => queries.invalidateQueries();

export async function ask<N extends NamesOfKind<'query'>>(
  name: N,
  input: Input<N>,
  signal?: AbortSignal,
): Promise<Output<N>> {
  const client = await connection.client();
  return watchLoading((onProgress) =>
    client.query(name, input, { onProgress, ...(signal ? { signal } : {}) }),
  );
}

/** One question for as long as the component shows; `enabled: false` leaves it unasked. */
export function useAnswer<N extends NamesOfKind<'query'>>(
  name: N,
  input: Input<N>,
  options: { enabled?: boolean } = {},
): UseQueryResult<Output<N>> {
  return useQuery<Output<N>>({
    queryKey: [name, input],
    queryFn: ({ signal }) => ask(name, input, signal),
    enabled: options.enabled ?? true,
  });
}

export function useEngineState(): EngineState {
  return useSyncExternalStore(connection.subscribe, connection.state);
}
