// RFC 6962 §2.1 Merkle trees: leaves are SHA-256(0x00 ‖ data), nodes SHA-256(0x01 ‖ left ‖ right), the root of
// nothing is SHA-256 of nothing. A tree is kept as its frontier (the roots of its perfect subtrees, largest
// first), so it grows by one leaf in O(1) amortised, costs 32 bytes a level, and can be stored and taken up again.

import { createHash, hash } from 'node:crypto';

// crypto.hash with a string encoding is three times as fast as Buffer results for inputs this small.
const sha256 = (data: Uint8Array | string): string => hash('sha256', data, 'binary');

/** SHA-256(0x00 ‖ data). Text is taken as UTF-8. 32 bytes. */
export function leafHash(data: string | Uint8Array): Buffer {
  // A NUL in front of a text is the byte 0x00 in UTF-8.
  const input = typeof data === 'string' ? `\0${data}` : Buffer.concat([Buffer.of(0), data]);
  return Buffer.from(sha256(input), 'latin1');
}

/** SHA-256(0x01 ‖ left ‖ right). 32 bytes. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  nodeInput.set(left, 1);
  nodeInput.set(right, 33);
  return Buffer.from(sha256(nodeInput), 'latin1');
}
const nodeInput = Buffer.alloc(65);
nodeInput[0] = 1;

/** A growing RFC 6962 tree. `frontier` and `size` together are all it needs to be taken up again. */
export type MerkleTree = {
  /** Appends a leaf: the 32 bytes that begin at `at`, by default 0. */
  append(leaf: Uint8Array, at?: number): void;
  root(): Buffer;
  size(): number;
  frontier(): Buffer;
};

/** All that a tree needs to be taken up again: its leaves, and 32 bytes for each set bit of their number. */
export type TreeState = { size: number; frontier: Uint8Array };

/** The state of a tree as it is now. */
export const stateOf = (tree: MerkleTree): TreeState => ({ size: tree.size(), frontier: tree.frontier() });

/** Levels of a tree that has more leaves than a double can count. */
const mostLevels = 54;

/**
 * An empty tree, or the one whose `size` and `frontier` (32 bytes for each set bit of size, largest subtree first)
 * were stored before. Throws when the two do not belong together.
 */
export function createMerkleTree(stored?: TreeState): MerkleTree {
  let size = stored?.size ?? 0;
  // The roots of the perfect subtrees lie one behind the other, so that a merge reads two neighbours and writes one:
  // a leaf of millions costs no allocation here.
  const peaks = Buffer.alloc((mostLevels + 1) * 32);
  let count = bitsSet(size);
  if (stored) {
    if (stored.frontier.length !== count * 32) {
      throw new Error('The stored Merkle frontier does not fit its size.');
    }
    peaks.set(stored.frontier);
  }
  return {
    append(leaf, at = 0) {
      const place = count * 32;
      for (let byte = 0; byte < 32; byte++) peaks[place + byte] = leaf[at + byte] as number;
      count += 1;
      // One merge for each trailing one bit of the size, as in binary addition.
      for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
        const left = (count - 2) * 32;
        peaks.copy(nodeInput, 1, left, left + 64);
        peaks.write(sha256(nodeInput), left, 'latin1');
        count -= 1;
      }
      size += 1;
    },
    root() {
      if (count === 0) return createHash('sha256').digest();
      const peak = (index: number) => Buffer.from(peaks.subarray(index * 32, index * 32 + 32));
      let root: Buffer = peak(count - 1);
      for (let index = count - 2; index >= 0; index--) root = nodeHash(peak(index), root);
      return root;
    },
    size: () => size,
    frontier: () => Buffer.from(peaks.subarray(0, count * 32)),
  };
}

function bitsSet(size: number): number {
  let count = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2;
  return count;
}
