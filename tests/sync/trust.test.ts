import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyBundleFile, createBundle } from '../../electron/data/host/operations.ts';
import { sessionView } from '../../electron/data/host/session.ts';
import { publicKeyOf, signerOf } from '../../electron/data/journal/keys.ts';
import { type DeviceStatement, fingerprintOf, readStatement, signStatement } from '../../electron/data/journal/statement.ts';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { closeLedger, inWriteTransaction, type Ledger } from '../../electron/data/ledger.ts';
import { refusalOf } from '../../electron/data/refused.ts';
import { setPolicy } from '../../electron/data/services/administer.ts';
import { cutOffDevice, heldOf } from '../../electron/data/services/enrol.ts';
import {
  findTrusted,
  isBeyondCutOff,
  listPartners,
  listTrusted,
  recipientsFor,
  recoveryRecipients,
  trustPartner,
} from '../../electron/data/services/partners.ts';
import { revokeDevice } from '../../electron/data/services/revoke.ts';
import { acceptListFile, draftList, setRecoveryRecipients, trustView } from '../../electron/data/services/trustLists.ts';
import { BundleRefused } from '../../electron/data/sync/format.ts';
import { identitiesOf, openBytes, sealBytes } from '../../electron/data/sync/seal.ts';
import { acceptList, listToSend, pendingList } from '../../electron/data/sync/trustList.ts';
import { fileText, type ListFile, rootsFingerprint, signList, type TrustList } from '../../electron/data/sync/trustListForm.ts';
import { aDepot, addColleague, START_MS, type TestDepot } from '../support/depot.ts';

const DAY_MS = 86_400_000;
const seedOf = (name: string) => createHash('sha256').update(name).digest();
const keyOf = (name: string) => publicKeyOf(seedOf(name));
const signed = (file: ListFile, ...names: readonly string[]): ListFile =>
  names.reduce((each, name) => signList(each, keyOf(name), signerOf(seedOf(name))), file);
const trust = (one: Ledger, other: Ledger) => trustPartner(one, other.device.statement, fingerprintOf(other.device.statement));
const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'done';
  } catch (cause) {
    return cause instanceof BundleRefused ? cause.code : (refusalOf(cause)?.code ?? `fault: ${String(cause)}`);
  }
};
const accept = (ledger: Ledger, file: ListFile, words = rootsFingerprint(file.list)) =>
  codeOf(() => acceptListFile(ledger, fileText(file), words, undefined));
/** As the pipeline takes in the list of a bundle. */
const receive = (ledger: Ledger, sender: Ledger, file: ListFile) =>
  codeOf(() => inWriteTransaction(ledger, (tx) => acceptList(tx, sender.device, { trust: file.list.version }, fileText(file))));
const folder = mkdtempSync(join(tmpdir(), 'trust-'));

/** A device of which only the statement exists. */
const aStatement = (name: string, more: Partial<DeviceStatement> = {}): string =>
  signStatement(
    {
      v: 1,
      device: seedOf(name).toString('hex').slice(0, 32),
      incarnation: 1,
      site: name,
      name,
      role: 'depot',
      publicKey: keyOf(name),
      recipient: `age1pq1${name.toLowerCase()}`,
      createdAtMs: START_MS,
      ...more,
    },
    signerOf(seedOf(name)),
  );
const enrol = (ledger: Ledger, statement: string) => codeOf(() => trustPartner(ledger, statement, fingerprintOf(statement)));

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
  }, 60_000);
});

