import { hash } from 'node:crypto';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { bytesOf, byteText } from '../../electron/data/journal/digest.ts';
import { chainHash } from '../../electron/data/journal/envelope.ts';
import { readStatement } from '../../electron/data/journal/statement.ts';
import { decodeRange } from '../../electron/data/sync/decodeRange.ts';
import { type BundleHeader, BundleRefused, checkBundleSignature, splitBundle, unpackBody } from '../../electron/data/sync/format.ts';
import { readPart, splitIntoParts } from '../../electron/data/sync/parts.ts';
import { entriesOfRange } from '../../electron/data/sync/rangeEntries.ts';
import { bundleOf, commit, dev, genesis, type MadeRange, makeRange, publicKey, sign, signedLayer, statement } from './bundleParts.ts';
import { hostileBytes, hostileJson, hostileJsonText } from './mutate.ts';
import { type AnyTarget, mustBeKnown, target } from './target.ts';

const ranges: readonly MadeRange[] = [makeRange(1), makeRange(12), makeRange(90)];
const bundles = [...ranges.map((one) => bundleOf(one)), bundleOf()];

/** What only a refusal of bundles may end. */
export function refusedOr<T>(work: () => T): T | null {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof BundleRefused) return null;
    throw cause;
  }
}
const isOneOf = (known: readonly Buffer[], bytes: Buffer): boolean => known.some((one) => one.equals(bytes));

const opened = bundles.map(splitBundle);
const wholeBundle = target({
  name: 'the signed layer of a bundle',
  hostile: hostileBytes(bundles),
  runs: 600,
  check: (plain) => {
    const found = refusedOr(() => {
      const split = splitBundle(plain);
      checkBundleSignature(split, publicKey);
      unpackBody(split);
      return split;
    });
    if (found === null) return;
    const isKnown = opened.some(({ headerBytes, body }) => headerBytes.equals(found.headerBytes) && body.equals(found.body));
    mustBeKnown('a bundle', isKnown);
  },
});

const signedHeader = target({
  name: 'a header that its device signed',
  hostile: hostileJson(opened.map(({ header }) => header)),
  runs: 600,
  check: (header) => {
    refusedOr(() => {
      const split = splitBundle(signedLayer(header, opened[1]!.body, sign));
      checkBundleSignature(split, publicKey);
      const { ranges: found } = unpackBody(split);
      if (found.reduce((sum, { length }) => sum + length, 0) > split.header.raw)
        throw new Error('more was unpacked than the header states');
    });
  },
});

const bodyFacts = fc.record({
  raw: fc.nat(100_000),
  list: fc.constantFrom(0, 1),
  ranges: fc.nat(16),
  isGzip: fc.boolean(),
  isPacked: fc.boolean(),
});
const packedBody = target({
  name: 'the body of a bundle',
  hostile: fc.tuple(hostileBytes(opened.map(({ body }) => body)), bodyFacts),
  runs: 600,
  check: ([bytes, { raw, list, ranges: count, isGzip, isPacked }]) => {
    const compress = isGzip ? gzipSync : brotliCompressSync;
    const body = isPacked ? compress(bytes) : bytes;
    const header = { comp: isGzip ? 'gzip' : 'brotli', raw: isPacked ? bytes.length : raw, list, ranges: Array(count).fill({}) };
    refusedOr(() => unpackBody({ ...opened[0]!, header: header as unknown as BundleHeader, body }));
  },
});

const packedRange = target({
  name: 'the packed form of entries',
  hostile: fc.tuple(fc.constantFrom(...ranges), hostileBytes(ranges.map(({ bytes }) => bytes))),
  runs: 1_500,
  check: ([{ range, events, payloads }, bytes]) => {
    refusedOr(() => [...decodeRange(bytes, range.upto)]);
    const stream = {
      stream: 1,
      site: 'DEP1',
      genesis,
      commitmentKey: Buffer.alloc(32, 9),
      commit,
      publicKey,
      device: dev,
      incarnation: 1,
    };
    const entries = refusedOr(() => [...entriesOfRange(stream, range, bytes)]);
    if (entries === null) return;
    const head = entries.reduce((previous, { event }) => chainHash(previous, event), byteText(genesis));
    if (bytesOf(head).toString('base64url') !== range.head) return;
    mustBeKnown(
      'a journal',
      entries.every(({ event, payloadLine }, at) => event === events[at] && payloadLine === payloads[at]),
    );
  },
});

const wholeFile = Buffer.concat(bundles);
const parts = splitIntoParts(wholeFile, 700);
const part = target({
  name: 'a part of a bundle',
  hostile: hostileBytes(parts),
  runs: 600,
  check: (bytes) => {
    const read = refusedOr(() => readPart(bytes));
    if (read === null) return;
    const sha = (hash('sha256', read.slice, 'buffer') as Buffer).toString('base64url');
    if (sha !== read.sha || read.slice.length !== read.bytes) throw new Error('a part was read that is not what it says');
    mustBeKnown(
      'a part',
      isOneOf(
        parts.map((one) => readPart(one).slice),
        read.slice,
      ),
    );
  },
});

const signedStatement = target({
  name: 'the statement of a device',
  hostile: hostileJsonText([statement]),
  runs: 800,
  check: (bytes) => {
    const text = bytes.toString('utf8');
    if (readStatement(text) !== null) mustBeKnown('a statement', text === statement);
  },
});

export const bundleTargets: readonly AnyTarget[] = [wholeBundle, signedHeader, packedBody, packedRange, part, signedStatement];
