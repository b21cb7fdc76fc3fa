import fc from 'fast-check';
import { isExtension, isIncluded, ProofTree } from '../../electron/data/journal/merkleProofs.ts';
import {
  fileText,
  hashOfList,
  hashOfStatement,
  type ListFile,
  listFault,
  readListFile,
  tidyList,
} from '../../electron/data/journal/trustListForm.ts';
import { aStatement, keyOf, signed } from '../support/trust.ts';
import { hostileBytes, hostileJsonText } from './mutate.ts';
import { type AnyTarget, mustBeKnown, target } from './target.ts';

const ROOTS = ['one', 'two', 'three'];
const statements = ['DEP1', 'DEP2', 'HQ'].map((name) => aStatement(name));
const listOf = (version: number, previous: string | null): ListFile => ({
  list: tidyList({
    v: 1,
    minReader: 1,
    version,
    expiresOn: '2027-01-01',
    previous,
    roots: ROOTS.map(keyOf),
    threshold: 2,
    devices: statements.slice(0, version + 1).map(hashOfStatement),
    revoked: version === 1 ? [] : [{ dev: 'ab'.repeat(16), inc: 1, seq: 4, head: 'A'.repeat(43) }],
    recipients: 'hybrid',
    recovery: [],
  }),
  signatures: [],
  statements,
});
const held = signed(listOf(1, null), ...ROOTS);
const next = signed(listOf(2, hashOfList(held.list)), 'one', 'two');
if (listFault(next, held) !== null) throw new Error('the list itself is refused');

const trustList = target({
  name: 'the trust list',
  hostile: hostileJsonText([fileText(next), fileText(held)]),
  runs: 600,
  check: (bytes) => {
    const file = readListFile(bytes.toString('utf8'));
    // The statements beside a list are signed by themselves; what the roots sign is the list.
    if (file !== null && listFault(file, held) === null) mustBeKnown('a trust list', hashOfList(file.list) === hashOfList(next.list));
  },
});

const LEAVES = 21;
const tree = new ProofTree();
for (let at = 0; at < LEAVES; at++) tree.append(Buffer.from(`leaf ${at}`));
const HASH_SIZE = 32;
const split = (bytes: Buffer): Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / HASH_SIZE) }, (_, at) => bytes.subarray(at * HASH_SIZE, (at + 1) * HASH_SIZE));

const proofs = target({
  name: 'the proofs of an acceptance log',
  hostile: fc.tuple(fc.nat(LEAVES - 1), fc.nat(LEAVES)).chain(([leaf, first]) =>
    fc.record({
      leaf: fc.constant(leaf),
      first: fc.constant(first),
      path: hostileBytes([Buffer.concat(tree.inclusion(leaf))]),
      since: hostileBytes([Buffer.concat(tree.consistency(first)), Buffer.alloc(HASH_SIZE)]),
    }),
  ),
  runs: 1_000,
  check: ({ leaf, first, path, since }) => {
    const isSame = path.equals(Buffer.concat(tree.inclusion(leaf)));
    if (isIncluded(Buffer.from(`leaf ${leaf}`), leaf, LEAVES, split(path), tree.root())) mustBeKnown('a proof of inclusion', isSame);
    if (isIncluded(Buffer.from('another'), leaf, LEAVES, split(path), tree.root())) throw new Error('a leaf is proved that is none');
    const isExtended = isExtension({ size: first, root: tree.root(first) }, { size: LEAVES, root: tree.root() }, split(since));
    if (isExtended) mustBeKnown('a proof of growth', since.equals(Buffer.concat(tree.consistency(first))));
  },
});

export const trustTargets: readonly AnyTarget[] = [trustList, proofs];
