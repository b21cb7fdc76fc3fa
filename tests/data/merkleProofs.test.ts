import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byteText } from '../../electron/data/journal/digest.ts';
import { Frontier } from '../../electron/data/journal/merkle.ts';
import { isExtension, isIncluded, ProofTree } from '../../electron/data/journal/merkleProofs.ts';

// Goal: the proofs are those of RFC 6962, and nothing but the truth verifies.
// Method: the reference vectors of the RFC's own test tree; a naive recursive implementation of the definitions in the
// RFC's section 2.1, written here without the code under test; every change to a proof is refused.

const sha = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
const [ZERO, ONE] = [Buffer.from([0]), Buffer.from([1])];
const split = (size: number): number => 2 ** (Math.ceil(Math.log2(size)) - 1);

function naiveRoot(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return sha();
  if (leaves.length === 1) return sha(ZERO, leaves[0] as Buffer);
  const k = split(leaves.length);
  return sha(ONE, naiveRoot(leaves.slice(0, k)), naiveRoot(leaves.slice(k)));
}
function naiveInclusion(m: number, leaves: readonly Buffer[]): Buffer[] {
  if (leaves.length === 1) return [];
  const k = split(leaves.length);
  return m < k
    ? [...naiveInclusion(m, leaves.slice(0, k)), naiveRoot(leaves.slice(k))]
    : [...naiveInclusion(m - k, leaves.slice(k)), naiveRoot(leaves.slice(0, k))];
}
function naiveConsistency(m: number, leaves: readonly Buffer[], isWhole = true): Buffer[] {
  if (m === leaves.length) return isWhole ? [] : [naiveRoot(leaves)];
  const k = split(leaves.length);
  return m <= k
    ? [...naiveConsistency(m, leaves.slice(0, k), isWhole), naiveRoot(leaves.slice(k))]
    : [...naiveConsistency(m - k, leaves.slice(k), false), naiveRoot(leaves.slice(0, k))];
}

const treeOf = (leaves: readonly Buffer[]): ProofTree => {
  const tree = new ProofTree();
  for (const leaf of leaves) tree.append(leaf);
  return tree;
};
const hex = (buffers: readonly Buffer[]) => buffers.map((buffer) => buffer.toString('hex'));

const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map((text) =>
  Buffer.from(text, 'hex'),
);
const ROOTS = [
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

describe('the published vectors', () => {
  const tree = treeOf(LEAVES);
  test('roots', () => {
    expect(ROOTS.map((_, size) => tree.root(size).toString('hex'))).toEqual(ROOTS);
    expect(LEAVES.map((_, at) => naiveRoot(LEAVES.slice(0, at + 1)).toString('hex'))).toEqual(ROOTS.slice(1));
  });
  test.each<[number, number, string[]]>([
    [0, 1, []],
    [
      0,
      8,
      [
        '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
      ],
    ],
    [
      5,
      8,
      [
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
        'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
        'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      ],
    ],
    [2, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
    [
      1,
      5,
      [
        '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      ],
    ],
  ])('leaf %d of %d', (at, size, path) => {
    expect(hex(tree.inclusion(at, size))).toEqual(path);
    expect(isIncluded(LEAVES[at] as Buffer, at, size, tree.inclusion(at, size), tree.root(size))).toBe(true);
  });
  test.each<[number, number, string[]]>([
    [1, 1, []],
    [
      1,
      8,
      [
        '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
      ],
    ],
    [
      6,
      8,
      [
        '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
        'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
        'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      ],
    ],
    [
      2,
      5,
      [
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      ],
    ],
  ])('from %d to %d', (first, second, path) => {
    expect(hex(tree.consistency(first, second))).toEqual(path);
  });
});

const leavesOf = (size: number) => Array.from({ length: size }, (_, at) => Buffer.from(`leaf ${at}`));
const sizes = fc.integer({ min: 1, max: 200 });

describe('any tree', () => {
  test('has the roots and proofs of the naive definitions, and those of the frontier', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), fc.nat(), (size, a, b) => {
        const [second, at, first] = [size, a % size, 1 + (b % size)];
        const leaves = leavesOf(size + 3).map((leaf) => sha(leaf)); // a frontier grows by hashes
        const tree = treeOf(leaves);
        const whole = leaves.slice(0, second);
        expect(tree.root(second)).toEqual(naiveRoot(whole));
        expect(tree.inclusion(at, second)).toEqual(naiveInclusion(at, whole));
        expect(tree.consistency(first, second)).toEqual(naiveConsistency(first, whole));
        const frontier = new Frontier();
        for (const leaf of whole) frontier.append(byteText(leaf));
        expect(frontier.root()).toEqual(tree.root(second));
      }),
    );
  });

  test('proves what is so, and nothing else', () => {
    const twisted = (path: readonly Buffer[], seed: number): Buffer[][] => {
      const at = path.length === 0 ? 0 : seed % path.length;
      const flipped = path.map((node, index) => (index === at ? Buffer.from(node.map((byte) => byte ^ 1)) : node));
      const cut = path.map((node, index) => (index === at ? node.subarray(1) : node));
      return [
        ...(path.length === 0 ? [] : [flipped, cut, path.slice(1), path.slice(0, -1)]),
        [...path, Buffer.alloc(32)],
        [Buffer.alloc(32), ...path],
      ];
    };
    fc.assert(
      fc.property(sizes, fc.nat(), fc.nat(), fc.nat(), (size, a, b, seed) => {
        const [at, first] = [a % size, b % (size + 1)];
        const tree = treeOf(leavesOf(size));
        const leaf = Buffer.from(`leaf ${at}`);
        const [path, proof] = [tree.inclusion(at, size), tree.consistency(first, size)];
        const [before, after] = [
          { size: first, root: tree.root(first) },
          { size, root: tree.root() },
        ];
        expect(isIncluded(leaf, at, size, path, after.root)).toBe(true);
        expect(isExtension(before, after, proof)).toBe(true);
        for (const other of twisted(path, seed)) expect(isIncluded(leaf, at, size, other, after.root)).toBe(false);
        for (const other of twisted(proof, seed)) expect(isExtension(before, after, other)).toBe(false);
        expect(isIncluded(Buffer.from('other'), at, size, path, after.root)).toBe(false);
        expect(isIncluded(leaf, at + 1, size, path, after.root)).toBe(false);
        const other = { size: first, root: Buffer.alloc(32) };
        expect(isExtension(other, after, proof)).toBe(false);
        if (first !== size) expect(isExtension(after, before, proof)).toBe(false);
      }),
    );
  });
});
