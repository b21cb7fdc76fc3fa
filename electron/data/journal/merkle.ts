import { invariant } from '../../../shared/lib/result.ts';
import { type ByteText, bytesOf, byteText, HASH_SIZE, Message, NO_HASH, sha256 } from './digest.ts';

export const LEAF = '\x00';
const leaf = new Message(LEAF + NO_HASH);
const node = new Message(`\x01${NO_HASH}${NO_HASH}`);
export const EMPTY_ROOT = sha256('');
/** The node above two. */
export const joined = (left: ByteText, right: ByteText): ByteText =>
  node
    .put(1, left)
    .put(1 + HASH_SIZE, right)
    .hash();

/**
 * RFC 6962 tree that only grows, kept as the roots of its perfect subtrees (one per bit of the size, largest first):
 * at most twenty hashes for a million entries.
 */
export class Frontier {
  size: number;
  private readonly nodes: ByteText[];

  constructor(size = 0, nodes: ByteText[] = []) {
    invariant(nodes.length === bitCount(size), 'frontier does not fit its size');
    this.size = size;
    this.nodes = nodes;
  }

  static restore(size: number, bytes: Buffer): Frontier {
    const text = byteText(bytes);
    return new Frontier(
      size,
      Array.from({ length: text.length / HASH_SIZE }, (_, at) => text.slice(at * HASH_SIZE, (at + 1) * HASH_SIZE)),
    );
  }

  append(hash: ByteText): void {
    let above = leaf.put(1, hash).hash();
    for (let size = this.size; size & 1; size >>>= 1) above = joined(this.nodes.pop() as ByteText, above);
    this.nodes.push(above);
    this.size += 1;
  }

  root(): Buffer {
    const [last, ...rest] = [...this.nodes].reverse();
    return bytesOf(last === undefined ? EMPTY_ROOT : rest.reduce((right, left) => joined(left, right), last));
  }

  bytes(): Buffer {
    return bytesOf(this.nodes.join(''));
  }

  copy(): Frontier {
    return new Frontier(this.size, [...this.nodes]);
  }
}

function bitCount(size: number): number {
  let count = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2;
  return count;
}