describe('by a list', () => {
  let hq: TestDepot;
  let depot: TestDepot;
  const ROOTS = ['a', 'b', 'c'];
  const draft = (more: Parameters<typeof draftList>[1] = {}) => draftList(hq.ledger, more);
  const next = (list: Partial<TrustList> = {}) => {
    const file = draft();
    return { ...file, list: { ...file.list, ...list } };
  };
  const version = (ledger: Ledger) => trustView(ledger).list?.version ?? 0;
  const dep9 = aStatement('DEP9');
  beforeAll(async () => {
    [hq, depot] = [await aDepot('HQ', 'authority'), await aDepot('DEP1')];
    trust(hq.ledger, depot.ledger);
    trust(depot.ledger, hq.ledger);
    expect(enrol(hq.ledger, dep9)).toBe('done');
  }, 240_000);
  afterAll(() => [hq, depot].map(({ ledger }) => closeLedger(ledger)));

  test('the authority drafts, and the first list is taken in once enough roots signed and their words were compared', () => {
    expect(codeOf(() => draftList(depot.ledger, { roots: ROOTS.map(keyOf) }))).toBe('onlyAuthority');
    expect([codeOf(() => draft()), codeOf(() => draft({ roots: [keyOf('a')] }))]).toEqual(['badValue', 'badValue']);
    const file = draft({ roots: ROOTS.map(keyOf) });
    expect(file.list).toMatchObject({ version: 1, previous: null, threshold: 2, devices: { length: 3 } });
    expect([accept(hq.ledger, file), accept(hq.ledger, signed(file, 'a'))]).toEqual(['listRefused', 'listRefused']);
    const good = signed(file, 'a', 'c');
    expect(codeOf(() => acceptListFile(hq.ledger, fileText(good), undefined, undefined))).toBe('fingerprintRequired');
    expect(accept(hq.ledger, good, 'other words')).toBe('fingerprintMismatch');
    expect([version(hq.ledger), accept(hq.ledger, good), version(hq.ledger)]).toEqual([0, 'done', 1]);
    expect(listToSend(depot.ledger)).toEqual({ version: 0, line: null });
  });

  test('at a depot the first list waits for a person; then devices that only it names are trusted as their statements come', () => {
    const { ledger } = depot;
    const whole = JSON.parse(listToSend(hq.ledger).line as string) as ListFile;
    const forDepot = JSON.parse(listToSend(hq.ledger, 'DEP1').line as string) as ListFile;
    expect([whole.statements.length, forDepot.statements.length]).toEqual([3, 2]);
    expect(receive(ledger, hq.ledger, forDepot)).toBe('done');
    expect([version(ledger), trustView(ledger).pending?.version]).toEqual([0, 1]);
    expect(codeOf(() => acceptListFile(ledger, null, rootsFingerprint(whole.list), undefined))).toBe('done');
    expect(pendingList(ledger)).toBeNull();
    expect(trustView(ledger)).toMatchObject({ isListed: true, ownCutOffSeq: null, list: { version: 1, missing: 1 } });
    expect(receive(ledger, hq.ledger, whole)).toBe('done');
    expect(trustView(ledger).list?.missing).toBe(0);
    expect(listTrusted(ledger).map(({ site, source }) => [site, source])).toEqual(
      expect.arrayContaining([
        ['HQ', 'list'],
        ['DEP9', 'list'],
      ]),
    );
    expect(listTrusted(ledger)).toHaveLength(2);
  });

  test('no line goes to who said that it has this version', () => {
    inWriteTransaction(hq.ledger, (tx) => acceptList(tx, depot.ledger.device, { trust: 1 }, null));
    expect(listToSend(hq.ledger, 'DEP1')).toEqual({ version: 1, line: null });
    expect(listToSend(hq.ledger, 'DEP9').line).not.toBeNull();
  });

  test('lists follow by themselves; a revocation in one cuts off, and nobody trusts that device again', () => {
    const old = JSON.parse(listToSend(hq.ledger).line as string) as ListFile;
    revokeDevice(hq.ledger, { device: 'DEP9', reason: 'stolen' }, undefined);
    const file = signed(draft(), 'b', 'c');
    expect(accept(hq.ledger, file)).toBe('done');
    expect([receive(depot.ledger, hq.ledger, file), version(depot.ledger)]).toEqual(['done', 2]);
    expect(findTrusted(depot.ledger, seedOf('DEP9').toString('hex').slice(0, 32), 1)).toMatchObject({ cutOffSeq: 0, cutOffHead: null });
    expect(enrol(depot.ledger, dep9)).toBe('deviceRevoked');
    expect([receive(depot.ledger, hq.ledger, old), accept(depot.ledger, old), version(depot.ledger)]).toEqual(['done', 'listRefused', 2]);
  });

  test.each<[string, () => ListFile, string]>([
    ['below the threshold', () => signed(next(), 'a'), 'E_TRUST'],
    ['signed by strangers', () => signed(next(), 'x', 'y', 'z'), 'E_TRUST'],
    ['without the revocation', () => signed(next({ revoked: [] }), 'a', 'b'), 'E_TRUST'],
    ['another of the same version', () => signed(next({ version: 2, revoked: [] }), 'a', 'b'), 'E_TRUST'],
    ['for a newer program', () => signed(next({ minReader: 2 }), 'a', 'b'), 'E_VERSION'],
    ['of another form', () => signed(next({ threshold: 1 }), 'a', 'b'), 'E_FORMAT'],
  ])('a list in a bundle is refused: %s', (_name, make, code) => {
    const before = depot.ledger.journal.last.seq;
    expect(receive(depot.ledger, hq.ledger, make())).toBe(code);
    expect([version(depot.ledger), depot.ledger.journal.last.seq]).toEqual([2, before]);
  });

  test('after its last day: a warning, work goes on, nobody new; an expired list is not taken in, a fresh one ends it', () => {
    const stale = signed(draft(), 'a', 'b');
    for (const { deps } of [hq, depot]) deps.advance(366 * DAY_MS);
    expect(sessionView(depot.ledger, false)).toMatchObject({ isListExpired: true, listExpiresOn: '2027-06-01' });
    expect(codeOf(() => setPolicy(depot.ledger, { family: 'mix', kind: 'move', mode: 'warn' }))).toBe('done');
    const newcomer = aStatement('DEP7');
    expect([enrol(depot.ledger, newcomer), enrol(hq.ledger, newcomer)]).toEqual(['listExpired', 'listExpired']);
    expect([receive(depot.ledger, hq.ledger, stale), accept(depot.ledger, stale), version(depot.ledger)]).toEqual([
      'done',
      'listExpired',
      2,
    ]);
    const fresh = signed(draft(), 'a', 'b');
    expect([accept(hq.ledger, fresh), receive(depot.ledger, hq.ledger, fresh), version(depot.ledger)]).toEqual(['done', 'done', 3]);
    expect([sessionView(depot.ledger, false).isListExpired, enrol(depot.ledger, newcomer)]).toEqual([false, 'done']);
  });

  test('classic recipients only where the list says so, for all readers of a file alike; the depot opens both kinds', async () => {
    const { ledger } = depot;
    const classic = await identityToRecipient(await generateX25519Identity());
    setRecoveryRecipients(hq.ledger, [classic], undefined);
    expect(codeOf(() => draft())).toBe('badValue');
    const file = signed(draft({ recipients: 'classic', roots: ['d', 'e', 'f'].map(keyOf) }), 'a', 'b', 'd', 'e');
    expect([accept(hq.ledger, file), receive(ledger, hq.ledger, file), version(ledger)]).toEqual(['done', 'done', 4]);
    const { recipients, isClassic } = recipientsFor(ledger, 'HQ');
    expect([isClassic, recipients.length, recipients.includes(classic)]).toEqual([true, 3, true]);
    expect(recipients.every((recipient) => /^age1[02-9a-z]{58}$/.test(recipient))).toBe(true);
    expect(codeOf(() => recipientsFor(ledger, 'DEP7'))).toBe('noClassicRecipient');
    await createBundle(ledger, 'HQ', join(folder, 'classic.adi'), () => undefined);
    expect(await applyBundleFile(hq.ledger, join(folder, 'classic.adi'))).toMatchObject({ quarantined: null });
    const back = signed(draft({ recipients: 'classic' }), 'd', 'f');
    expect([accept(ledger, signed(draft(), 'a', 'b')), accept(ledger, back)]).toEqual(['listRefused', 'done']);
  }, 60_000);

  test('a revocation before the last entry held ends in a signed head, and says how many entries stay in the books', async () => {
    const first = heldOf(hq.ledger, depot.ledger.device.device, 1);
    setPolicy(depot.ledger, { family: 'mix', kind: 'move', mode: 'off' });
    setPolicy(depot.ledger, { family: 'mix', kind: 'move', mode: 'warn' });
    await createBundle(depot.ledger, 'HQ', join(folder, 'later.adi'), () => undefined);
    const { applied } = await applyBundleFile(hq.ledger, join(folder, 'later.adi'));
    const at = first.held + applied - 1;
    const reply = revokeDevice(hq.ledger, { device: 'DEP1', reason: 'in doubt', at }, undefined);
    expect(reply).toMatchObject({ seq: first.seq, head: first.head, heldBeyond: applied });
    expect(draft().list.revoked).toContainEqual({ dev: reply.device, inc: 1, seq: first.seq, head: first.head });
  }, 60_000);

  test('both journals verify: what they project is what they say', () => {
    expect([verifyLedger(hq.ledger), verifyLedger(depot.ledger)]).toMatchObject([{ ok: true }, { ok: true }]);
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
    expect(await openBytes(bytes, identitiesOf({ ageIdentity: hybrid, classicIdentity: classic }))).toEqual(plain);
  }
});

test('C3: whatever range of a revoked device is offered, none that ends after the cut-off, or in another hash there, is let through', () => {
  const hashes = fc.constantFrom('one', 'two');
  fc.assert(
    fc.property(fc.nat(20), hashes, fc.integer({ min: 1, max: 30 }), hashes, (cutOffSeq, cutOffHead, upto, head) => {
      const isLet = !isBeyondCutOff({ cutOffSeq, cutOffHead: cutOffSeq === 0 ? null : cutOffHead }, { upto, head });
      expect(isLet).toBe(upto < cutOffSeq || (upto === cutOffSeq && head === cutOffHead));
    }),
  );
  expect(isBeyondCutOff({ cutOffSeq: null, cutOffHead: null }, { upto: 9, head: 'one' })).toBe(false);
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
