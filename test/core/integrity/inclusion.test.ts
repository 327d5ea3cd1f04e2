import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createProofBuilder, createProofsBuilder, rootOfProof } from '#core/integrity/inclusion.ts';
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

describe('proofs of many leaves in one pass', () => {
  it('are those of each leaf alone, in the order asked for, also from a stored tree on', () => {
    const leaves = Array.from({ length: 45 }, (_, at) => leafHash(`leaf ${at}`));
    for (const start of [0, 1, 7, 32]) {
      const before = createMerkleTree();
      for (const leaf of leaves.slice(0, start)) before.append(leaf);
      const stored = { size: start, frontier: before.frontier() };
      const wanted = [44, start, 40, 33].filter((at, place, all) => all.indexOf(at) === place);
      const many = createProofsBuilder(wanted, stored);
      for (const leaf of leaves.slice(start)) many.append(leaf);
      const alone = wanted.map((index) => {
        const one = createProofBuilder(index, stored);
        for (const leaf of leaves.slice(start)) one.append(leaf);
        return one.finish();
      });
      expect(many.finish()).toEqual(alone);
    }
  });
});
