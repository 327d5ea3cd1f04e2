// The inside of a worker thread: takes one call at a time from the host, runs its handler, answers. What the
// handlers are is the entry file's business (worker.ts), so that tests can run handlers that hang or crash.

import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { createContext } from '#core/context.ts';
import type { CallName, Input } from '#core/contract.ts';
import type { CallContext, Handlers } from '#core/engine.ts';
import { AppError, toErrorShape } from '#core/errors.ts';
import { grow } from './grow.ts';
import { thinProgress } from './progress.ts';
import type { GrantedPath, Reply } from './protocol.ts';
import { createSecretClient, type SecretAnswered, type SecretAsked } from './secret-calls.ts';
import { type ColumnsNews, createSharedColumns } from './shared-columns.ts';
import { createTurnClient, type TurnAsked } from './turns.ts';
import { warmReviews } from './warm-reviews.ts';
import { createWebClient, type WebAnswered, type WebAsked } from './web-calls.ts';

/** What the host starts a thread with. */
export type ThreadData = {
  workspace: string;
  sqliteBinding: string | undefined;
  /** One Int32: the number of the call that is to stop. Readable while a synchronous handler blocks the messages. */
  cancelled: SharedArrayBuffer;
  /** `call`: the thread closes its databases before it answers, and is not asked again. */
  lifetime: 'call' | 'host';
};

/** A call of the contract, or the host's own: the columns of the log, grown from those it has; the ledger, carried on. */
export type ThreadCall = CallName | 'columns.grow' | 'reviews.warm';

/** To the host: answers to its calls, and once in a while a wish. */
export type ThreadReply = Reply | { kind: 'wants-columns' } | SecretAsked | TurnAsked | WebAsked;

/** From the host. The host sends a call only when the one before is answered, and only with the grants it names. */
export type ThreadRequest =
  | { kind: 'call'; id: number; name: ThreadCall; input: unknown; grants: [string, GrantedPath][] }
  | ColumnsNews
  | SecretAnswered
  | WebAnswered
  /** It may write now. */
  | { kind: 'turn' }
  /** Wakes an idle event loop; what counts is the number in `cancelled`. */
  | { kind: 'cancel' }
  /** Close the databases and end. */
  | { kind: 'close' };

type AnyHandler = (input: Input<CallName>, context: CallContext) => unknown;

/** Serves the host from this worker thread with these handlers until it is told to close. */
export function serveThread(handlers: Handlers): void {
  const port = parentPort as MessagePort;
  const { workspace, sqliteBinding, cancelled, lifetime } = workerData as ThreadData;
  const cancelledCall = new Int32Array(cancelled);
  const grants = new Map<string, GrantedPath>();
  const post = (reply: ThreadReply) => port.postMessage(reply);
  const columns = createSharedColumns(() => post({ kind: 'wants-columns' }));
  const { secrets, receive: receiveSecret } = createSecretClient(post);
  const { fetch, receive: receiveWeb } = createWebClient(post);
  const { turn, receive: receiveTurn } = createTurnClient(post);
  const inner = {
    ...handlers,
    'columns.grow': grow,
    'reviews.warm': (_input: unknown, own: CallContext) => warmReviews(own),
  };

  // Stands for "no call": the thread's context outlives its calls, each call brings its own signal and progress.
  const context = createContext({
    workspace,
    sqliteBinding,
    grants,
    signal: new AbortController().signal,
    progress: () => {},
    // The engine's process has done that; a reader that tried would wait for a running import.
    creates: false,
    columns: columns.access,
    secrets,
    fetch,
  });
  let stopIfCancelled = () => {};
  let answered: Promise<void> = Promise.resolve();

  port.on('message', (request: ThreadRequest) => {
    if (request.kind === 'call') answered = answer(request);
    else if (request.kind === 'cancel') stopIfCancelled();
    else if (request.kind === 'close') void answered.then(end);
    else if (request.kind === 'secret-answered') receiveSecret(request);
    else if (request.kind === 'web-answered') receiveWeb(request);
    else if (request.kind === 'turn') receiveTurn();
    else columns.receive(request);
  });

  // Without its port nothing keeps the thread alive.
  function end(): void {
    if (lifetime === 'host') context.close();
    port.close();
  }

  async function answer({ id, name, input, grants: named }: ThreadRequest & { kind: 'call' }): Promise<void> {
    const stop = new AbortController();
    stopIfCancelled = () => {
      if (Atomics.load(cancelledCall, 0) === id && !stop.signal.aborted) {
        stop.abort(new AppError('cancelled', 'Cancelled.'));
      }
    };
    const progress = thinProgress((value) => post({ kind: 'progress', id, progress: value }));
    grants.clear();
    for (const [key, grant] of named) grants.set(key, grant);
    const reply = await settle(id, async () => {
      stopIfCancelled();
      stop.signal.throwIfAborted();
      const handler = inner[name] as AnyHandler;
      try {
        return await handler(input as Input<CallName>, {
          ...context,
          signal: stop.signal,
          turn: turn(stop.signal),
          // A handler that never yields cannot receive a message, but it does report progress.
          progress: (value) => {
            stopIfCancelled();
            progress.report(value);
          },
        });
      } finally {
        if (lifetime === 'call') context.close();
      }
    });
    stopIfCancelled = () => {};
    progress.flush();
    post(reply);
  }
}

async function settle(id: number, work: () => Promise<unknown>): Promise<Reply> {
  try {
    return { kind: 'result', id, value: await work() };
  } catch (thrown) {
    const error = toErrorShape(thrown);
    // The sentence is for the person; the stack of a bug is for whoever reads the console.
    if (error.code === 'internal') console.error(thrown);
    return { kind: 'error', id, error };
  }
}
