// What crosses the boundary between whoever asks (page, tests) and the engine: three messages there, three back.
// Plain JSON-safe data, so that any port can carry it; each call has a number of its caller's choosing.

import type { ErrorCode, ErrorShape } from '#core/errors.ts';
import type { Progress } from '#core/model.ts';

/** From the caller. `input` is unchecked: the engine parses it. */
export type Request =
  | { kind: 'call'; id: number; name: string; input: unknown }
  | { kind: 'cancel'; id: number };

/** From the engine. Exactly one `result` or `error` per call, after any number of `progress`. */
export type Reply =
  | { kind: 'result'; id: number; value: unknown }
  | { kind: 'error'; id: number; error: ErrorShape }
  | { kind: 'progress'; id: number; progress: Progress };

/** What a rejected call carries: `engine-gone` when the engine went away before it could answer. */
export type CallErrorCode = ErrorCode | 'engine-gone';

/** A file or folder the person chose, as the engine knows it: the page has only the id. */
export type GrantedPath = { path: string; kind: 'file' | 'folder' };

/** The engine's end of a port, whatever kind it is (Electron's in the application, Node's in tests). */
export type HostPort = {
  post(reply: Reply): void;
  /** Starts delivery; called once. */
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
};
