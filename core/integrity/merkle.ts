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
  append(leaf: Uint8Array): void;
  root(): Buffer;
  size(): number;
  frontier(): Buffer;
};

/**
 * An empty tree, or the one whose `size` and `frontier` (32 bytes for each set bit of size, largest subtree first)
 * were stored before. Throws when the two do not belong together.
 */
export function createMerkleTree(stored?: { size: number; frontier: Uint8Array }): MerkleTree {
  let size = stored?.size ?? 0;
  const peaks: Uint8Array[] = [];
  if (stored) {
    const count = bitsSet(stored.size);
    if (stored.frontier.length !== count * 32)
      throw new Error('The stored Merkle frontier does not fit its size.');
    for (let i = 0; i < count; i++) peaks.push(Buffer.from(stored.frontier.subarray(i * 32, i * 32 + 32)));
  }
  return {
    append(leaf) {
      let hashed: Uint8Array = Buffer.from(leaf);
      // One merge for each trailing one bit of the size, as in binary addition.
      for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2))
        hashed = nodeHash(peaks.pop() as Uint8Array, hashed);
      peaks.push(hashed);
      size += 1;
    },
    root() {
      if (peaks.length === 0) return createHash('sha256').digest();
      return Buffer.from(peaks.reduceRight((right, left) => nodeHash(left, right)));
    },
    size: () => size,
    frontier: () => Buffer.concat(peaks),
  };
}

function bitsSet(size: number): number {
  let count = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2;
  return count;
}
