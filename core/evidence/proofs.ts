// A proof for each sampled row that it is in the log the checkpoint names: whoever has the row, the proof and the key
// needs nothing else, neither the population nor the workspace.

import { join } from 'node:path';
import type { InclusionProof } from '#core/integrity/inclusion.ts';
import { formatProof } from '#core/integrity/proof-file.ts';
import { readLines } from './frozen-rows.ts';
import type { Payload } from './payload.ts';
import { sampleFolder } from './sample-files.ts';

/** Proves events by uid in the log that the pack is cut from. */
export type Prover = (
  uids: readonly string[],
  log: { size: number; root: string | null },
) => Promise<Map<string, InclusionProof>>;

export const proofFolder = `${sampleFolder}/proofs`;
/** More sampled rows than this have no proofs: a file for each would be too many to handle. */
export const mostProofs = 10_000;

/** Where the proof of a row is. */
export const proofPath = (uid: string): string => `${proofFolder}/${uid}.tlog-proof`;

/** Whether a recipe redacts rows: their leaves are hashes of what they hide, and are not given away. */
export const isRedacted = (recipe: object): boolean => 'redaction' in recipe && Boolean(recipe.redaction);

/** The uids of a sample's rows, from the lines of sample.ndjson. */
export function uidsOfSample(lines: Iterable<string>): string[] {
  const uids = new Set<string>();
  for (const line of lines)
    if (line !== '') uids.add((JSON.parse(line) as { event: { uid: string } }).event.uid);
  return [...uids];
}

/** Writes data/11_samples/proofs/ for the samples in these files of the payload. `checkpoint` is the whole note. */
export async function writeProofs(
  payload: Payload,
  samples: readonly string[],
  prove: Prover,
  log: { size: number; root: string | null },
  checkpoint: string,
): Promise<void> {
  const lines = samples.flatMap((path) =>
    [...readLines(join(payload.folder, ...path.split('/')))].map(({ text }) => text),
  );
  const uids = uidsOfSample(lines);
  if (uids.length === 0 || uids.length > mostProofs) return;
  for (const [uid, proof] of await prove(uids, log))
    payload.write(proofPath(uid), formatProof(proof, checkpoint));
}
