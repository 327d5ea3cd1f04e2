// An inclusion proof as a file, C2SP tlog-proof (c2sp.org/tlog-proof): which leaf, the hashes beside its way up, and the
// checkpoint they lead to. The leaf itself is not in it: it follows from the row. No `extra` data is written.

import { parseCheckpoint } from './checkpoint.ts';
import type { InclusionProof } from './inclusion.ts';

const heading = 'c2sp.org/tlog-proof@v1';

/** The text of a .tlog-proof file; `checkpoint` is the whole note. */
export function formatProof({ index, path }: InclusionProof, checkpoint: string): string {
  const hashes = path.map((hash) => `${hash.toString('base64')}\n`).join('');
  return `${heading}\nindex ${index}\n${hashes}\n${checkpoint}`;
}

/** Reads one; null for anything else. `root` is that of its checkpoint, hex. */
export function parseProof(text: string): { proof: InclusionProof; checkpoint: string; root: string } | null {
  const end = text.indexOf('\n\n');
  const [first, ...lines] = text.slice(0, Math.max(0, end)).split('\n');
  if (lines[0]?.startsWith('extra ')) lines.shift();
  const index = /^index (0|[1-9]\d{0,15})$/.exec(lines.shift() ?? '')?.[1];
  const checkpoint = text.slice(end + 2);
  const state = parseCheckpoint(checkpoint);
  if (first !== heading || index === undefined || !state) return null;
  if (!lines.every((line) => /^[A-Za-z0-9+/]{43}=$/.test(line))) return null;
  const path = lines.map((line) => Buffer.from(line, 'base64'));
  return { proof: { index: Number(index), size: state.size, path }, checkpoint, root: state.root };
}
