import { invariant } from '../../../shared/lib/result.ts';
import { type ByteText, bytesOf, byteText, HASH_SIZE, sha256 } from './digest.ts';
import { EMPTY_ROOT, joined, LEAF } from './merkle.ts';

/** RFC 6962 proofs (as RFC 9162 section 2.1 writes them down): that a leaf lies in a tree, and that a tree only grew. */

export const leafHash = (leaf: Buffer): ByteText => sha256(LEAF + byteText(leaf));

/** The largest power of two below `size`, for sizes from 2. */
function splitOf(size: number): number {
  let half = 1;
  while (half * 2 < size) half *= 2;
  return half;
}

/** All perfect subtrees of a growing tree, so that a proof costs a few look-ups whatever the size. */
export class ProofTree {
  /** `levels[k]` holds the roots of the perfect subtrees of 2^k leaves, in their order. */
  private readonly levels: ByteText[][] = [[]];

  get size(): number {
    return this.levels[0]?.length ?? 0;
  }

  append(leaf: Buffer): void {
    let node = leafHash(leaf);
    for (let level = 0; ; level++) {
      this.levels[level] ??= [];
      const row = this.levels[level] as ByteText[];
      row.push(node);
      if (row.length % 2 === 1) return;
      node = joined(row.at(-2) as ByteText, node);
    }
  }

  /** The root of the first `size` leaves. */
  root(size = this.size): Buffer {
    this.requireSize(size);
    return bytesOf(size === 0 ? EMPTY_ROOT : this.hashOf(0, size));
  }

  /** From the leaf upwards: what stands beside the way to the root of the first `size` leaves. */
  inclusion(at: number, size = this.size): Buffer[] {
    this.requireSize(size);
    invariant(at >= 0 && at < size, 'no such leaf in this tree');
    return this.inclusionIn(at, 0, size).map(bytesOf);
  }

  /** That the tree of `size` leaves begins with the tree of `first` leaves. */
  consistency(first: number, size = this.size): Buffer[] {
    this.requireSize(size);
    invariant(first >= 0 && first <= size, 'a tree cannot begin with a larger one');
    return first === 0 || first === size ? [] : this.consistencyIn(first, 0, size, true).map(bytesOf);
  }

  private requireSize(size: number): void {
    invariant(size >= 0 && size <= this.size, 'the tree has not so many leaves');
  }

  /** Splits always fall on perfect subtrees, so a range that is a power of two stands in its level. */
  private hashOf(from: number, size: number): ByteText {
    const level = Math.log2(size);
    if (Number.isInteger(level)) return this.levels[level]?.[from / size] as ByteText;
    const half = splitOf(size);
    return joined(this.hashOf(from, half), this.hashOf(from + half, size - half));
  }

  private inclusionIn(at: number, from: number, size: number): ByteText[] {
    if (size === 1) return [];
    const half = splitOf(size);
    return at < half
      ? [...this.inclusionIn(at, from, half), this.hashOf(from + half, size - half)]
      : [...this.inclusionIn(at - half, from + half, size - half), this.hashOf(from, half)];
  }

  private consistencyIn(first: number, from: number, size: number, isWhole: boolean): ByteText[] {
    if (first === size) return isWhole ? [] : [this.hashOf(from, size)];
    const half = splitOf(size);
    return first <= half
      ? [...this.consistencyIn(first, from, half, isWhole), this.hashOf(from + half, size - half)]
      : [...this.consistencyIn(first - half, from + half, size - half, false), this.hashOf(from, half)];
  }
}

const isEven = (number: number): boolean => number % 2 === 0;
const halved = (number: number): number => Math.floor(number / 2);
const areHashes = (path: readonly Buffer[]): boolean => path.every(({ length }) => length === HASH_SIZE);

/** RFC 9162, 2.1.3.2. */
export function isIncluded(leaf: Buffer, at: number, size: number, path: readonly Buffer[], root: Buffer): boolean {
  if (at < 0 || at >= size || !areHashes(path)) return false;
  let node = at;
  let last = size - 1;
  let hash = leafHash(leaf);
  for (const beside of path.map(byteText)) {
    if (last === 0) return false;
    if (!isEven(node) || node === last) {
      hash = joined(beside, hash);
      while (isEven(node) && node !== 0) [node, last] = [halved(node), halved(last)];
    } else hash = joined(hash, beside);
    [node, last] = [halved(node), halved(last)];
  }
  return last === 0 && hash === byteText(root);
}

type Tree = Readonly<{ size: number; root: Buffer }>;

/** RFC 9162, 2.1.4.2. Every tree extends the empty one; of equal sizes only the same root does, without a path. */
export function isExtension(first: Tree, second: Tree, path: readonly Buffer[]): boolean {
  if (first.size < 0 || first.size > second.size || !areHashes([first.root, ...path])) return false;
  if (first.size === 0) return path.length === 0 && first.root.equals(bytesOf(EMPTY_ROOT));
  if (first.size === second.size) return path.length === 0 && first.root.equals(second.root);
  const isPerfect = Number.isInteger(Math.log2(first.size));
  const [start, ...rest] = [...(isPerfect ? [first.root] : []), ...path].map(byteText);
  return start !== undefined && foldsToBoth(start, rest, first, second);
}

function foldsToBoth(start: ByteText, path: readonly ByteText[], first: Tree, second: Tree): boolean {
  let [node, last] = [first.size - 1, second.size - 1];
  while (!isEven(node)) [node, last] = [halved(node), halved(last)];
  let [before, after] = [start, start];
  for (const beside of path) {
    if (last === 0) return false;
    if (!isEven(node) || node === last) {
      before = joined(beside, before);
      after = joined(beside, after);
      while (isEven(node) && node !== 0) [node, last] = [halved(node), halved(last)];
    } else after = joined(after, beside);
    [node, last] = [halved(node), halved(last)];
  }
  return last === 0 && before === byteText(first.root) && after === byteText(second.root);
}
