// Secrets by name: tokens of sources, the key that signs. The engine never stores one; it asks whoever started it, the
// window's main process or the command line. They are in no database, no workspace, no log and no answer to the page.

import { AppError } from './errors.ts';

/** Where a secret is now: with the system across starts, in memory until Exhibit ends, or nowhere. */
export type Keeping = 'system' | 'session' | 'none';

export type Secrets = {
  /** The secret of this name, or null. Rejects with AppError where there is one that cannot be read now. */
  get(name: string): Promise<string | null>;
  /** Keeps a secret under this name instead of an earlier one; null forgets it. Says where it is afterwards. */
  keep(name: string, value: string | null): Promise<Keeping>;
};

/** A kind and what it is of, such as `signing:<workspace>` or `source:<id>:token`. */
export const secretNames = /^[a-z]+(:[A-Za-z0-9._-]{1,100}){1,3}$/;

/** The host that the secret of a connection, `source:<id>:<host>:token`, is for; null of any other name. */
export const secretHost = (name: string): string | null =>
  /^source:[^:]+:([^:]+):token$/.exec(name)?.[1] ?? null;

/** Longest secret, in UTF-16 units: certificates fit, files do not. */
export const longestSecret = 32_768;

/** Throws AppError for a name that no secret can have. */
export function requireSecretName(name: string): void {
  if (!secretNames.test(name)) throw new AppError('usage', 'A secret cannot have this name.');
}

/** Where nobody has any. */
export const noSecrets: Secrets = {
  get: async () => null,
  keep: async () => {
    throw new AppError('environment', 'Secrets cannot be kept here.');
  },
};
