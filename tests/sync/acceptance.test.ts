import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyBundleFile, createBundle } from '../../electron/data/host/operations.ts';
import { fingerprintOf } from '../../electron/data/journal/statement.ts';
import { closeLedger, inWriteTransaction, type Ledger } from '../../electron/data/ledger.ts';
import { listTrusted, type TrustedDevice } from '../../electron/data/repositories/trusted.ts';
import { onlyHereOf } from '../../electron/data/services/acknowledged.ts';
import { setPolicy } from '../../electron/data/services/administer.ts';
import { decideCase, listCases, showCase } from '../../electron/data/services/cases.ts';
import { listPartners, trustPartner } from '../../electron/data/services/partners.ts';
import { type LogPart, logFor, recordAcceptance, signCheckpoint } from '../../electron/data/sync/acceptanceLog.ts';
import { acceptLog, seenFor } from '../../electron/data/sync/acceptLog.ts';
import { frozenBy, recordFork } from '../../electron/data/sync/cases.ts';
import { ForkFound } from '../../electron/data/sync/fork.ts';
import { BundleRefused } from '../../electron/data/sync/format.ts';
import { aDepot, addColleague, type TestDepot } from '../support/depot.ts';

// Goal: a depot finds out when an authority rewrites what it has accepted, and an acknowledgement never goes back.
// Method: two real files; the authority's own log in the hands of a test that bends it, with the authority's signature
// on what is bent, since that is the case that matters.

let depot: TestDepot;
let authority: TestDepot;
let asPartner: TrustedDevice; // the authority, as the depot knows it
let asAddressee: TrustedDevice; // the depot, as the authority knows it
const trust = (one: Ledger, other: Ledger) => trustPartner(one, other.device.statement, fingerprintOf(other.device.statement));
const base64 = (size = 32) => randomBytes(size).toString('base64url');

beforeAll(async () => {
  depot = await aDepot();
  authority = await aDepot('HQ', 'authority');
  trust(depot.ledger, authority.ledger);
  trust(authority.ledger, depot.ledger);
  const path = join(mkdtempSync(join(tmpdir(), 'log-')), 'a.adi');
  await createBundle(depot.ledger, 'HQ', path, () => undefined);
  expect((await applyBundleFile(authority.ledger, path)).quarantined).toBeNull();
  authority.ledger.sqlite.exec('DELETE FROM acceptance'); // the tests accept range by range themselves
  [asPartner] = listTrusted(depot.ledger) as [TrustedDevice];
  [asAddressee] = listTrusted(authority.ledger) as [TrustedDevice];
}, 120_000);
afterAll(() => [depot, authority].map(({ ledger }) => closeLedger(ledger)));

const rangeOf = (ledger: Ledger, upto: number, from = 1) => {
  const { device, incarnation } = asAddressee;
  const hash = ledger.sqlite
    .prepare('SELECT e.hash FROM stream s JOIN entry e USING (stream) WHERE s.device = ? AND e.seq = ?')
    .pluck()
    .get(device, upto) as Buffer;
  return { dev: device, inc: incarnation, from, upto, head: hash.toString('base64url') };
};
const accept = (upto: number, from = 1) =>
  inWriteTransaction(authority.ledger, (tx) => recordAcceptance(tx, rangeOf(authority.ledger, upto, from), base64()));
const acceptOther = (dev: string) =>
  inWriteTransaction(authority.ledger, (tx) => recordAcceptance(tx, { dev, inc: 1, from: 1, upto: 3, head: base64() }, base64()));
const sent = () => logFor(authority.ledger, [asAddressee]) as LogPart;
const take = (log: LogPart | null) => inWriteTransaction(depot.ledger, (tx) => acceptLog(tx, asPartner, { log, seen: [], holds: [] }));
const refusalBy = (work: () => void): BundleRefused | null => {
  try {
    work();
    return null;
  } catch (cause) {
    if (cause instanceof BundleRefused) return cause;
    throw cause;
  }
};
const seenSize = () => seenFor(depot.ledger, [asPartner])[0]?.size ?? 0;
const resigned = (log: LogPart): LogPart => {
  const { device: dev, incarnation: inc, sign } = authority.ledger.device;
  return { ...log, sig: signCheckpoint({ dev, inc, size: log.size, root: log.root }, sign) };
};

