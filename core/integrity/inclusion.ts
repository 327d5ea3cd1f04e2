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

/** A perfect subtree: its first leaf, from 0, and how many it has. */
type Peak = { hash: Uint8Array; first: number; leaves: number };

/**
 * Collects the proof of the leaf at `index` while the leaves go by. With a stored tree (as createMerkleTree takes it)
 * only those behind it are needed; the leaf must be one of them. `finish` throws when it never came.
 */
export function createProofBuilder(
  index: number,
  stored: { size: number; frontier: Uint8Array },
): { append(leaf: Uint8Array): void; finish(): InclusionProof } {
  const { append, finish } = createProofsBuilder([index], stored);
  return { append, finish: () => finish()[0] as InclusionProof };
}

/** The same for many leaves in one pass; the proofs come in the order of `indices`, which has none twice. */
export function createProofsBuilder(
  indices: readonly number[],
  stored: { size: number; frontier: Uint8Array },
): { append(leaf: Uint8Array): void; finish(): InclusionProof[] } {
  const wanted = [...indices].sort((a, b) => a - b);
  const paths = new Map(wanted.map((index) => [index, [] as Buffer[]]));
  const peaks = readPeaks(stored);
  let size = stored.size;
  /** Gives each wanted leaf of a subtree the hash beside it. */
  const tell = ({ first, leaves }: Peak, beside: Peak) => {
    for (let at = placeOf(wanted, first); at < wanted.length; at++) {
      const index = wanted[at] as number;
      if (index >= first + leaves) return;
      paths.get(index)?.push(Buffer.from(beside.hash));
    }
  };
  const join = (left: Peak, right: Peak): Peak => {
    tell(left, right);
    tell(right, left);
    const { first, leaves } = left;
    return { hash: nodeHash(left.hash, right.hash), first, leaves: leaves + right.leaves };
  };
  return {
    append(leaf) {
      let peak: Peak = { hash: Buffer.from(leaf), first: size, leaves: 1 };
      while (peaks.at(-1)?.leaves === peak.leaves) peak = join(peaks.pop() as Peak, peak);
      peaks.push(peak);
      size += 1;
    },
    finish() {
      if (wanted.some((index) => index < stored.size || index >= size))
        throw new Error('The leaf to prove is not among the leaves.');
      let right = peaks.pop() as Peak;
      for (let left = peaks.pop(); left; left = peaks.pop()) right = join(left, right);
      return indices.map((index) => ({ index, size, path: paths.get(index) ?? [] }));
    },
  };
}

/** The place of the first number that is not smaller. */
function placeOf(sorted: readonly number[], number: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

function readPeaks({ size, frontier }: { size: number; frontier: Uint8Array }): Peak[] {
  const peaks: Peak[] = [];
  let leaves = 2 ** Math.floor(Math.log2(Math.max(1, size)));
  for (let rest = size, at = 0; rest > 0; leaves /= 2) {
    if (leaves > rest) continue;
    peaks.push({ hash: frontier.subarray(at, at + 32), first: size - rest, leaves });
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
