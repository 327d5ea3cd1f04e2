// Calls to the engine over a MessagePort, typed by the contract. Used by the page and by tests: types are all it
// takes from the contract, so no parser and no Node comes into the page's bundle.

import type { CallName, Input, NamesOfKind, Output } from '#core/contract.ts';
import type { TextPlace } from '#core/errors.ts';
import type { Progress } from '#core/model.ts';
import type { CallErrorCode, Reply, Request } from './protocol.ts';

/** The part of a MessagePort that is needed; the DOM's and Node's both have it. */
export type ClientPort = {
  postMessage(message: unknown): void;
  addEventListener(type: 'message' | 'close', listener: (event: Event) => void): void;
  start(): void;
  close(): void;
};

/** A failed call. `message` is a sentence for a person. */
export type CallError = Error & { code: CallErrorCode; place?: TextPlace };

export type CallOptions = {
  /** Stops the call; the promise then rejects with `cancelled`, unless the work was already done. */
  signal?: AbortSignal;
};
export type RunOptions = CallOptions & {
  /** At most 10 times a second, and always with the last one. */
  onProgress?: (progress: Progress) => void;
};

export type EngineClient = {
  /** Reads; tells its progress only while it waits for the columns of the log. Rejects with a CallError. */
  query<N extends NamesOfKind<'query'>>(name: N, input: Input<N>, options?: RunOptions): Promise<Output<N>>;
  /** A small write. Rejects with a CallError. */
  command<N extends NamesOfKind<'command'>>(name: N, input: Input<N>): Promise<Output<N>>;
  /** Long work with progress. When cancelled it settles only after the work has really stopped. */
  run<N extends NamesOfKind<'job'>>(name: N, input: Input<N>, options?: RunOptions): Promise<Output<N>>;
  /** Hangs up: pending and later calls reject with `engine-gone`. */
  close(): void;
};

type Pending = {
  resolve(value: unknown): void;
  reject(error: CallError): void;
  onProgress: ((progress: Progress) => void) | undefined;
  /** Takes the abort listener off the caller's signal, which may live much longer than the call. */
  detach(): void;
};

/** Makes a client of a port whose other end the engine serves. When the port closes every call rejects `engine-gone`. */
export function createEngineClient(port: ClientPort): EngineClient {
  const pending = new Map<number, Pending>();
  let nextId = 1;
  let open = true;

  port.addEventListener('message', (event) => receive((event as MessageEvent<Reply>).data));
  port.addEventListener('close', hangUp);
  port.start();

  function receive(reply: Reply): void {
    const call = pending.get(reply.id);
    if (!call) return;
    if (reply.kind === 'progress') {
      call.onProgress?.(reply.progress);
      return;
    }
    pending.delete(reply.id);
    call.detach();
    if (reply.kind === 'result') call.resolve(reply.value);
    else call.reject(callError(reply.error.code, reply.error.message, reply.error.place));
  }

  function hangUp(): void {
    open = false;
    const left = [...pending.values()];
    pending.clear();
    for (const call of left) {
      call.detach();
      call.reject(goneError());
    }
  }

  function send(request: Request): void {
    port.postMessage(request);
  }

  function call<N extends CallName>(name: N, input: Input<N>, options: RunOptions = {}): Promise<Output<N>> {
    const { signal, onProgress } = options;
    if (!open) return Promise.reject(goneError());
    if (signal?.aborted) return Promise.reject(callError('cancelled', 'Cancelled.'));
    const id = nextId++;
    const cancel = () => send({ kind: 'cancel', id });
    return new Promise((resolve, reject) => {
      pending.set(id, {
        resolve: (value) => resolve(value as Output<N>),
        reject,
        onProgress,
        detach: () => signal?.removeEventListener('abort', cancel),
      });
      signal?.addEventListener('abort', cancel);
      send({ kind: 'call', id, name, input });
    });
  }

  return {
    query: call,
    command: call,
    run: call,
    close: () => {
      hangUp();
      port.close();
    },
  };
}

/** Whether a thrown value is a failed call; `code` narrows it further. */
export function isCallError(thrown: unknown): thrown is CallError {
  return thrown instanceof Error && thrown.name === 'CallError';
}

function goneError(): CallError {
  return callError(
    'engine-gone',
    'The engine stopped before it could answer. It restarts by itself; ask again.',
  );
}

function callError(code: CallErrorCode, message: string, place?: TextPlace): CallError {
  return Object.assign(new Error(message), { name: 'CallError', code, ...(place ? { place } : {}) });
}