describe('one story', () => {
  let first: LogPart;
  let second: LogPart;

  test('before anything is accepted there is no log, and a depot keeps none', () => {
    expect(logFor(authority.ledger, [asAddressee])).toBeNull();
    expect(logFor(depot.ledger, [asPartner])).toBeNull();
    inWriteTransaction(depot.ledger, (tx) => recordAcceptance(tx, { ...rangeOf(authority.ledger, 2), dev: asPartner.device }, base64()));
    expect(depot.ledger.sqlite.prepare('SELECT count(*) FROM acceptance').pluck().get()).toBe(0);
  });

  test('what is accepted is acknowledged with a proof, and the same again adds no leaf', () => {
    accept(2);
    accept(2);
    first = sent();
    expect(first).toMatchObject({ size: 1, receipts: [{ from: 1, upto: 2, at: 0, path: [] }], since: [] });
    expect(refusalBy(() => take(first))).toBeNull();
    expect(seenSize()).toBe(1);
  });

  test('what a transaction added and took back never was in the log', () => {
    const attempt = () =>
      inWriteTransaction(authority.ledger, (tx) => {
        recordAcceptance(tx, rangeOf(tx, 3), base64());
        expect(logFor(tx, [asAddressee])?.size).toBe(1);
        throw new Error('taken back');
      });
    expect(attempt).toThrow('taken back');
    expect(sent().root).toBe(first.root);
  });

  test('a longer log needs the proof from what was seen', () => {
    inWriteTransaction(authority.ledger, (tx) =>
      acceptLog(tx, asAddressee, { log: null, seen: seenFor(depot.ledger, [asPartner]), holds: [] }),
    );
    for (const name of ['aa', 'bb', 'cc']) acceptOther(name.repeat(16));
    accept(4, 2);
    second = sent();
    expect(second).toMatchObject({ size: 5, receipts: [{ from: 3, upto: 4, at: 4 }], since: [{ size: 1 }] });
    expect(refusalBy(() => take({ ...second, since: [] }))?.code).toBe('E_GAP');
    expect(seenSize()).toBe(1);
    expect(refusalBy(() => take(second))).toBeNull();
    expect(seenSize()).toBe(5);
  });

  test('an earlier one that comes late takes nothing back', () => {
    expect(refusalBy(() => take(first))).toBeNull();
    expect(seenSize()).toBe(5);
  });

  test('what is not signed, or does not lie in the log, is refused', () => {
    const [receipt] = second.receipts as [LogPart['receipts'][number]];
    const bent: readonly LogPart[] = [
      { ...second, root: base64() },
      { ...second, size: 6 },
      { ...second, sig: base64(64) },
      { ...second, receipts: [{ ...receipt, from: 2 }] },
      { ...second, receipts: [{ ...receipt, at: 3 }] },
      { ...second, receipts: [{ ...receipt, path: receipt.path.slice(1) }] },
    ];
    expect(bent.map((log) => refusalBy(() => take(log))?.code)).toEqual(bent.map(() => 'E_SIG'));
    const notAuthority = refusalBy(() =>
      inWriteTransaction(authority.ledger, (tx) => acceptLog(tx, asAddressee, { log: second, seen: [], holds: [] })),
    );
    expect(notAuthority?.code).toBe('E_FORMAT');
  });

  test('several bundles sent before the depot is heard again prove from each of them', () => {
    authority.ledger.sqlite
      .prepare('INSERT INTO export (site, seq, at_ms) VALUES (?, ?, 1)')
      .run('DEP1', authority.ledger.journal.last.seq);
    acceptOther('dd'.repeat(16));
    const log = sent();
    expect(log.since.map(({ size }) => size)).toEqual([1, 5]);
    expect(refusalBy(() => take(log))).toBeNull();
    expect(seenSize()).toBe(6);
  });

  test('what a partner claims to have seen counts only where it is a state of the log, and never goes back', () => {
    const { device: dev, incarnation: inc } = authority.ledger.device;
    const hear = (size: number, root: string) =>
      inWriteTransaction(authority.ledger, (tx) => acceptLog(tx, asAddressee, { log: null, seen: [{ dev, inc, size, root }], holds: [] }));
    const known = () => authority.ledger.sqlite.prepare('SELECT seen_size FROM partner_state').pluck().get();
    hear(5, second.root);
    expect(known()).toBe(5);
    hear(6, base64());
    hear(99, base64());
    hear(1, first.root);
    expect(known()).toBe(5);
  });

  test('a log that was rewritten, with a good signature, is a fork that becomes a case; nothing more of it is taken', async () => {
    const before = depot.ledger.journal.last.seq;
    const rewritten = resigned({ ...sent(), size: 6, root: base64(), receipts: [] });
    const refusal = refusalBy(() => take(rewritten));
    expect(refusal).toBeInstanceOf(ForkFound);
    expect([seenSize(), depot.ledger.journal.last.seq]).toEqual([6, before]);
    const { evidence } = refusal as ForkFound;
    const id = recordFork(depot.ledger, evidence, 'sealed');
    expect(recordFork(depot.ledger, evidence, 'sealed')).toBe(id);
    expect(frozenBy(depot.ledger, asPartner.device, 1)).toBe(id);
    expect(showCase(depot.ledger, { id: (id as string).slice(0, 8) }).facts).toMatchObject({
      kind: 'fork',
      of: 'log',
      held: { seq: 6 },
      other: { seq: 6, root: rewritten.root, signature: rewritten.sig },
      bundle: 'sealed',
    });
  });

  test('a receipt that names another entry than the one held is a fork', () => {
    const head = base64();
    const { dev, inc } = rangeOf(authority.ledger, 2);
    inWriteTransaction(authority.ledger, (tx) => recordAcceptance(tx, { dev, inc, from: 5, upto: 5, head }, base64()));
    const log = sent();
    expect(log.since.some(({ size }) => size === 6)).toBe(false);
    authority.ledger.sqlite
      .prepare('INSERT INTO export (site, seq, at_ms) VALUES (?, ?, 2)')
      .run('DEP1', authority.ledger.journal.last.seq - 1);
    const refusal = refusalBy(() => take(sent())) as ForkFound;
    expect(refusal).toBeInstanceOf(ForkFound);
    expect(refusal.evidence).toMatchObject({ of: 'receipt', seq: 5, other: { hash: head } });
    expect(refusal.evidence.held?.hash).toBe(rangeOf(depot.ledger, 5).head);
  });

  test('two people decide, once, with a reason; the incarnation is cut off', async () => {
    const [open] = listCases(depot.ledger, { isOpenOnly: true });
    const decided = { id: open?.id ?? '', decision: 'heldStays', reason: 'compared by telephone' };
    expect(() => decideCase(depot.ledger, decided, undefined)).toThrow(/secondPersonRequired/);
    const second = await addColleague(depot.ledger, 'commander', ['commander']);
    expect(() => decideCase(depot.ledger, { ...decided, reason: ' ' }, second)).toThrow(/reasonRequired/);
    expect(() => decideCase(depot.ledger, { ...decided, decision: 'other' }, second)).toThrow(/badValue/);
    decideCase(depot.ledger, decided, second);
    expect(() => decideCase(depot.ledger, decided, second)).toThrow(/caseDecided/);
    expect(frozenBy(depot.ledger, asPartner.device, 1)).toBeNull();
    expect(listCases(depot.ledger, { isOpenOnly: true })).toEqual([]);
    expect(depot.ledger.sqlite.prepare('SELECT cut_off_seq FROM partner WHERE device = ?').pluck().get(asPartner.device)).toBe(0);
  });
});

