import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBundle } from '../../electron/data/host/operations.ts';
import { fingerprintOf } from '../../electron/data/journal/statement.ts';
import { closeLedger, type Ledger } from '../../electron/data/ledger.ts';
import { trustPartner } from '../../electron/data/services/partners.ts';
import { checkBundleSignature, splitBundle, unpackBody } from '../../electron/data/sync/format.ts';
import { openBytes, sealBytes } from '../../electron/data/sync/seal.ts';
import { independentAge } from '../../scripts/independentAge.mjs';
import { aDepot, stockUp, type TestDepot } from '../support/depot.ts';

// Goal: a bundle can be opened, and one be made, by a program that shares no line with this one. Method: the age of its
// author, in another language; scripts/independentAge.mjs gets it.

const folder = mkdtempSync(join(tmpdir(), 'independent-age-'));
const program = independentAge();
let depot: TestDepot;
let authority: TestDepot;
let sealed: Buffer;

const statementOf = ({ device }: Ledger): { recipient: string; publicKey: string } => JSON.parse(device.statement).statement;
const pathOf = (name: string, content: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

function run(command: 'age' | 'keygen', args: readonly string[], input?: Buffer): SpawnSyncReturns<Buffer> {
  if (program === null) throw new Error('no independent age is at hand: `npm test` fetches one, or put age 1.3 or later on the path');
  return spawnSync(program[command], args, { input, maxBuffer: 64 * 1024 * 1024 });
}
const decrypt = (bytes: Buffer, identity: string) => run('age', ['-d', '-i', pathOf('identity', `${identity}\n`), pathOf('sealed', bytes)]);
function encrypt(plain: Buffer, recipients: readonly string[]): Buffer {
  const { status, stdout, stderr } = run(
    'age',
    recipients.flatMap((recipient) => ['-r', recipient]),
    plain,
  );
  expect([status, stderr.toString()]).toEqual([0, '']);
  return stdout;
}
/** A pair of keys that the other program made. */
function theirKeys(...options: readonly string[]): { identity: string; recipient: string } {
  const { stdout } = run('keygen', options);
  const [identity = ''] = /^AGE-SECRET-KEY-\S+$/m.exec(stdout.toString()) ?? [];
  const [, recipient = ''] = /^# public key: (age1\S+)$/m.exec(stdout.toString()) ?? [];
  return { identity, recipient };
}

// A machine that has none and cannot fetch one is no reason to stop the work on it: `npm test` says that this was left out.
describe.runIf(program !== null)('beside another age', () => {
  beforeAll(async () => {
    [depot, authority] = await Promise.all([aDepot(), aDepot('HQ', 'authority')]);
    stockUp(depot.ledger);
    trustPartner(depot.ledger, authority.ledger.device.statement, fingerprintOf(authority.ledger.device.statement));
    const path = join(folder, 'a.adi');
    await createBundle(depot.ledger, 'HQ', path, () => undefined);
    sealed = readFileSync(path);
  });
  afterAll(() => [depot, authority].map(({ ledger }) => closeLedger(ledger)));

  test('a bundle opens for the addressee and for its sender, and what comes out is signed and whole', async () => {
    for (const { ledger } of [authority, depot]) {
      const { status, stdout } = decrypt(sealed, ledger.device.ageIdentity);
      expect(status).toBe(0);
      expect(stdout.equals(await openBytes(sealed, ledger.device.ageIdentity))).toBe(true);
      const opened = splitBundle(stdout);
      checkBundleSignature(opened, statementOf(depot.ledger).publicKey);
      expect(unpackBody(opened).ranges.length).toBe(1);
    }
  });

  test('a stranger opens nothing, and neither program takes a bundle that was cut or altered', async () => {
    const { identity } = theirKeys('-pq');
    expect(decrypt(sealed, identity).status).not.toBe(0);
    await expect(openBytes(sealed, identity)).rejects.toThrow(/cannot be opened here/);
    const flipped = Buffer.from(sealed);
    flipped.writeUInt8(flipped.readUInt8(sealed.length - 100) ^ 1, sealed.length - 100);
    for (const bytes of [flipped, sealed.subarray(0, -1), sealed.subarray(0, sealed.length / 2)]) {
      expect(decrypt(bytes, authority.ledger.device.ageIdentity).status).not.toBe(0);
      await expect(openBytes(bytes, authority.ledger.device.ageIdentity)).rejects.toThrow(/cannot be opened here/);
    }
  });

  test('both programs derive the same recipient from an identity', () => {
    const { status, stdout } = run('keygen', ['-y', pathOf('own', `${depot.ledger.device.ageIdentity}\n`)]);
    expect([status, stdout.toString().trim()]).toEqual([0, statementOf(depot.ledger).recipient]);
  });

  /** Around the pieces of 64 KiB in which age encrypts. */
  const SIZES = [0, 1, 65_535, 65_536, 65_537, 300_000];

  const KINDS = [
    ['hybrid', ['-pq'], generateHybridIdentity],
    ['classic', [], generateX25519Identity],
  ] as const;

  test.each(KINDS)('%s: what one program seals the other opens, at the edges of the pieces, both ways', async (kind, options, make) => {
    const ours = await make();
    const theirs = theirKeys(...options);
    const recipients = [await identityToRecipient(ours), theirs.recipient];
    for (const size of SIZES) {
      const plain = randomBytes(size);
      expect((await openBytes(encrypt(plain, recipients), ours)).equals(plain)).toBe(true);
      const { bytes } = await sealBytes(plain, recipients, kind === 'classic');
      expect(decrypt(bytes, theirs.identity).stdout.equals(plain)).toBe(true);
    }
  });
});
