// Each sampled row against the log: its leaf computed from the row as the population has it, and the way from there to the
// root of the checkpoint. verify.py, verify.ps1 and verify.html make the same check.

import { hashRecord, leafText } from '#core/integrity/identity.ts';
import { rootOfProof } from '#core/integrity/inclusion.ts';
import { leafHash } from '#core/integrity/merkle.ts';
import { parseProof } from '#core/integrity/proof-file.ts';
import type { Event } from '#core/model.ts';
import { readEventLine, uidOfLine } from './event-line.ts';
import type { PackFiles } from './pack-files.ts';
import { isRedacted, mostProofs, proofPath, uidsOfSample } from './proofs.ts';
import { readSampleLine } from './sample-files.ts';
import { readText, type Verdicts } from './verify-bag.ts';

/** Keeps the lines of sampled rows while the population passes. */
export function watchSampledRows(sampleTexts: readonly (string | null)[]): {
  uids: string[];
  see(line: string): void;
  lineOf(uid: string): string | undefined;
} {
  const uids = uidsOfSample(linesOf(sampleTexts));
  const wanted = new Set(uids);
  const lines = new Map<string, string>();
  return {
    uids,
    see(line) {
      const uid = uidOfLine(line);
      if (wanted.has(uid)) lines.set(uid, line);
    },
    lineOf: (uid) => lines.get(uid),
  };
}

const linesOf = (texts: readonly (string | null)[]): string[] =>
  texts.flatMap((text) => (text ?? '').split('\n').filter((line) => line !== ''));

/** Judges the proofs; skipped where there is nothing to prove, or rows are not as the log has them. */
export async function judgeProofs(
  verdicts: Verdicts,
  files: PackFiles,
  { uids, lineOf }: Pick<ReturnType<typeof watchSampledRows>, 'uids' | 'lineOf'>,
  {
    recipe,
    checkpoint,
    sampleTexts,
  }: { recipe: object; checkpoint: string; sampleTexts: readonly (string | null)[] },
): Promise<void> {
  const name = 'Proofs';
  const skip = (detail: string) => void verdicts.checks.push({ name, status: 'skipped', detail });
  if (uids.length === 0) return skip('no row was sampled');
  if (isRedacted(recipe)) return skip('rows are redacted, and a leaf could tell whom they name');
  if (uids.length > mostProofs) return skip(`samples of more than ${mostProofs} rows have none`);
  const listed = new Map<string, Set<string>>();
  for (const text of linesOf(sampleTexts)) {
    const { line } = readSampleLine(text);
    const uid = uidOfLine(line);
    listed.set(uid, (listed.get(uid) ?? new Set()).add(line));
  }
  const faults: { where: string; detail: string }[] = [];
  for (const uid of uids) {
    const line = lineOf(uid);
    let fault: string | null;
    if (line === undefined) fault = 'not in the population';
    else if ([...(listed.get(uid) ?? [])].some((one) => one !== line)) fault = 'not as the population has it';
    else fault = faultOf(await readText(files, proofPath(uid)), checkpoint, leafOf(line));
    if (fault !== null) faults.push({ where: `row ${uid}`, detail: fault });
  }
  verdicts.judge(name, faults, `${uids.length} rows lead to the root of the log, each from its leaf`);
}

function faultOf(text: string | null, checkpoint: string, leaf: Buffer): string | null {
  if (text === null) return 'its proof is missing';
  const parsed = parseProof(text);
  if (!parsed) return 'its proof cannot be read';
  if (parsed.checkpoint !== checkpoint) return 'its proof is for another checkpoint';
  return rootOfProof(leaf, parsed.proof)?.toString('hex') === parsed.root
    ? null
    : 'does not lead to the root of the log';
}

/** The leaf of an event from its line in the population. */
function leafOf(line: string): Buffer {
  const { event, raw } = readEventLine(line);
  const { uid, source, import: importId, row } = event as Omit<Event, 'raw'>;
  const mapped = { ...event, time: Date.parse(event.time) };
  return leafHash(
    leafText({ uid, source, import: importId, row, recordHash: hashRecord(raw), event: mapped }),
  );
}
