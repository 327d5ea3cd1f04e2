// The Merkle trees that the leaves of an import are appended to: the log's, and the import's own. Putting leaves together
// takes as long as hashing them, so those of an import that has a second thread wait for the time when this one builds
// indexes and that one has nothing to do.

import { createMerkleTree, type MerkleTree, stateOf } from '#core/integrity/merkle.ts';
import { copyBytes, viewOf } from './byte-text.ts';
import type { ImportThread } from './threading.ts';

export type LogTrees = {
  /** Appends a leaf: the 32 bytes of `leaves` that begin at `at`. */
  append(leaves: Uint8Array, at: number): void;
  /** Begins to put together what waits; nothing is appended after it. What it returns waits until it is done. */
  settle(): () => Promise<SettledTrees>;
};

/** The log with the import's leaves, and the root over these alone. */
export type SettledTrees = { log: MerkleTree; root: Buffer };

/** So many leaves wait at most: more take a memory for which their part of a longer import is not worth it. */
const mostWaiting = 1 << 20;
/** Fewer are put together sooner than they are handed over. */
const worthAThread = 10_000;

/**
 * The trees of one import. `log` is the tree of the whole log before it; without a `thread` nothing
 * waits, with one `most` leaves at most.
 */
export function openLogTrees(log: MerkleTree, thread: ImportThread | null, most = mostWaiting): LogTrees {
  // The first import's own tree is the log's so far: its leaves are put together once.
  const isFirst = log.size() === 0;
  let trees = isFirst ? [log] : [log, createMerkleTree()];
  let waiting = thread ? new DataView(new ArrayBuffer(most * 32)) : null;
  let end = 0;
  let last: { leaves: Uint8Array; view: DataView } | null = null;

  function appendWaiting(): void {
    if (!waiting) return;
    const leaves = new Uint8Array(waiting.buffer, 0, end);
    for (let at = 0; at < end; at += 32) for (const tree of trees) tree.append(leaves, at);
    waiting = null;
  }

  return {
    append(leaves, at) {
      if (waiting && end === waiting.byteLength) appendWaiting();
      if (!waiting) {
        for (const tree of trees) tree.append(leaves, at);
        return;
      }
      if (last?.leaves !== leaves) last = { leaves, view: viewOf(leaves) };
      end = copyBytes(waiting, end, last.view, at, at + 32);
    },
    settle() {
      const settled = () => ({ log: trees[0] as MerkleTree, root: (trees.at(-1) as MerkleTree).root() });
      if (!thread || !waiting || end < worthAThread * 32) {
        appendWaiting();
        return async () => settled();
      }
      const grown = thread.grow(trees.map(stateOf), new Uint8Array(waiting.buffer, 0, end));
      return async () => {
        trees = (await grown()).map(createMerkleTree);
        return settled();
      };
    },
  };
}
