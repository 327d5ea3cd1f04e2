// Which key signs for this workspace. Only public keys are here: each that was made or replaced another one is an
// activity, whose hash covers it, and the newest counts.

import { formatUtc } from '#core/time.ts';
import { recordActivity } from './activity.ts';
import type { Store } from './open.ts';

/** A public key as it was recorded. */
export type RecordedKey = {
  /** In the form of a note's verifier key. */
  key: string;
  /** SHA-256 of the public key, hex. */
  fingerprint: string;
  /** Fingerprint of the key that it replaced. */
  replaces: string | null;
  /** Where the private key went: the system's store, memory, or a file that a person named. */
  kept: 'system' | 'session' | 'file';
  /** As they named themselves; empty where they did not. */
  person: string;
  at: string;
  /** Of this computer. */
  account: string;
};

/** Every key that was recorded, oldest first. The last one signs. */
export function listSigningKeys({ db }: Store): RecordedKey[] {
  const rows = db
    .prepare(`SELECT at, person AS account, detail FROM activity WHERE action = 'key' ORDER BY id`)
    .all() as { at: number; account: string; detail: string }[];
  return rows.map(({ at, account, detail }) => ({ ...JSON.parse(detail), at: formatUtc(at), account }));
}

/** The key that signs now; null where there is none. */
export function readSigningKey(review: Store): RecordedKey | null {
  return listSigningKeys(review).at(-1) ?? null;
}

/** Records a new key, in a review file opened for writing. */
export function recordSigningKey(
  review: Store,
  key: Omit<RecordedKey, 'at' | 'account' | 'replaces'>,
): RecordedKey {
  const replaces = readSigningKey(review)?.fingerprint ?? null;
  recordActivity(review, 'key', { ...key, replaces });
  return readSigningKey(review) as RecordedKey;
}
