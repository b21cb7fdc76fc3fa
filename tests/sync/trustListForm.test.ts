import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { publicKeyOf, signerOf } from '../../electron/data/journal/keys.ts';
import {
  fileText,
  hashOfList,
  isExpired,
  listFault,
  minReaderOf,
  readListFile,
  readSigned,
  rootsFingerprint,
  type SignedList,
  signedText,
  signersOf,
  signList,
  type TrustList,
  tidyList,
} from '../../electron/data/journal/trustListForm.ts';
import type { ListFault } from '../../shared/domain/errors.ts';

const seedOf = (name: string) => createHash('sha256').update(name).digest();
const keyOf = (name: string) => publicKeyOf(seedOf(name));
const hashOf = (name: string) => seedOf(name).toString('base64url');
const sign = (list: TrustList, ...names: readonly string[]): SignedList =>
  names.reduce((file, name) => signList(file, keyOf(name), signerOf(seedOf(name))), { list, signatures: [] } as SignedList);

const OLD = ['a', 'b', 'c'];
const NEW = ['d', 'e', 'f'];
const aList = (more: Partial<TrustList> = {}): TrustList =>
  tidyList({
    v: 1,
    minReader: 1,
    version: 1,
    expiresOn: '2027-06-01',
    previous: null,
    roots: OLD.map(keyOf),
    threshold: 2,
    devices: [hashOf('device 1')],
    revoked: [],
    recipients: 'hybrid',
    recovery: [],
    ...more,
  });
const first = sign(aList(), 'a', 'b');
const follow = (held: SignedList, more: Partial<TrustList> = {}): TrustList =>
  aList({ ...held.list, version: held.list.version + 1, previous: hashOfList(held.list), ...more });
const gone = { dev: '0'.repeat(32), inc: 1, seq: 7, head: hashOf('head 7') };

test('a list that follows and is signed by enough of the roots is taken, and so is a first one', () => {
  expect(listFault(first, null)).toBeNull();
  expect(listFault(sign(follow(first), 'b', 'c'), first)).toBeNull();
  expect(listFault(sign(follow(first, { revoked: [gone] }), 'b', 'c'), first)).toBeNull();
});

describe('attacks on a list', () => {
  const second = sign(follow(first), 'a', 'b');
  const third = sign(follow(second), 'a', 'b');
  const rotated = sign(follow(second, { roots: NEW.map(keyOf) }), 'a', 'b', 'd', 'e');
  const sig = (of: SignedList, name: string) => of.signatures.find(({ key }) => key === keyOf(name)) as SignedList['signatures'][number];
  test.each<[string, SignedList, SignedList | null, ListFault['fault']]>([
    ['rollback: an earlier list is sent again', first, third, 'inForce'],
    ['rollback: the same version again', second, second, 'inForce'],
    ['two lists of one version', sign(follow(first, { devices: [hashOf('device 1'), hashOf('x')] }), 'a', 'b'), second, 'inForce'],
    [
      'mix and match: the signatures of one list under the content of another',
      { list: follow(first, { devices: [hashOf('device 1'), hashOf('x')] }), signatures: second.signatures },
      first,
      'unsignedByRootsInForce',
    ],
    [
      'mix and match: one signature of this list, one of another',
      { list: third.list, signatures: [sig(third, 'a'), sig(second, 'b')] },
      second,
      'unsignedByRootsInForce',
    ],
    ['below the threshold', sign(follow(first), 'a'), first, 'unsignedByRootsInForce'],
    ['below the threshold, first list', sign(aList(), 'a'), null, 'unsignedByOwnRoots'],
    ['one key twice', { list: second.list, signatures: [sig(second, 'a'), sig(second, 'a')] }, first, 'unsignedByRootsInForce'],
    ['unknown roots', sign(follow(first, { roots: NEW.map(keyOf) }), 'd', 'e', 'f'), first, 'unsignedByRootsInForce'],
    [
      'new roots that the old ones did not sign for',
      sign(follow(first, { roots: NEW.map(keyOf) }), 'a', 'd', 'e'),
      first,
      'unsignedByRootsInForce',
    ],
    [
      'new roots that have not signed themselves',
      sign(follow(first, { roots: NEW.map(keyOf) }), 'a', 'b', 'd'),
      first,
      'unsignedByOwnRoots',
    ],
    ['old roots after a rotation', sign(follow(rotated, { roots: OLD.map(keyOf) }), 'a', 'b', 'c'), rotated, 'unsignedByRootsInForce'],
    [
      'fast-forward: old roots far ahead after a rotation',
      sign(aList({ version: rotated.list.version + 900 }), 'a', 'b', 'c'),
      rotated,
      'unsignedByRootsInForce',
    ],
    [
      'fast-forward: a version after which none could follow',
      sign(follow(first, { version: Number.MAX_SAFE_INTEGER }), 'a', 'b'),
      first,
      'tooFarAhead',
    ],
    ['another list before it', sign(follow(first, { previous: hashOf('another') }), 'a', 'b'), first, 'doesNotFollow'],
    ['no list before it', sign(follow(first, { previous: null }), 'a', 'b'), first, 'doesNotFollow'],
    ['a device left out', sign(follow(first, { devices: [] }), 'a', 'b'), first, 'deviceMissing'],
    ['a newer program needed', sign(follow(first, { minReader: 2 }), 'a', 'b'), first, 'newerProgram'],
  ])('%s', (_name, next, held, why) => {
    expect(listFault(next, held)?.fault).toBe(why);
  });

  test('a rotation of roots goes on by one version, under both', () => {
    expect(listFault(rotated, second)).toBeNull();
    expect(listFault(sign(follow(rotated), 'd', 'f'), rotated)).toBeNull();
  });

  test('a revocation is neither dropped nor moved later; earlier it may be', () => {
    const held = sign(follow(first, { revoked: [gone] }), 'a', 'b');
    const next = (revoked: TrustList['revoked']) => listFault(sign(follow(held, { revoked }), 'a', 'b'), held);
    expect([next([]), next([{ ...gone, seq: 8 }])]).toEqual([{ fault: 'revocationTakenBack' }, { fault: 'revocationTakenBack' }]);
    expect([next([gone]), next([{ ...gone, seq: 3 }])]).toEqual([null, null]);
  });

  test('a list that was missed does not stop the next one, as long as the roots are the same', () => {
    expect(listFault(third, first)).toBeNull();
    expect(listFault(sign(follow(rotated), 'd', 'e'), first)?.fault).toBe('unsignedByRootsInForce');
  });

  test('freeze: the last day counts, the day after does not', () => {
    expect(['2027-05-31', '2027-06-01', '2027-06-02'].map((today) => isExpired(first.list, today))).toEqual([false, false, true]);
  });
});

