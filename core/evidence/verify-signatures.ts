// Who signed the pack: the checkpoint and the tag manifest against the key that the recipe names, and that key against
// one that the reader knows. verify.py, verify.ps1 and verify.html say the same in the same words.

import { parseCheckpoint } from '#core/integrity/checkpoint.ts';
import { checkNote, fingerprintOf, formatNoteKey, type NoteKey, parseNote } from '#core/integrity/note.ts';
import { integrityPaths, keyOfRecipe, sealText, signaturePath, tagManifestPath } from './seal.ts';
import type { Verdicts } from './verify-bag.ts';

/** The files of a pack that its signatures are about; null where one is missing. */
export type SignedParts = {
  recipe: { signing?: string | null };
  packId: string;
  checkpoint: string;
  key: string | null;
  tagManifest: string | null;
  signature: string | null;
};

export const checkNames = {
  checkpoint: 'Signature of the checkpoint',
  pack: 'Signature of the pack',
  known: 'Known key',
} as const;

/** Judges the signatures; `known` is a key that the reader brought. Skipped where there are none and none was expected. */
export function judgeSignatures(verdicts: Verdicts, parts: SignedParts, known: NoteKey | null): void {
  const key = keyOfRecipe(parts.recipe);
  const judge = (name: string, where: string, fault: string | null, passed: string) =>
    verdicts.judge(name, fault === null ? [] : [{ where, detail: fault }], passed);
  const skip = (name: string, detail: string) => verdicts.checks.push({ name, status: 'skipped', detail });

  if (!key) {
    const isClaimed = Boolean(parts.recipe.signing) || parts.key !== null || parts.signature !== null;
    for (const name of [checkNames.checkpoint, checkNames.pack]) {
      if (isClaimed) judge(name, signaturePath, 'signed with a key that recipe.json does not name', '');
      else skip(name, 'this pack is not signed');
    }
    if (known) judge(checkNames.known, signaturePath, 'this pack is not signed', '');
    return;
  }
  const fingerprint = fingerprintOf(key);
  judge(
    checkNames.checkpoint,
    integrityPaths.checkpoint,
    faultOfCheckpoint(parts, key),
    `signed by ${key.name}, key fingerprint ${fingerprint}`,
  );
  judge(
    checkNames.pack,
    signaturePath,
    faultOfSeal(parts, key),
    `${tagManifestPath} is the one that was signed`,
  );
  if (known) {
    const isKnown = formatNoteKey(known) === formatNoteKey(key);
    judge(
      checkNames.known,
      integrityPaths.key,
      isKnown ? null : `signed with another key, fingerprint ${fingerprint}`,
      'the key is the one that was named',
    );
  } else
    skip(checkNames.known, 'none was named: compare the fingerprint with one that you have from elsewhere');
}

function faultOfCheckpoint({ checkpoint, key: file }: SignedParts, key: NoteKey): string | null {
  if (file?.trim() !== formatNoteKey(key))
    return `${integrityPaths.key} is not the key that recipe.json names`;
  if (parseCheckpoint(checkpoint)?.origin !== key.name)
    return 'not a checkpoint of the log that the key signs for';
  return checkNote(checkpoint, key) === 'signed' ? null : 'not signed with the key that recipe.json names';
}

function faultOfSeal({ packId, tagManifest, signature }: SignedParts, key: NoteKey): string | null {
  if (signature === null) return 'missing';
  if (parseNote(signature)?.text !== sealText(packId, tagManifest ?? ''))
    return `does not speak of this ${tagManifestPath}`;
  return checkNote(signature, key) === 'signed' ? null : 'not signed with the key that recipe.json names';
}
