// The workspace's key at work: made in the engine, handed to whoever keeps secrets, asked for again when something is to
// be signed. The page never sees it, and the workspace holds its public half alone.

import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallContext } from '#core/engine.ts';
import { AppError } from '#core/errors.ts';
import { integrityPaths } from '#core/evidence/seal.ts';
import { logOrigin } from '#core/integrity/checkpoint.ts';
import {
  createSigner,
  fingerprintOf,
  formatNoteKey,
  noteKey,
  rawPublicKey,
  type Signer,
} from '#core/integrity/note.ts';
import type { PackReport } from '#core/model.ts';
import { readWorkspaceId } from '#core/store/inventory.ts';
import { closing, type Store } from '#core/store/open.ts';
import { type RecordedKey, readSigningKey, recordSigningKey } from '#core/store/signing-keys.ts';

/** The name under which a workspace's private key is kept. */
export const signingSecret = (workspaceId: string): string => `signing:${workspaceId}`;

/** A key pair for a log: the private half as PKCS#8, DER in base 64 and PEM. */
export function makeKey(origin: string): { secret: string; pem: string; key: string; fingerprint: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const key = noteKey(origin, rawPublicKey(publicKey));
  return {
    secret: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    pem: privateKey.export({ format: 'pem', type: 'pkcs8' }) as string,
    key: formatNoteKey(key),
    fingerprint: fingerprintOf(key),
  };
}

/** Refuses to put a new key in the place of one unless somebody said so. */
export function refuseReplacing(review: Store, replace: boolean): void {
  const now = readSigningKey(review);
  if (!now || replace) return;
  throw new AppError(
    'usage',
    `This workspace has a key already, of ${now.at.slice(0, 10)}. Replace it only if it is lost or known to others: packs signed with it stay valid.`,
  );
}

/** Makes the workspace's key and has it kept where secrets are kept. */
export async function createKey(
  { person, replace }: { person: string; replace: boolean },
  context: CallContext,
): Promise<RecordedKey> {
  const id = readWorkspaceId(context.reader());
  const made = makeKey(logOrigin(id));
  const review = context.review();
  try {
    refuseReplacing(review, replace);
    const kept = await context.secrets.keep(signingSecret(id), made.secret);
    if (kept === 'none') throw new Error('The key was not kept.');
    return recordSigningKey(review, { key: made.key, fingerprint: made.fingerprint, kept, person });
  } finally {
    review.close();
  }
}

/** The key as the window shows it: what is recorded, and whether its private half can be had now. */
export async function describeKey(
  context: CallContext,
): Promise<{ key: RecordedKey | null; isHere: boolean }> {
  const key = closing(context.reviewReader(), readSigningKey);
  if (!key) return { key, isHere: false };
  // A locked store of keys is no error of this question.
  return { key, isHere: (await readSigner(context, key).catch(() => null)) !== null };
}

/** Signs with the workspace's key; null where there is none. Throws AppError where a private key is not the recorded one. */
export async function openSigner(context: CallContext): Promise<Signer | null> {
  const recorded = closing(context.reviewReader(), readSigningKey);
  return recorded && readSigner(context, recorded);
}

async function readSigner(context: CallContext, recorded: RecordedKey): Promise<Signer | null> {
  const id = readWorkspaceId(context.reader());
  const secret = await context.secrets.get(signingSecret(id));
  if (secret === null) return null;
  const signer = createSigner(logOrigin(id), secret);
  if (formatNoteKey(signer.key) === recorded.key) return signer;
  throw new AppError(
    'input',
    `This is not the key of the workspace: its fingerprint is ${fingerprintOf(signer.key)}, the workspace’s is ${recorded.fingerprint}.`,
  );
}

/** What a person is told of a pack that could have been signed. */
export const keyIsAway =
  'This pack is not signed: the workspace has a key, but its private half is not here. On the command line, name its file with --key.';

/** What the activity log keeps of a signed pack: the checkpoint as it was signed, so that no later one contradicts it. */
export function readSeal({ folder, signedBy }: PackReport): { signedBy: string; checkpoint: string } | null {
  if (signedBy === null) return null;
  return {
    signedBy,
    checkpoint: readFileSync(join(folder, ...integrityPaths.checkpoint.split('/')), 'utf8'),
  };
}
