// The signatures of a pack: a checkpoint of the log, and a note over the tag manifest, which covers every other file by
// way of the manifests. The recipe names the key, so that a signature that was taken away shows.

import { hash } from 'node:crypto';
import { checkpointText } from '#core/integrity/checkpoint.ts';
import {
  fingerprintOf,
  formatNoteKey,
  type NoteKey,
  parseNoteKey,
  type Signer,
} from '#core/integrity/note.ts';
import type { PackFacts } from './facts.ts';
import type { Payload } from './payload.ts';

export const integrityPaths = {
  checkpoint: 'data/40_integrity/checkpoint.txt',
  key: 'data/40_integrity/pubkey.txt',
} as const;
export const tagManifestPath = 'tagmanifest-sha256.txt';
/** No manifest can list it: it signs the last one. */
export const signaturePath = 'tagmanifest-sha256.txt.sig';

/** The text of the note over a tag manifest. Its second line is no number: it can never be read as a checkpoint. */
export function sealText(packId: string, tagManifest: string | Uint8Array): string {
  return `exhibit/pack@v1\n${packId}\n${hash('sha256', tagManifest)}  ${tagManifestPath}\n`;
}

/** The checkpoint of the log a recipe is about: a note, signed where there is somebody to sign. */
export function checkpointOf({ log }: PackFacts['recipe'], signer: Signer | null): string {
  const text = checkpointText(log);
  return signer ? signer.sign(text) : text;
}

/** Writes checkpoint.txt and, signed, pubkey.txt. */
export function writeCheckpoint(payload: Payload, { recipe }: PackFacts, signer: Signer | null): void {
  payload.write(integrityPaths.checkpoint, checkpointOf(recipe, signer));
  if (signer) payload.write(integrityPaths.key, `${formatNoteKey(signer.key)}\n`);
}

/** Signs the tag manifest, which must have been written. */
export function writeSeal(payload: Payload, packId: string, tagManifest: string, signer: Signer): void {
  payload.write(signaturePath, signer.sign(sealText(packId, tagManifest)));
}

/** The key that a recipe names; null for a pack that is not signed. */
export function keyOfRecipe(recipe: { signing?: string | null }): NoteKey | null {
  return recipe.signing ? parseNoteKey(recipe.signing) : null;
}

/** What the report says of the signature. */
export function signatureWords({ recipe }: Pick<PackFacts, 'recipe'>): string {
  const key = keyOfRecipe(recipe);
  return key ? `Ed25519, key fingerprint ${fingerprintOf(key)}` : 'skipped: this pack is not signed';
}
