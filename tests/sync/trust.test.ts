import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyBundleFile, createBundle } from '../../electron/data/host/operations.ts';
import { type DeviceStatement, fingerprintOf, readStatement } from '../../electron/data/journal/statement.ts';
import { fileText, rootsFingerprint } from '../../electron/data/journal/trustListForm.ts';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { closeLedger, inWriteTransaction } from '../../electron/data/ledger.ts';
import { heldOf } from '../../electron/data/repositories/held.ts';
import { findTrusted, isBeyondCutOff, listTrusted } from '../../electron/data/repositories/trusted.ts';
import { setPolicy } from '../../electron/data/services/administer.ts';
import { cutOffDevice } from '../../electron/data/services/enrol.ts';
import { listPartners, recipientsFor, recoveryRecipients, trustPartner } from '../../electron/data/services/partners.ts';
import { revokeDevice } from '../../electron/data/services/revoke.ts';
import { identitiesOf, openBytes, sealBytes } from '../../electron/data/sync/seal.ts';
import { acceptListFile, draftList, setRecoveryRecipients, trustView } from '../../electron/data/sync/trustListService.ts';
import { aDepot, addColleague, type TestDepot } from '../support/depot.ts';

import { aStatement, codeOf, enrol, keyOf, seedOf, signed, trust } from '../support/trust.ts';

const folder = mkdtempSync(join(tmpdir(), 'trust-'));

describe('pair by pair', () => {
  let hq: TestDepot;
  let depot: TestDepot;
  let firstSeq: number;
  const carry = async (name: string) => {
    await createBundle(depot.ledger, 'HQ', join(folder, name), () => undefined);
    return applyBundleFile(hq.ledger, join(folder, name));
  };
  beforeAll(async () => {
    [hq, depot] = [await aDepot('HQ', 'authority'), await aDepot('DEP1')];
    trust(hq.ledger, depot.ledger);
    trust(depot.ledger, hq.ledger);
    await carry('first.adi');
    firstSeq = depot.ledger.journal.last.seq;
    setPolicy(depot.ledger, { family: 'mix', kind: 'move', mode: 'warn' });
    expect(await carry('second.adi')).toMatchObject({ quarantined: null, applied: 1 });
  }, 240_000);
  afterAll(() => [hq, depot].map(({ ledger }) => closeLedger(ledger)));

  test('a device that goes on from an earlier journal of its own cuts that off, unless more of it is held here', () => {
    const { device, site, statement } = depot.ledger.device;
    const { held, head } = heldOf(hq.ledger, device, 1);
    const next = (seq: number, hash = head as string) =>
      aStatement('NEXT', { device, site, incarnation: 2, previous: { device, incarnation: 1, seq, head: hash } });
    expect(enrol(hq.ledger, next(held - 1))).toBe('copyBehind');
    expect(enrol(hq.ledger, next(held, seedOf('other').toString('base64url')))).toBe('historyDiffers');
    const others = aStatement('OTHER', { site, previous: { device, incarnation: 1, seq: held, head: head as string } });
    expect(enrol(hq.ledger, others)).toBe('badIdentity');
    expect(listTrusted(hq.ledger).map((each) => each.statement)).toEqual([statement]);
    expect(enrol(hq.ledger, next(held))).toBe('done');
    expect(findTrusted(hq.ledger, device, 1)).toMatchObject({ cutOffSeq: held, cutOffHead: head });
    expect(listTrusted(hq.ledger).map(({ incarnation }) => incarnation)).toEqual([2]);
  });

  test('what comes from a revoked device is refused and changes nothing', async () => {
    const before = hq.ledger.journal.last.seq;
    setPolicy(depot.ledger, { family: 'mix', kind: 'move', mode: 'off' });
    expect((await carry('late.adi')).quarantined?.code).toBe('E_REVOKED');
    expect([hq.ledger.journal.last.seq, heldOf(hq.ledger, depot.ledger.device.device, 1).held]).toEqual([before, firstSeq + 1]);
    expect(enrol(hq.ledger, depot.ledger.device.statement)).toBe('deviceRevoked');
  });

  test('a revocation names one device, an entry that is held and a reason', () => {
    const { ledger } = depot;
    const refusal = (device: string, reason = 'stolen', at?: number) =>
      codeOf(() => revokeDevice(ledger, { device, reason, at }, undefined));
    expect([refusal('nobody'), refusal('HQ', ' '), refusal('HQ', 'stolen', 1)]).toEqual(['unknownDevice', 'reasonRequired', 'badValue']);
    expect(enrol(ledger, aStatement('HQ2', { site: 'HQ' }))).toBe('done');
    expect(refusal('HQ')).toBe('unknownDevice');
    const device = hq.ledger.device.device;
    expect(revokeDevice(ledger, { device: device.slice(0, 8), reason: 'stolen' }, undefined)).toMatchObject({
      site: 'HQ',
      seq: 0,
      head: null,
    });
    expect(refusal(device)).toBe('deviceRevoked');
    expect(listPartners(ledger).find((partner) => partner.device === device)).toMatchObject({ cutOffSeq: 0, source: 'pair' });
  });

  test('a revoked device is no recipient; the own device and the recovery keys are, and classic ones not without a list', async () => {
    const { ledger } = depot;
    const hybrid = await identityToRecipient(await generateHybridIdentity());
    const own = readStatement(ledger.device.statement) as DeviceStatement;
    expect(codeOf(() => setRecoveryRecipients(ledger, [own.classicRecipient as string], undefined))).toBe('badValue');
    setRecoveryRecipients(ledger, [hybrid], undefined);
    expect(recoveryRecipients(ledger)).toEqual([hybrid]);
    expect(recipientsFor(ledger, 'HQ')).toEqual({ recipients: ['age1pq1hq2', own.recipient, hybrid], isClassic: false });
    revokeDevice(ledger, { device: seedOf('HQ2').toString('hex').slice(0, 10), reason: 'gone' }, undefined);
    expect(codeOf(() => recipientsFor(ledger, 'HQ'))).toBe('unknownPartner');
    expect(verifyLedger(ledger)).toMatchObject({ ok: true });
  });

  test('a cut-off moves back only', () => {
    const { device } = depot.ledger.device;
    const { held } = heldOf(hq.ledger, device, 1);
    expect(heldOf(hq.ledger, device, 1, held - 1)).toMatchObject({ held, seq: firstSeq });
    // The newer incarnation is the one that is meant, so it goes first.
    expect(revokeDevice(hq.ledger, { device, reason: 'in doubt' }, undefined)).toMatchObject({ incarnation: 2, seq: 0, heldBeyond: 0 });
    const statement = findTrusted(hq.ledger, device, 1)?.statement as string;
    const cut = { dev: device, inc: 1, head: seedOf('h').toString('base64url'), reason: 'in doubt' };
    inWriteTransaction(hq.ledger, (tx) => [3, 4].map((seq) => cutOffDevice(tx, statement, { ...cut, seq })));
    expect(findTrusted(hq.ledger, device, 1)?.cutOffSeq).toBe(3);
    expect(verifyLedger(hq.ledger)).toMatchObject({ ok: true });
  });

  test('at an authority of two people a second one signs for an enrolment and a revocation', async () => {
    const { ledger } = hq;
    const newcomer = aStatement('DEP5');
    const second = await addColleague(ledger, 'witness', ['auditor']);
    expect(enrol(ledger, newcomer)).toBe('secondPersonRequired');
    expect(trustPartner(ledger, newcomer, fingerprintOf(newcomer), second)).toMatchObject({ trusted: 'DEP5' });
    expect(codeOf(() => revokeDevice(ledger, { device: 'DEP5', reason: 'r' }, undefined))).toBe('secondPersonRequired');
    expect(revokeDevice(ledger, { device: 'DEP5', reason: 'r' }, second)).toMatchObject({ site: 'DEP5' });
    expect(trustView(ledger).needsSecond).toEqual({ enrol: true, revoke: true });
    const first = signed(draftList(ledger, { roots: ['a', 'b', 'c'].map(keyOf) }), 'a', 'b');
    acceptListFile(ledger, fileText(first), rootsFingerprint(first.list), second);
    const accepted = ledger.sqlite.prepare("SELECT payload FROM entry WHERE event LIKE '%list.accepted%'").pluck().get() as string;
    expect(JSON.parse(accepted).who.auth).toMatchObject([{ usr: 'witness' }]);
  }, 60_000);
});

