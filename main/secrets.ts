// Named secrets of the application: encrypted by the system's own store in one file of the application's data, never in
// a workspace. Where the system has no such store, they are kept in memory until Exhibit ends, and whoever asks is told.

import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { AppError } from '#core/errors.ts';
import { type Keeping, longestSecret, requireSecretName, type Secrets, secretHost } from '#core/secrets.ts';
import type { Vault } from './vault.ts';

export type KeptSecrets = Secrets & {
  /** Where the secret of this name is kept, without reading it; one that is only tried does not count. */
  state(name: string): Keeping;
  /** Uses a secret in place of the one that is kept, in memory alone, until it is kept itself or let go of: null. */
  attempt(name: string, value: string | null): void;
  /** Tries the secret that is kept under one name under another of the same host. Rejects with AppError for other hosts. */
  attemptKept(from: string, to: string): Promise<void>;
  /** Keeps the secret that is tried under this name, if one is; says where that of this name is afterwards. */
  keepTried(name: string): Promise<Keeping>;
};

const shape = z.object({ version: z.literal(1), secrets: z.record(z.string(), z.base64()) });
type Stored = z.infer<typeof shape>;

/** The secrets of this profile, whose file is `secrets.json` in `userData`. Names are readable there, values are not. */
export function createSecrets(userData: string, vault: Vault): KeptSecrets {
  const file = join(userData, 'secrets.json');
  const inMemory = new Map<string, string>();
  const tried = new Map<string, string>();

  function state(name: string): Keeping {
    if (inMemory.has(name)) return 'session';
    return Object.hasOwn(read(file).secrets, name) ? 'system' : 'none';
  }

  async function keep(name: string, value: string | null): Promise<Keeping> {
    requireSecret(name, value);
    const encrypted = value === null ? null : await vault.encrypt(value);
    // Read and written without a pause between: two secrets kept at once do not undo each other.
    const stored = read(file);
    inMemory.delete(name);
    const had = Object.hasOwn(stored.secrets, name);
    if (encrypted) stored.secrets[name] = encrypted.toString('base64');
    else delete stored.secrets[name];
    if (encrypted || had) write(file, stored);
    if (encrypted) return 'system';
    if (value === null) return 'none';
    inMemory.set(name, value);
    return 'session';
  }

  async function get(name: string): Promise<string | null> {
    requireSecretName(name);
    const remembered = tried.get(name) ?? inMemory.get(name);
    if (remembered !== undefined) return remembered;
    const { secrets } = read(file);
    if (!Object.hasOwn(secrets, name)) return null;
    try {
      return await vault.decrypt(Buffer.from(secrets[name] as string, 'base64'));
    } catch (cause) {
      const message = `The system’s key store does not open the secret “${name}”. Unlock it and try again, or enter the secret anew.`;
      throw new AppError('environment', message, { cause });
    }
  }

  function attempt(name: string, value: string | null): void {
    requireSecret(name, value);
    if (value === null) tried.delete(name);
    else tried.set(name, value);
  }

  return {
    state,
    get,
    keep,
    attempt,
    async attemptKept(from, to) {
      if (secretHost(from) === null || secretHost(from) !== secretHost(to))
        throw new AppError('usage', 'A secret goes to the host alone that it was entered for.');
      attempt(to, await get(from));
    },
    async keepTried(name) {
      const value = tried.get(name);
      if (value === undefined) return state(name);
      const kept = await keep(name, value);
      if (tried.get(name) === value) tried.delete(name);
      return kept;
    },
  };
}

function requireSecret(name: string, value: string | null): void {
  requireSecretName(name);
  if (value !== null && (value === '' || value.length > longestSecret))
    throw new AppError('usage', 'A secret is neither empty nor longer than a certificate.');
}

/** What is stored. A file that cannot be read is not taken for an empty one: the next secret would replace it. */
function read(file: string): Stored {
  if (!existsSync(file)) return { version: 1, secrets: {} };
  try {
    return shape.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    const message = `The file with the secrets, ${file}, cannot be read. Move it away and enter them again.`;
    throw new AppError('environment', message, { cause });
  }
}

function write(file: string, stored: Stored): void {
  mkdirSync(dirname(file), { recursive: true });
  const written = `${file}.${process.pid}.tmp`;
  writeFileSync(written, `${JSON.stringify(stored, null, 2)}\n`, { mode: 0o600, flush: true });
  // The mode above counts only for a file that was not there yet.
  chmodSync(written, 0o600);
  renameSync(written, file);
}
