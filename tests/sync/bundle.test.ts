import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyBundleFile, createBundle } from '../../electron/data/host/operations.ts';
import { fingerprintOf } from '../../electron/data/journal/statement.ts';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { closeLedger, inWriteTransaction, type Ledger } from '../../electron/data/ledger.ts';
import { refusalOf } from '../../electron/data/refused.ts';
import { decisionsOf } from '../../electron/data/repositories/decisions.ts';
import { listAllStock } from '../../electron/data/repositories/stock.ts';
import { setPolicy } from '../../electron/data/services/administer.ts';
import { trustPartner } from '../../electron/data/services/partners.ts';
import { postMovement } from '../../electron/data/services/postMovement.ts';
import { paddedSize } from '../../electron/data/sync/format.ts';
import { openBytes, sealBytes } from '../../electron/data/sync/seal.ts';
import { aDepot, aRequest, START_MS, stockUp, type TestDepot } from '../support/depot.ts';

const DAY_MS = 86_400_000;

let depot: TestDepot;
let authority: TestDepot;
let path: string;
const trust = (one: Ledger, other: Ledger) => trustPartner(one, other.device.statement, fingerprintOf(other.device.statement));

beforeEach(async () => {
  depot = await aDepot();
  authority = await aDepot('HQ', 'authority');
  stockUp(depot.ledger);
  trust(depot.ledger, authority.ledger);
  trust(authority.ledger, depot.ledger);
  path = join(mkdtempSync(join(tmpdir(), 'bundle-')), 'a.adi');
  await createBundle(depot.ledger, 'HQ', path, () => undefined);
});
afterEach(() => [depot, authority].map(({ ledger }) => closeLedger(ledger)));

