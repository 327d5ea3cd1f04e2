// What main and the engine's process say to each other. A workspace is opened once per process: switching starts
// another process, so that nothing of the one workspace can be left in the other.

import type { GrantedPath } from '#core/rpc/protocol.ts';
import type { SecretAnswered, SecretAsked } from '#core/rpc/secret-calls.ts';

export type ToEngine =
  /** First, once. Migrates the workspace and answers `ready` or `failed`. */
  | { kind: 'open'; workspace: string; sqliteBinding: string | undefined }
  /** With one MessagePort to serve. */
  | { kind: 'port' }
  /** Answered by `granted`. */
  | { kind: 'grant'; id: string; granted: GrantedPath }
  /** A secret the engine asked for, or where it is kept now. */
  | SecretAnswered
  /** Close the databases and end. */
  | { kind: 'quit' };

/** `failed`: the workspace cannot be opened; the message says what to do, and starting again would not help. */
export type FromEngine =
  | { kind: 'ready' }
  | { kind: 'failed'; message: string }
  | { kind: 'granted'; id: string }
  | SecretAsked;
