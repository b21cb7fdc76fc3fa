// Goal: entries of a later program are told of wherever somebody might take the account for whole: check, movement, surplus, sites,
// partners, session and terminal; and they are folded once the program knows them.
// Method: a second device of the site, and the authority, hold an entry of a type that nobody knows. An update is the same file with
// a journal whose entries another program counted as not understood.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tellingAccounts } from '../../electron/cli/accounts.ts';
import { describeFinding } from '../../electron/cli/wording.ts';
import { keepLocal } from '../../electron/data/db/localSettings.ts';
import { sessionView } from '../../electron/data/host/session.ts';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { closeLedger, inWriteTransaction, type Ledger, record } from '../../electron/data/ledger.ts';
import { foldAfterUpdate } from '../../electron/data/projections/foldForeign.ts';
import { NOT_UNDERSTOOD } from '../../electron/data/projections/project.ts';
import { listNotUnderstood } from '../../electron/data/repositories/notUnderstood.ts';
import { checkDepot, checkPlace } from '../../electron/data/services/checkDepot.ts';
import { listPartners } from '../../electron/data/services/partners.ts';
import { postMovement } from '../../electron/data/services/postMovement.ts';
import { runSurplus } from '../../electron/data/services/runSurplus.ts';
import { listSites } from '../../electron/data/services/sites.ts';
import type { MovementRequest } from '../../shared/contract/inputs.ts';
import { surplusPolicy } from '../../shared/contract/inputs.ts';
import { type Entry, TEXT_FIELDS } from '../../shared/domain/entries.ts';
import { aDepot, addColleague, aRequest, stockUp, type TestDepot } from '../support/depot.ts';
import { bring, trustEachOther } from '../support/sites.ts';

let [depot, authority]: readonly [TestDepot, TestDepot] = [] as never;
/** A type that a later program knows, and how it splits it. */
Object.assign(TEXT_FIELDS, { 'holding.weighed': [] });
const writeLater = (ledger: Ledger) =>
  inWriteTransaction(ledger, (tx) => record(tx, { type: 'holding.weighed', data: { place: 'S1' } } as unknown as Entry));
const accountsIn = (ledger: Ledger) => checkDepot(ledger).findings.filter(({ rule }) => rule === 'unknown.account');
const gatesOf = (ledger: Ledger) => runSurplus(ledger, { asOf: '2026-06-01', policy: surplusPolicy.parse({}) }).gates;
const move = (more: Partial<MovementRequest> = {}) =>
  postMovement(
    depot.ledger,
    aRequest(depot.deps, { kind: 'move', item: 'BALL', lot: 'LC-19A001', from: 'S1', to: 'S3', quantity: '1', ...more }),
  );

beforeAll(async () => {
  [depot, authority] = [await aDepot(), await aDepot('HQ', 'authority')];
  stockUp(depot.ledger);
  trustEachOther(depot.ledger, authority.ledger);
  await bring(depot, authority);
}, 120_000);
afterAll(() => [depot, authority].map(({ ledger }) => closeLedger(ledger)));

test('a whole account is told of nowhere', () => {
  expect([accountsIn(authority.ledger), listNotUnderstood(authority.ledger), gatesOf(authority.ledger)]).toEqual([[], [], ['noStocktake']]);
  expect(move()).toMatchObject({ posted: true });
  const answer = { json: { a: 1 }, lines: [] };
  expect(tellingAccounts(authority.ledger, answer)).toBe(answer);
});

test('at the authority: whose, how many, and no result of that site is clear', async () => {
  writeLater(depot.ledger);
  await bring(depot, authority);
  const { device } = depot.ledger.device;
  const whose = { site: 'DEP1', device, incarnation: 1, name: 'Depot DEP1', entries: 1 };
  expect(listNotUnderstood(authority.ledger)).toEqual([whose]);
  const [finding, ...others] = accountsIn(authority.ledger);
  expect([finding, others]).toMatchObject([{ severity: 'stop', place: '', facts: { account: 'DEP1' }, numbers: { entries: 1 } }, []]);
  expect(describeFinding(finding as never)).toContain('The account of DEP1 is not whole');
  expect(gatesOf(authority.ledger)).toContain('accountIncomplete');
  expect(sessionView(authority.ledger, false).notUnderstood).toEqual([whose]);
  expect(listPartners(authority.ledger)).toMatchObject([{ site: 'DEP1', notUnderstood: 1 }]);
  expect(listSites(authority.ledger).map(({ site, notUnderstood }) => [site, notUnderstood])).toEqual([
    ['DEP1', 1],
    ['HQ', 0],
  ]);
  const told = tellingAccounts(authority.ledger, { json: { a: 1 }, lines: [], notes: ['first'] });
  expect(told).toMatchObject({ json: { a: 1, notUnderstood: [whose] } });
  expect(told.notes).toEqual(['first', expect.stringContaining(`1 entry of Depot DEP1 (device ${device.slice(0, 8)}, incarnation 1)`)]);
});

test('at the site itself: each check, and a move only with two people; what happened can be recorded', async () => {
  expect(checkPlace(depot.ledger, 'S3').findings.map(({ rule }) => rule)).toContain('unknown.account');
  expect(move()).toMatchObject({ posted: false, refusal: { code: 'blockedByFinding', rules: ['unknown.account'] } });
  const expended = move({ kind: 'expend', to: 'RANGE' });
  expect(expended).toMatchObject({ posted: true });
  expect(expended.findings.map(({ rule }) => rule)).toContain('unknown.account');
  const second = await addColleague(depot.ledger, 'officer', ['commander']);
  const overridden = aRequest(depot.deps, {
    kind: 'move',
    item: 'BALL',
    lot: 'LC-19A001',
    from: 'S1',
    to: 'S3',
    quantity: '1',
    override: 'fire',
  });
  expect(postMovement(depot.ledger, overridden, second)).toMatchObject({ posted: true });
});

test('an update folds what the program before only counted, and nothing is told of any more', () => {
  const { ledger } = authority;
  const stream = ledger.sqlite.prepare("SELECT stream FROM stream WHERE site = 'DEP1'").pluck().get() as number;
  const natures = () => ledger.sqlite.prepare("SELECT count(*) FROM item WHERE site = 'DEP1'").pluck().get();
  // As the program before left it: three entries more that it did not know, and no row of theirs.
  ledger.sqlite.prepare("DELETE FROM item WHERE site = 'DEP1'").run();
  ledger.sqlite.prepare("UPDATE setting SET value = '4' WHERE name = ?").run(`${NOT_UNDERSTOOD}${stream}`);
  inWriteTransaction(ledger, (tx) => keepLocal(tx, 'knownTypes', 'depot.opened'));
  ledger.store.forget();
  expect([natures(), accountsIn(ledger)[0]?.numbers.entries]).toEqual([0, 4]);
  // The check goes on, and takes a nature that nobody described here for the worst.
  const rules = new Set(checkDepot(ledger).findings.map(({ rule }) => rule));
  expect([rules.has('unknown.hazardCode'), rules.has('limit.indeterminate')]).toEqual([true, true]);
  foldAfterUpdate(ledger);
  expect([natures(), accountsIn(ledger)[0]?.numbers.entries]).toEqual([3, 1]);
  expect(verifyLedger(ledger)).toMatchObject({ ok: true });
});