describe('the form', () => {
  const file = { ...first, statements: [] };
  test('what was written is read, and nothing else', () => {
    expect(readListFile(fileText(file))).toEqual(file);
    expect(readSigned(signedText(first))).toEqual(first);
    expect(readSigned(fileText(file))).toBeNull();
    expect(readListFile(`${fileText(file)}\n`)).toBeNull();
  });
  test.each<[string, Partial<TrustList>]>([
    ['one root', { roots: [keyOf('a')], threshold: 1 }],
    ['a threshold that one key reaches', { threshold: 1 }],
    ['a threshold that two halves reach', { roots: ['a', 'b', 'c', 'd'].map(keyOf), threshold: 2 }],
    ['a threshold beyond the roots', { threshold: 4 }],
    [
      'a classic recipient for recovery among hybrid ones',
      { recovery: ['age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'] },
    ],
    ['no day', { expiresOn: '2027-13-01' }],
  ])('%s is refused', (_name, more) => {
    expect(readListFile(fileText({ ...file, list: aList(more) }))).toBeNull();
  });
  test.each<[string, object]>([
    ['a root twice', { roots: [keyOf('a'), keyOf('a'), keyOf('b')] }],
    ['a member that nobody knows', { extra: 1 }],
  ])('%s is refused', (_name, more) => {
    expect(readListFile(fileText({ ...file, list: { ...first.list, ...more } as TrustList }))).toBeNull();
  });
  test('a key may not stand twice among the signatures', () => {
    const [one] = first.signatures as [SignedList['signatures'][number]];
    expect(readListFile(fileText({ ...file, signatures: [one, one] }))).toBeNull();
  });
  test('a newer form says which program it needs, whatever else stands in it', () => {
    expect(minReaderOf('{"list":{"minReader":9,"news":[]}}')).toBe(9);
  });
  test('a list of a thousand devices still fits into an entry', () => {
    const devices = Array.from({ length: 1000 }, (_, at) => hashOf(String(at)));
    expect(readSigned(signedText(sign(aList({ devices }), 'a', 'b')))?.list.devices).toHaveLength(1000);
  });
  test('the words of the roots say the keys and how many of them must sign', () => {
    const roots = OLD.map(keyOf);
    const words = rootsFingerprint({ roots, threshold: 2 });
    expect(words.split(' ')).toHaveLength(8);
    expect(rootsFingerprint({ roots: [...roots].reverse(), threshold: 2 })).toBe(words);
    expect(
      new Set([words, rootsFingerprint({ roots, threshold: 3 }), rootsFingerprint({ roots: NEW.map(keyOf), threshold: 2 })]).size,
    ).toBe(3);
  });
});

/** C2 and C8 for lists: whatever is offered in whatever order, the version never falls and the roots in force agreed to each step. */
test('property: of any lists offered in any order, each that is taken was signed by enough of the roots in force, and versions only grow', () => {
  const names = [...OLD, ...NEW];
  const offer = fc.record({
    step: fc.integer({ min: -3, max: 1_200 }),
    roots: fc.constantFrom(OLD, NEW, ['a', 'b', 'd']),
    signers: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 6 }),
    hasPrevious: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(offer, { maxLength: 12 }), (offers) => {
      let held = first;
      for (const { step, roots, signers, hasPrevious } of offers) {
        const version = Math.max(1, held.list.version + step);
        const previous = hasPrevious ? hashOfList(held.list) : null;
        const next = sign(aList({ version, previous, roots: roots.map(keyOf) }), ...signers);
        if (listFault(next, held) !== null) continue;
        expect(next.list.version).toBeGreaterThan(held.list.version);
        expect(signersOf(next, held.list.roots).size).toBeGreaterThanOrEqual(held.list.threshold);
        expect(signersOf(next, next.list.roots).size).toBeGreaterThanOrEqual(next.list.threshold);
        held = next;
      }
    }),
    { numRuns: 120, seed: 20261128 },
  );
});
