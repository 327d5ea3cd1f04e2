// A lane: worker threads of one sort, and the calls that wait for them. Each thread has one call at a time and the
// queue stays here, so that a thread that dies takes one call with it, and a waiting call is cancelled for free.
// Threads are started when there is work for them and replaced the same way; nothing spins when they keep dying.

import { Worker } from 'node:worker_threads';
import type { ErrorShape } from '#core/errors.ts';
import type { Progress } from '#core/model.ts';
import type { Secrets } from '#core/secrets.ts';
import type { WebFetch } from '#core/sync/client.ts';
import type { GrantedPath } from './protocol.ts';
import { answerSecret } from './secret-calls.ts';
import type { ColumnsNews } from './shared-columns.ts';
import type { ThreadCall, ThreadData, ThreadReply, ThreadRequest } from './thread.ts';
import type { Turns } from './turns.ts';
import { createWebServer } from './web-calls.ts';

export type Outcome = { ok: true; value: unknown } | { ok: false; error: ErrorShape };

export type Task = {
  name: ThreadCall;
  input: unknown;
  grants: [string, GrantedPath][];
  onProgress(progress: Progress): void;
  /** Called exactly once. */
  onDone(outcome: Outcome): void;
};

export type LaneOptions = {
  /** Entry file of the threads. */
  entry: URL;
  workspace: string;
  sqliteBinding: string | undefined;
  /** How many threads at most. */
  size: number;
  /** Starts one before the first call: loading the code takes longer than most calls. */
  warm?: boolean;
  /** `host`: threads keep their databases open from call to call. `call`: a fresh thread for each. */
  lifetime: ThreadData['lifetime'];
  /** Told, as progress, to whoever has to wait for a thread. */
  waiting?: string;
  /** A thread needs columns of the log as it is now. */
  onColumnsWanted?: () => void;
  /** Answers the threads' wishes for secrets. */
  secrets: Secrets;
  /** Answers their requests to the network. */
  fetch: WebFetch;
  /** Where its threads wait for their turn to write. */
  turns: Turns;
  /** How long a cancelled call may take to stop by itself before its thread is ended, in ms. */
  grace: number;
};

export type Lane = {
  /** Queues a call. The function it returns cancels it. */
  run(task: Task): () => void;
  /** Passes news of the columns on to the threads there are; later ones learn of the columns when they start. */
  tell(news: ColumnsNews): void;
  /** Cancels everything and ends the threads; settles when their databases are closed. */
  close(): Promise<void>;
};

type Running = { id: number; task: Task; cancelled: boolean; deadline: NodeJS.Timeout | undefined };
type Thread = {
  worker: Worker;
  cancelled: Int32Array;
  running: Running | undefined;
  ended: Promise<void>;
  web: ReturnType<typeof createWebServer>;
  /** Gives its turn back, or leaves the line. */
  endTurn: (() => void) | undefined;
};

const queued = (note: string): Progress => ({ stage: 'queued', done: 0, total: null, unit: '', note });

const cancelledOutcome: Outcome = { ok: false, error: { code: 'cancelled', message: 'Cancelled.' } };

