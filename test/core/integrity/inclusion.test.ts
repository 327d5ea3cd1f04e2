import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createProofBuilder, rootOfProof } from '#core/integrity/inclusion.ts';
import { createMerkleTree, leafHash } from '#core/integrity/merkle.ts';

const leavesOf = (count: number): Buffer[] =>
  Array.from({ length: count }, (_, at) => leafHash(`leaf ${at}`));

describe('an inclusion proof', () => {
  it('leads from any leaf of any tree to its root, whatever part of the tree was stored before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.nat(), fc.nat(), (size, a, b) => {
        const leaves = leavesOf(size);
        const index = a % size;
        const before = createMerkleTree();
        for (const leaf of leaves.slice(0, b % (index + 1))) before.append(leaf);
        const builder = createProofBuilder(index, { size: before.size(), frontier: before.frontier() });
        const whole = createMerkleTree();
        for (const [at, leaf] of leaves.entries()) {
          whole.append(leaf);
          if (at >= before.size()) builder.append(leaf);
        }
        const proof = builder.finish();
        expect(proof.path.length).toBeLessThanOrEqual(Math.ceil(Math.log2(size)) + 1);
        expect(rootOfProof(leaves[index] as Buffer, proof)).toEqual(whole.root());
        expect(rootOfProof(leafHash('another'), proof)).not.toEqual(whole.root());
        if (proof.path.length > 0) {
          expect(rootOfProof(leaves[index] as Buffer, { ...proof, path: proof.path.slice(1) })).not.toEqual(
            whole.root(),
          );
        }
      }),
    );
  });

  it('is refused for a leaf that never came', () => {
    const builder = createProofBuilder(3, { size: 0, frontier: new Uint8Array() });
    for (const leaf of leavesOf(3)) builder.append(leaf);
    expect(() => builder.finish()).toThrow('not among the leaves');
  });
});
