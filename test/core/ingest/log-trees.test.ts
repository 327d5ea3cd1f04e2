// However the leaves of an import come together, the trees are those of one leaf after the other.

import { createHash } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { openLogTrees } from '#core/ingest/log-trees.ts';
import { openImportThread } from '#core/ingest/threading.ts';
import { createMerkleTree } from '#core/integrity/merkle.ts';

const leafOf = (at: number) => createHash('sha256').update(`leaf ${at}`).digest();
const leaves = Buffer.concat(Array.from({ length: 24_000 }, (_, at) => leafOf(at)));

function treeOf(first: number, end: number) {
  const tree = createMerkleTree();
  for (let at = first; at < end; at++) tree.append(leaves, at * 32);
  return tree;
}

const thread = openImportThread();
afterAll(() => thread.close());

describe.each([
  { held: 0, name: 'of an empty log' },
  { held: 3001, name: 'of a log with events' },
])('the trees $name', ({ held }) => {
  it.each([
    { way: 'without a second thread', by: null, most: 1 << 20 },
    { way: 'in the second thread', by: thread, most: 1 << 20 },
    { way: 'here, as more leaves come than may wait', by: thread, most: 1000 },
  ])('grow the same $way', async ({ by, most }) => {
    const trees = openLogTrees(treeOf(0, held), by, most);
    for (let at = held; at < 24_000; at++) trees.append(leaves, at * 32);
    const { log, root } = await trees.settle()();
    expect(log.size()).toBe(24_000);
    expect(log.root()).toEqual(treeOf(0, 24_000).root());
    expect(root).toEqual(treeOf(held, 24_000).root());
    log.append(leafOf(24_000));
    expect(log.size()).toBe(24_001);
  });
});
