import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMerkleTree, leafHash } from '#core/integrity/merkle.ts';

/** RFC 6962 §2.1, word for word: the hash of a list is that of its two halves. */
function slowRoot(data: readonly Uint8Array[]): Buffer {
  const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
  if (data.length === 0) return sha256();
  if (data.length === 1) return sha256(Buffer.of(0), data[0] as Uint8Array);
  let half = 1;
  while (half * 2 < data.length) half *= 2;
  return sha256(Buffer.of(1), slowRoot(data.slice(0, half)), slowRoot(data.slice(half)));
}

function rootOf(data: readonly Uint8Array[]): string {
  const tree = createMerkleTree();
  for (const one of data) tree.append(leafHash(one));
  return tree.root().toString('hex');
}

describe('Merkle tree', () => {
  it('gives the roots of the Certificate Transparency test vectors', () => {
    const inputs = [
      '',
      '00',
      '10',
      '2021',
      '3031',
      '40414243',
      '5051525354555657',
      '606162636465666768696a6b6c6d6e6f',
    ];
    const roots = [
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
      'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
      '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
      'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    ];
    const data = inputs.map((hex) => Buffer.from(hex, 'hex'));
    expect(roots.map((_, size) => rootOf(data.slice(0, size)))).toEqual(roots);
  });

  it('agrees with the recursive definition for any leaves', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 8 }), { maxLength: 70 }), (data) => {
        expect(rootOf(data)).toBe(slowRoot(data).toString('hex'));
      }),
    );
  });

  it('goes on from a stored frontier as if it had never stopped', () => {
    fc.assert(
      fc.property(fc.nat({ max: 40 }), fc.nat({ max: 40 }), (before, after) => {
        const data = Array.from({ length: before + after }, (_, index) => Buffer.from(String(index)));
        const first = createMerkleTree();
        for (const one of data.slice(0, before)) first.append(leafHash(one));
        const second = createMerkleTree({ size: first.size(), frontier: first.frontier() });
        for (const one of data.slice(before)) second.append(leafHash(one));
        expect(second.root().toString('hex')).toBe(rootOf(data));
        expect(second.size()).toBe(data.length);
      }),
    );
  });

  it('refuses a frontier that does not belong to its size', () => {
    expect(() => createMerkleTree({ size: 3, frontier: Buffer.alloc(32) })).toThrow('does not fit');
  });
});