test('C7: a set of recipients of two kinds is sealed neither way; either kind opens with the identities of the device', async () => {
  const [hybrid, classic] = [await generateHybridIdentity(), await generateX25519Identity()];
  const [pq, x25519] = [await identityToRecipient(hybrid), await identityToRecipient(classic)];
  const plain = Buffer.from('plain');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.boolean(), { minLength: 2, maxLength: 6 }), fc.boolean(), async (kinds, isClassic) => {
      fc.pre(new Set(kinds).size === 2);
      const recipients = kinds.map((isHybrid) => (isHybrid ? pq : x25519));
      await expect(sealBytes(plain, recipients, isClassic)).rejects.toThrow(/recipients only/);
    }),
    { numRuns: 60, seed: 20261128 },
  );
  await expect(sealBytes(plain, [pq], true)).rejects.toThrow(/classic recipients only/);
  for (const [recipient, isClassic] of [
    [pq, false],
    [x25519, true],
  ] as const) {
    const { bytes } = await sealBytes(plain, [recipient], isClassic);
    expect(await openBytes(bytes, identitiesOf({ ageIdentity: hybrid, classicIdentity: classic, earlierIdentities: [] }))).toEqual(plain);
  }
});

test('C3: whatever range of a revoked device is offered, none that ends after the cut-off, or in another hash there, is let through', () => {
  const hashes = fc.constantFrom('one', 'two');
  fc.assert(
    fc.property(fc.nat(20), hashes, fc.integer({ min: -2, max: 2 }), hashes, fc.nat(20), (cutOffSeq, cutOffHead, beyond, head, held) => {
      const upto = Math.max(1, cutOffSeq + beyond);
      const isLet = !isBeyondCutOff({ cutOffSeq, cutOffHead: cutOffSeq === 0 ? null : cutOffHead }, { upto, head }, held);
      expect(isLet).toBe((upto < cutOffSeq && upto <= held) || (upto === cutOffSeq && head === cutOffHead));
    }),
  );
  expect(isBeyondCutOff({ cutOffSeq: null, cutOffHead: null }, { upto: 9, head: 'one' }, 0)).toBe(false);
});

test('C2: a device is trusted only by a statement that its own key signed', () => {
  const statement = aStatement('DEP3');
  fc.assert(
    fc.property(fc.nat(statement.length - 1), fc.integer({ min: 1, max: 127 }), (at, flip) => {
      const changed = statement.slice(0, at) + String.fromCharCode(statement.charCodeAt(at) ^ flip) + statement.slice(at + 1);
      expect(readStatement(changed)).toBeNull();
    }),
    { numRuns: 200, seed: 20261128 },
  );
  expect(readStatement(statement)).not.toBeNull();
});
