// Goal: the fast digests give the bytes that node:crypto gives, so that journals made before and after read alike.
// Method: random keys and texts, long and empty and not Latin, against createHash and createHmac; and one commitment
// written out by the definition of the format.
import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { committerOf } from '../../electron/data/journal/commitment.ts';
import { bytesOf, byteText, hmacSha256, sha256 } from '../../electron/data/journal/digest.ts';

const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.constant('ж'.repeat(100_000)), fc.constant(''));

test('sha256 over bytes and a text', () => {
  fc.assert(
    fc.property(bytes, text, (head, tail) => {
      expect(bytesOf(sha256(byteText(head), tail))).toEqual(createHash('sha256').update(head).update(tail, 'utf8').digest());
    }),
  );
});

test('hmac under keys shorter and longer than a block', () => {
  fc.assert(
    fc.property(bytes, text, (key, message) => {
      expect(bytesOf(hmacSha256(key)(message))).toEqual(createHmac('sha256', key).update(message, 'utf8').digest());
    }),
  );
});

test('a commitment is the one that the format defines', () => {
  const key = Buffer.alloc(32, 9);
  const texts = { coarse: '{"a":1}', exact: '{"b":"ж"}', who: '{"usr":"x"}', text: '{}' };
  const digest = (...parts: (Buffer | string)[]) => {
    const hash = createHash('sha256');
    for (const part of parts) hash.update(part);
    return hash.digest();
  };
  const seed = createHmac('sha256', key).update('dev|1|7').digest();
  const leaves = (['coarse', 'exact', 'who', 'text'] as const).map((group) =>
    digest(Buffer.from([0]), digest(seed, group).subarray(0, 16), `["${group}",${texts[group]}]`),
  );
  expect(committerOf(key, 'dev', 1)(7, texts)).toBe(digest(Buffer.from([1]), ...leaves).toString('base64url'));
});