/** Opens a lane; unless it is warm, no thread is started before the first call. */
export function openLane(options: LaneOptions): Lane {
  const queue: Task[] = [];
  const threads = new Set<Thread>();
  let nextId = 1;
  let columns: ColumnsNews | undefined;
  let closing = false;

  function pump(): void {
    while (queue.length > 0) {
      const thread = idleThread() ?? (threads.size < options.size ? startThread() : undefined);
      if (!thread) return;
      start(thread, queue.shift() as Task);
    }
  }

  function idleThread(): Thread | undefined {
    if (options.lifetime === 'call') return undefined;
    return [...threads].find((thread) => !thread.running);
  }

  function startThread(): Thread {
    const cancelled = new SharedArrayBuffer(4);
    const { workspace, sqliteBinding, lifetime } = options;
    const workerData: ThreadData = { workspace, sqliteBinding, cancelled, lifetime };
    const worker = new Worker(options.entry, { workerData });
    let cause: unknown;
    const thread: Thread = {
      worker,
      cancelled: new Int32Array(cancelled),
      running: undefined,
      endTurn: undefined,
      web: createWebServer(options.fetch, (answer) => send(thread, answer)),
      ended: new Promise((resolve) => {
        worker.on('exit', () => {
          threads.delete(thread);
          thread.web.close();
          // Its databases are closed by now, and SQLite has undone what it did not finish.
          thread.endTurn?.();
          if (thread.running) settle(thread, thread.running, deathOf(thread.running, cause));
          resolve();
          pump();
        });
      }),
    };
    worker.on('error', (error) => {
      cause = error;
    });
    worker.on('message', (reply: ThreadReply) => receive(thread, reply));
    threads.add(thread);
    if (columns) send(thread, columns);
    return thread;
  }

  function start(thread: Thread, task: Task): void {
    const id = nextId++;
    thread.running = { id, task, cancelled: false, deadline: undefined };
    const { name, input, grants } = task;
    send(thread, { kind: 'call', id, name, input, grants });
  }

  function receive(thread: Thread, reply: ThreadReply): void {
    if (reply.kind === 'wants-columns') {
      options.onColumnsWanted?.();
      return;
    }
    if (reply.kind === 'web-asked' || reply.kind === 'web-taken' || reply.kind === 'web-dropped') {
      thread.web.take(reply);
      return;
    }
    if (reply.kind === 'secret-asked') {
      void answerSecret(options.secrets, reply).then((answer) => send(thread, answer));
      return;
    }
    if (reply.kind === 'turn-asked' || reply.kind === 'turn-over') {
      thread.endTurn?.();
      thread.endTurn = undefined;
      if (reply.kind === 'turn-asked') takeTurn(thread);
      return;
    }
    const { running } = thread;
    if (!running || reply.id !== running.id) return;
    if (reply.kind === 'progress') {
      running.task.onProgress(reply.progress);
      return;
    }
    const outcome: Outcome =
      reply.kind === 'result' ? { ok: true, value: reply.value } : { ok: false, error: reply.error };
    settle(thread, running, outcome);
    // A thread of one call stays in the set until it has ended: the next one starts after its databases are closed.
    if (options.lifetime === 'call') void thread.worker.terminate();
    else pump();
  }

  function takeTurn(thread: Thread): void {
    let isTurn = false;
    thread.endTurn = options.turns.take(() => {
      isTurn = true;
      send(thread, { kind: 'turn' });
    });
    if (!isTurn) thread.running?.task.onProgress(queued('Waits for the import before it.'));
  }

  function settle(thread: Thread, running: Running, outcome: Outcome): void {
    clearTimeout(running.deadline);
    thread.running = undefined;
    running.task.onDone(outcome);
  }

  function cancelRunning(thread: Thread, running: Running): void {
    if (running.cancelled) return;
    running.cancelled = true;
    Atomics.store(thread.cancelled, 0, running.id);
    send(thread, { kind: 'cancel' });
    // SQLite rolls an open transaction back when the thread's connection goes.
    running.deadline = setTimeout(() => void thread.worker.terminate(), options.grace);
  }

  async function endThread(thread: Thread): Promise<void> {
    if (thread.running) cancelRunning(thread, thread.running);
    send(thread, { kind: 'close' });
    const deadline = setTimeout(() => void thread.worker.terminate(), options.grace);
    await thread.ended;
    clearTimeout(deadline);
  }

  if (options.warm) startThread();

  return {
    run(task) {
      if (closing) {
        task.onDone(cancelledOutcome);
        return () => {};
      }
      queue.push(task);
      pump();
      if (options.waiting && queue.includes(task)) {
        task.onProgress(queued(options.waiting));
      }
      return () => {
        const place = queue.indexOf(task);
        if (place >= 0) {
          queue.splice(place, 1);
          task.onDone(cancelledOutcome);
          return;
        }
        const thread = [...threads].find((thread) => thread.running?.task === task);
        if (thread?.running) cancelRunning(thread, thread.running);
      };
    },
    tell(news) {
      if (news.kind === 'columns') columns = news;
      for (const thread of threads) send(thread, news);
    },
    async close() {
      closing = true;
      for (const task of queue.splice(0)) task.onDone(cancelledOutcome);
      await Promise.all([...threads].map(endThread));
    },
  };
}

function send(thread: Thread, request: ThreadRequest): void {
  thread.worker.postMessage(request);
}

function deathOf(running: Running, cause: unknown): Outcome {
  if (running.cancelled) return cancelledOutcome;
  const why = cause === undefined ? '' : ` (${cause instanceof Error ? cause.message : String(cause)})`;
  const message = `A part of the engine stopped while it worked on this${why}. Try again.`;
  return { ok: false, error: { code: 'internal', message } };
}