test('only what the authority says it holds is safe; what was sent is told apart', async () => {
  const one = await aDepot('DEP2');
  trust(one.ledger, authority.ledger);
  const whole = one.ledger.journal.last.seq;
  expect(onlyHereOf(one.ledger)).toEqual({ onlyHere: whole, sentNotAcknowledged: 0 });
  await createBundle(one.ledger, 'HQ', join(mkdtempSync(join(tmpdir(), 'ack-')), 'a.adi'), () => undefined);
  setPolicy(one.ledger, { family: 'mix', kind: 'move', mode: 'warn' });
  expect(onlyHereOf(one.ledger)).toEqual({ onlyHere: whole + 1, sentNotAcknowledged: whole });
  const { device, incarnation } = one.ledger.device;
  const say = (by: string, seq: number, head: string) =>
    one.ledger.sqlite
      .prepare('INSERT OR REPLACE INTO held_there (device, incarnation, of_device, of_incarnation, seq, head) VALUES (?, 1, ?, ?, ?, ?)')
      .run(by, device, incarnation, seq, head);
  const headAt = (seq: number) =>
    (one.ledger.sqlite.prepare('SELECT hash FROM entry WHERE seq = ?').pluck().get(seq) as Buffer).toString('base64url');
  const seen = () => [onlyHereOf(one.ledger), listPartners(one.ledger).map(({ acknowledgedSeq, onlyHere }) => [acknowledgedSeq, onlyHere])];
  say(asPartner.device, whole - 1, headAt(whole - 1));
  expect(seen()).toEqual([{ onlyHere: 2, sentNotAcknowledged: 1 }, [[whole - 1, 2]]]);
  say('ff', whole + 1, headAt(whole + 1));
  expect(onlyHereOf(one.ledger).onlyHere).toBe(2); // somebody who is no partner
  // Another history, and more than is held here, acknowledge nothing; both places say the same.
  for (const [seq, head] of [
    [whole - 1, base64()],
    [whole + 9, base64()],
  ] as const) {
    say(asPartner.device, seq, head);
    expect(seen()).toEqual([{ onlyHere: whole + 1, sentNotAcknowledged: whole }, [[0, whole + 1]]]);
  }
  closeLedger(one.ledger);
});
