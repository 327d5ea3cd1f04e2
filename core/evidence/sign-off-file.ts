// A sign-off as a tag file of the pack: signoff/<n>-<role>.txt, JSON that people can read and, in a signed pack, the
// signature of the key below it, as a note. The payload and its manifest stay as they were signed off.

import { hash } from 'node:crypto';
import { z } from 'zod';
import { checkNote, type NoteKey, parseNote, type Signer } from '#core/integrity/note.ts';
import { isSameName, type SignOff, signRoles } from '#core/signoff-model.ts';
import type { Verdicts } from './verify-bag.ts';

const shape = z.object({
  form: z.literal('exhibit-signoff@v1'),
  number: z.int().min(1),
  pack: z.string(),
  role: z.enum(signRoles),
  name: z.string().min(1),
  title: z.string(),
  statement: z.string().min(1),
  override: z.string().nullable(),
  at: z.string(),
  account: z.string(),
  logSize: z.int(),
  logRoot: z.string().nullable(),
  manifestSha256: z.string(),
  previous: z.string().nullable(),
  method: z.enum(['key', 'statement']),
  keyFingerprint: z.string().nullable(),
});

/** Where sign-offs are, beside data/. */
export const signOffFolder = 'signoff';
export const signOffPath = ({ number, role }: Pick<SignOff, 'number' | 'role'>): string =>
  `${signOffFolder}/${number}-${role}.txt`;
const isSignOff = /^signoff\/([1-9]\d{0,3})-(preparer|reviewer|approver)\.txt$/;

/** The paths of a pack's sign-offs, in their order. */
export function signOffPaths(paths: Iterable<string>): string[] {
  const number = (path: string) => Number(isSignOff.exec(path)?.[1]);
  return [...paths].filter((path) => isSignOff.test(path)).sort((a, b) => number(a) - number(b));
}

/** The text of a sign-off's file. */
export function formatSignOff(signOff: SignOff, signer: Signer | null): string {
  const text = `${JSON.stringify(signOff, null, 2)}\n`;
  return signer ? signer.sign(text) : text;
}

/** Reads one; null for anything else. */
export function parseSignOff(file: string): SignOff | null {
  try {
    return shape.parse(JSON.parse(parseNote(file)?.text ?? '')) satisfies SignOff;
  } catch {
    return null;
  }
}

/** What sign-offs are compared with. */
export type SignedOff = {
  packId: string;
  log: { size: number; root: string | null };
  manifest: string;
  /** The key of a signed pack. */
  key: NoteKey | null;
};

/**
 * Judges the sign-offs of a pack, each given with its path and text: of this pack and these files, each after the one
 * before it, signed with the key of a signed pack, and nobody's approval of their own work without an override.
 */
export function judgeSignOffs(
  verdicts: Verdicts,
  files: readonly { path: string; text: string }[],
  about: SignedOff,
): void {
  const name = 'Sign-offs';
  if (files.length === 0) {
    verdicts.checks.push({ name, status: 'skipped', detail: 'nobody has signed off in this pack' });
    return;
  }
  const faults: { where: string; detail: string }[] = [];
  const said: string[] = [];
  const preparers: string[] = [];
  let previous: string | null = null;
  for (const [at, { path, text }] of files.entries()) {
    const one = parseSignOff(text);
    const fault = one ? faultOf(one, text, at + 1, previous, preparers, about) : 'cannot be read';
    if (fault !== null) faults.push({ where: path, detail: fault });
    if (one?.role === 'preparer') preparers.push(one.name);
    if (one) said.push(`${one.role} ${one.name}${one.override === null ? '' : ' (by override)'}`);
    previous = hash('sha256', text);
  }
  verdicts.judge(name, faults, said.join(', '));
}

function faultOf(
  one: SignOff,
  text: string,
  number: number,
  previous: string | null,
  preparers: readonly string[],
  { packId, log, manifest, key }: SignedOff,
): string | null {
  if (one.number !== number || one.previous !== previous)
    return 'does not follow from the sign-off before it';
  if (one.pack !== packId || one.logSize !== log.size || one.logRoot !== log.root)
    return 'for another pack or another log';
  if (one.manifestSha256 !== hash('sha256', manifest)) return 'for another manifest-sha256.txt';
  if (key && (one.method !== 'key' || checkNote(text, key) !== 'signed'))
    return 'not signed with the key of the pack';
  if (
    one.role === 'approver' &&
    one.override === null &&
    preparers.some((name) => isSameName(name, one.name))
  )
    return 'approved by who prepared it, without an override';
  return null;
}
