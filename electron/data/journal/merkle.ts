import { hash } from 'node:crypto';
import { invariant } from '../../../shared/lib/result.ts';

const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);
const sha256 = (bytes: Buffer): Buffer => hash('sha256', bytes, 'buffer');
const EMPTY_ROOT = sha256(Buffer.alloc(0));
const joined = (left: Buffer, right: Buffer): Buffer => sha256(Buffer.concat([NODE, left, right]));

/**
 * RFC 6962 tree that only grows, kept as the roots of its perfect subtrees (one per bit of the size, largest first):
 * at most twenty hashes for a million entries.
 */
export class Frontier {
  size: number;
  private readonly nodes: Buffer[];

  constructor(size = 0, nodes: Buffer[] = []) {
    invariant(nodes.length === bitCount(size), 'frontier does not fit its size');
    this.size = size;
    this.nodes = nodes;
  }

  static restore(size: number, bytes: Buffer): Frontier {
    return new Frontier(
      size,
      Array.from({ length: bytes.length / 32 }, (_, at) => Buffer.from(bytes.subarray(at * 32, at * 32 + 32))),
    );
  }

  append(leaf: Buffer): void {
    let node = sha256(Buffer.concat([LEAF, leaf]));
    for (let size = this.size; size & 1; size >>>= 1) node = joined(this.nodes.pop() as Buffer, node);
    this.nodes.push(node);
    this.size += 1;
  }

  root(): Buffer {
    const [last, ...rest] = [...this.nodes].reverse();
    return last === undefined ? EMPTY_ROOT : rest.reduce((right, left) => joined(left, right), last);
  }

  bytes(): Buffer {
    return Buffer.concat(this.nodes);
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
