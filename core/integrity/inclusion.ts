// Inclusion proofs after RFC 6962 §2.1.1: the hashes beside a leaf's way up to the root. With them and the leaf alone
// anybody can compute the root, so they show that the leaf is in the log without the rest of it.

import { nodeHash } from './merkle.ts';

export type InclusionProof = {
  /** Place of the leaf, from 0, in a tree of so many leaves. */
  index: number;
  size: number;
  /** The neighbouring hashes, from the leaf upwards. */
  path: Buffer[];
};

/** A perfect subtree: how many leaves it has, and whether the leaf that is proven is one of them. */
type Peak = { hash: Uint8Array; leaves: number; holds: boolean };

/**
 * Collects the proof of the leaf at `index` while the leaves go by. With a stored tree (as createMerkleTree takes it)
 * only those behind it are needed; the leaf must be one of them. `finish` throws when it never came.
 */
export function createProofBuilder(
  index: number,
  stored: { size: number; frontier: Uint8Array },
): { append(leaf: Uint8Array): void; finish(): InclusionProof } {
  const peaks = readPeaks(stored);
  const path: Buffer[] = [];
  let size = stored.size;
  const join = (left: Peak, right: Peak): Peak => {
    if (left.holds) path.push(Buffer.from(right.hash));
    if (right.holds) path.push(Buffer.from(left.hash));
    return {
      hash: nodeHash(left.hash, right.hash),
      leaves: left.leaves + right.leaves,
      holds: left.holds || right.holds,
    };
  };
  return {
    append(leaf) {
      let peak: Peak = { hash: Buffer.from(leaf), leaves: 1, holds: size === index };
      while (peaks.at(-1)?.leaves === peak.leaves) peak = join(peaks.pop() as Peak, peak);
      peaks.push(peak);
      size += 1;
    },
    finish() {
      if (index < stored.size || index >= size) throw new Error('The leaf to prove is not among the leaves.');
      let right = peaks.pop() as Peak;
      for (let left = peaks.pop(); left; left = peaks.pop()) right = join(left, right);
      return { index, size, path };
    },
  };
}

function readPeaks({ size, frontier }: { size: number; frontier: Uint8Array }): Peak[] {
  const peaks: Peak[] = [];
  let leaves = 2 ** Math.floor(Math.log2(Math.max(1, size)));
  for (let rest = size, at = 0; rest > 0; leaves /= 2) {
    if (leaves > rest) continue;
    peaks.push({ hash: frontier.subarray(at, at + 32), leaves, holds: false });
    at += 32;
    rest -= leaves;
  }
  return peaks;
}

/** The root that a leaf's hash leads to (RFC 9162 §2.1.3.2); null for a proof of the wrong length. */
export function rootOfProof(leaf: Uint8Array, { index, size, path }: InclusionProof): Buffer | null {
  let [place, last] = [index, size - 1];
  let root: Buffer = Buffer.from(leaf);
  for (const beside of path) {
    if (last === 0) return null;
    if (place % 2 === 1 || place === last) {
      root = nodeHash(beside, root);
      while (place % 2 === 0 && place !== 0) {
        place = Math.floor(place / 2);
        last = Math.floor(last / 2);
      }
    } else root = nodeHash(root, beside);
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? root : null;
}
