import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyBundleFile, createBundle } from '../../electron/data/host/operations.ts';
import { sessionView } from '../../electron/data/host/session.ts';
import { fileText, type ListFile, rootsFingerprint, type TrustList } from '../../electron/data/journal/trustListForm.ts';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { closeLedger, inWriteTransaction, type Ledger } from '../../electron/data/ledger.ts';
import { heldOf } from '../../electron/data/repositories/held.ts';
import { findTrusted, listTrusted } from '../../electron/data/repositories/trusted.ts';
import { setPolicy } from '../../electron/data/services/administer.ts';
import { recipientsFor } from '../../electron/data/services/partners.ts';
import { revokeDevice } from '../../electron/data/services/revoke.ts';
import { acceptList, listToSend, pendingList } from '../../electron/data/sync/trustList.ts';
import { acceptListFile, draftList, setRecoveryRecipients, trustView } from '../../electron/data/sync/trustListService.ts';
import { aDepot, type TestDepot } from '../support/depot.ts';

import { accept, aStatement, codeOf, enrol, keyOf, receive, seedOf, signed, trust } from '../support/trust.ts';

const DAY_MS = 86_400_000;
const folder = mkdtempSync(join(tmpdir(), 'trust-'));

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
    // Anybody can sign a first list with roots and a number of his own.
    const stray = signed({ ...forDepot, list: { ...forDepot.list, version: Number.MAX_SAFE_INTEGER } }, 'a', 'c');
    expect([receive(ledger, depot.ledger, stray), pendingList(ledger)]).toEqual(['done', null]);
    expect([receive(ledger, hq.ledger, stray), trustView(ledger).pending?.version]).toEqual(['done', Number.MAX_SAFE_INTEGER]);
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
    inWriteTransaction(hq.ledger, (tx) => acceptList(tx, { ...depot.ledger.device, role: 'depot' }, { trust: 1 }, null));
    expect(listToSend(hq.ledger, 'DEP1')).toEqual({ version: 1, line: null });
    expect(listToSend(hq.ledger, 'DEP9').line).not.toBeNull();
  });

  test('lists follow by themselves; a revocation in one cuts off, and nobody trusts that device again', () => {
    const old = JSON.parse(listToSend(hq.ledger).line as string) as ListFile;
    expect(enrol(hq.ledger, aStatement('DEP8'))).toBe('done');
    revokeDevice(hq.ledger, { device: 'DEP9', reason: 'stolen' }, undefined);
    const file = signed(draft(), 'b', 'c');
    expect(accept(hq.ledger, file)).toBe('done');
    expect([receive(depot.ledger, hq.ledger, { ...file, statements: [] }), version(depot.ledger)]).toEqual(['done', 2]);
    expect(trustView(depot.ledger).list?.missing).toBe(1);
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

  test('after its last day: a warning, work goes on, nobody new; an expired list is not taken in, a fresh one in a bundle ends it', async () => {
    const stale = signed(draft(), 'a', 'b');
    const whole = JSON.parse(listToSend(hq.ledger).line as string) as ListFile;
    for (const { deps } of [hq, depot]) deps.advance(366 * DAY_MS);
    expect(sessionView(depot.ledger, false)).toMatchObject({ isListExpired: true, listExpiresOn: '2027-06-01' });
    expect(codeOf(() => setPolicy(depot.ledger, { family: 'mix', kind: 'move', mode: 'warn' }))).toBe('done');
    const newcomer = aStatement('DEP7');
    expect([enrol(depot.ledger, newcomer), enrol(hq.ledger, newcomer)]).toEqual(['listExpired', 'listExpired']);
    expect([receive(depot.ledger, hq.ledger, whole), trustView(depot.ledger).list?.missing]).toEqual(['done', 1]);
    expect([receive(depot.ledger, hq.ledger, stale), accept(depot.ledger, stale), version(depot.ledger)]).toEqual([
      'done',
      'listExpired',
      2,
    ]);
    const fresh = signed(draft(), 'a', 'b');
    expect(accept(hq.ledger, fresh)).toBe('done');
    await createBundle(hq.ledger, 'DEP1', join(folder, 'fresh.adi'), () => undefined);
    expect(await applyBundleFile(depot.ledger, join(folder, 'fresh.adi'))).toMatchObject({ quarantined: null });
    expect(version(depot.ledger)).toBe(3);
    expect([sessionView(depot.ledger, false).isListExpired, enrol(depot.ledger, newcomer)]).toEqual([false, 'done']);
  });

  test('classic recipients only where the list says so, for all readers of a file alike; the depot opens both kinds', async () => {
    const { ledger } = depot;
    const classic = await identityToRecipient(await generateX25519Identity());
    const secret = 'AGE-SECRET-KEY-PQ-1LWPGN6RXJNW9954W5J3RH';
    for (const wrong of [secret, secret.toLowerCase(), `# made in 2026\n${secret}`])
      expect(codeOf(() => setRecoveryRecipients(hq.ledger, [wrong], undefined))).toBe('secretNotWanted');
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