const apply = (bytes: Buffer) => {
  const file = `${path}.test`;
  writeFileSync(file, bytes);
  return applyBundleFile(authority.ledger, file);
};
const stateOf = ({ sqlite }: Ledger) =>
  ['entry', 'holding', 'movement', 'head'].map((table) => sqlite.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
const stockOf = (ledger: Ledger) => listAllStock(ledger).map((row) => [row.item, row.lotId, row.place, row.quantity].join('|'));

test('a bundle brings the balances over, and the copy verifies by itself', async () => {
  const reply = await apply(readFileSync(path));
  expect(reply.quarantined).toBeNull();
  expect(stockOf(authority.ledger)).toEqual(stockOf(depot.ledger));
  expect(verifyLedger(authority.ledger)).toMatchObject({ ok: true });
});

test('twice changes nothing, and a later one adds the rest', async () => {
  await apply(readFileSync(path));
  const state = stateOf(authority.ledger);
  expect(await apply(readFileSync(path))).toMatchObject({ applied: 0, quarantined: null });
  expect(stateOf(authority.ledger)).toEqual(state);
  postMovement(
    depot.ledger,
    aRequest(depot.deps, { kind: 'issue', item: 'BALL', lot: 'LC-19A001', from: 'S1', to: 'RANGE', quantity: '9' }),
  );
  await createBundle(depot.ledger, 'HQ', `${path}.b`, () => undefined);
  expect(await apply(readFileSync(`${path}.b`))).toMatchObject({ applied: 1 });
});

test('flipped bits and cuts are refused, and nothing changes', async () => {
  const bytes = readFileSync(path);
  const state = stateOf(authority.ledger);
  const step = Math.floor(bytes.length / 40);
  for (let at = 3; at < bytes.length; at += step) {
    const flipped = Buffer.from(bytes);
    flipped.writeUInt8(flipped.readUInt8(at) ^ 8, at);
    expect([at, (await apply(flipped)).quarantined === null]).toEqual([at, false]);
    expect([at, (await apply(bytes.subarray(0, at))).quarantined === null]).toEqual([at, false]);
  }
  expect(stateOf(authority.ledger)).toEqual(state);
});

describe('what is inside may be bad though the seal is good', () => {
  const resealed = async (change: (plain: Buffer) => Buffer) => {
    const plain = await openBytes(readFileSync(path), authority.ledger.device.ageIdentity);
    const recipient = JSON.parse(authority.ledger.device.statement).statement.recipient as string;
    return apply((await sealBytes(change(Buffer.from(plain)), [recipient])).bytes);
  };
  test.each<[string, (plain: Buffer) => Buffer, string]>([
    ['another format', (plain) => Buffer.concat([Buffer.from('XXXX'), plain.subarray(4)]), 'E_FORMAT'],
    [
      'a huge header',
      (plain) => {
        plain.writeUInt32BE(0x7fffffff, 4);
        return plain;
      },
      'E_LIMIT',
    ],
    [
      'a signature of somebody else',
      (plain) => {
        const at = 8 + plain.readUInt32BE(4);
        plain.writeUInt8(plain.readUInt8(at) ^ 1, at);
        return plain;
      },
      'E_SIG',
    ],
    [
      'another body',
      (plain) => {
        const at = 8 + plain.readUInt32BE(4) + 64 + 20;
        plain.writeUInt8(plain.readUInt8(at) ^ 1, at);
        return plain;
      },
      'E_SIG',
    ],
    ['something behind it', (plain) => Buffer.concat([plain, Buffer.from([1])]), 'E_FORMAT'],
  ])('%s', async (_what, change, code) => {
    const state = stateOf(authority.ledger);
    expect((await resealed(change)).quarantined?.code).toBe(code);
    expect(stateOf(authority.ledger)).toEqual(state);
  });
});

test('a device that nobody enrolled is refused', async () => {
  const stranger = await aDepot('DEP1');
  trust(stranger.ledger, authority.ledger);
  await createBundle(stranger.ledger, 'HQ', `${path}.s`, () => undefined);
  expect((await apply(readFileSync(`${path}.s`))).quarantined?.code).toBe('E_UNKNOWN_DEV');
  closeLedger(stranger.ledger);
});

test('the export leaves one file of its name and no other', () => {
  expect(readdirSync(join(path, '..')).filter((name) => name.startsWith('a.adi'))).toEqual(['a.adi']);
});

test('classic recipients are refused', async () => {
  await expect(sealBytes(Buffer.from('x'), ['age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'])).rejects.toThrow(/hybrid/);
});

test('a wrong fingerprint is not trusted, and none asks for the words', () => {
  const code = (fingerprint: string | undefined) => {
    try {
      trustPartner(depot.ledger, authority.ledger.device.statement, fingerprint);
      return 'trusted';
    } catch (cause) {
      return refusalOf(cause)?.code;
    }
  };
  expect([code('not these words'), code(undefined)]).toEqual(['fingerprintMismatch', 'fingerprintRequired']);
});

test('padding never shortens and adds an eighth at most', () => {
  for (let size = 2; size < 5_000_000; size = Math.ceil(size * 1.13)) {
    expect(paddedSize(size)).toBeGreaterThanOrEqual(size);
    expect(paddedSize(size)).toBeLessThanOrEqual(size * 1.125 + 1);
  }
});

test('what two devices of one site decided has its last decision by the time it was made, not by the order of reading', async () => {
  const other = await aDepot('DEP1');
  trust(other.ledger, authority.ledger);
  trust(authority.ledger, other.ledger);
  const cell = { family: 'mix', kind: 'move' };
  for (const { deps, ledger } of [other, depot]) {
    setPolicy(ledger, { ...cell, mode: 'warn' });
    deps.advance(DAY_MS);
  }
  setPolicy(depot.ledger, { ...cell, mode: 'off' });
  const lastOf = () => decisionsOf(authority.ledger, 'DEP1')('policy.set', 'mix.move')?.atMs;
  const bundleOf = async ({ ledger }: TestDepot) => {
    await createBundle(ledger, 'HQ', `${path}.both`, () => undefined);
    expect((await apply(readFileSync(`${path}.both`))).quarantined).toBeNull();
  };
  await bundleOf(depot);
  const last = lastOf();
  expect(last).toBeGreaterThan(START_MS + DAY_MS);
  await bundleOf(other);
  expect(lastOf()).toBe(last);
  other.deps.advance(2 * DAY_MS);
  setPolicy(other.ledger, { ...cell, mode: 'block' });
  await bundleOf(other);
  expect(lastOf()).toBeGreaterThan(last ?? Number.POSITIVE_INFINITY);
  expect(() => inWriteTransaction(authority.ledger, () => lastOf())).toThrow('within a transaction');
  closeLedger(other.ledger);
});
