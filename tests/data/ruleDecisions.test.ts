// Goal: the registers say who decided what about the rules, since when, and how it stands on the day that is asked for.
// Method: a real file, a clock that the test moves, every decision through its service.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RULE_HANDLERS } from '../../electron/data/host/ruleHandlers.ts';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { closeLedger, type Ledger, type Second } from '../../electron/data/ledger.ts';
import { choosePack, grantWaiver, setPolicy } from '../../electron/data/services/administer.ts';
import { grantApproval, withdrawApproval, withdrawWaiver } from '../../electron/data/services/approvals.ts';
import { checkDepot } from '../../electron/data/services/checkDepot.ts';
import { packOf } from '../../electron/data/services/checking.ts';
import { approvalRegister, waiverRegister } from '../../electron/data/services/decisionRegister.ts';
import { explainFinding } from '../../electron/data/services/explaining.ts';
import { previewPack, putPack } from '../../electron/data/services/packs.ts';
import { postMovement } from '../../electron/data/services/postMovement.ts';
import { listPacks, policyView } from '../../electron/data/services/ruleChoices.ts';
import { conditionalRules } from '../../shared/rules/conditional.ts';
import { defaultPolicy } from '../../shared/rules/policy.ts';
import { findingKey, troubleOf } from '../../shared/rules/ruleFinding.ts';
import { waivableRules } from '../../shared/rules/ruleIds.ts';
import { aDepot, addColleague, aRequest, LOT_DETONATOR, PASSPHRASE, reopen, START_MS, stockUp, type TestDepot } from '../support/depot.ts';

const DAY_MS = 86_400_000;
let depot: TestDepot;
let ledger: Ledger;
let second: Second;
beforeEach(async () => {
  depot = await aDepot();
  ({ ledger } = depot);
  stockUp(ledger);
  second = await addColleague(ledger, 'amina', ['commander']);
});
afterEach(() => closeLedger(ledger));

const fuzes = {
  rule: 'mix.articles.B-D',
  place: 'S1',
  conditions: ['fuzesWithArticles'],
  authority: 'Inspectorate 7',
  until: '2026-07-31',
  reason: 'fuzes of these very shells',
};
const about = { rule: 'limit.exceeded', place: 'S3', division: '1.4', until: '2026-07-31', reason: 'the new store is not ready' } as const;
const waiver = { ...about, quantityMaxG: 1_000_500 };
const as = (roles: readonly string[]): Ledger => ({ ...ledger, session: { ...ledger.session, roles } });
const context = (of = ledger) => ({ ledger: of, progress: () => () => undefined });

describe('the register of approvals', () => {
  test('shows each state as the days pass, and keeps what is over', () => {
    const { id } = grantApproval(ledger, fuzes, second);
    const states = () => approvalRegister(ledger).map(({ state, daysLeft }) => [state, daysLeft]);
    expect(approvalRegister(ledger)).toMatchObject([
      { ...fuzes, id, person: 'admin', second: 'amina', state: 'inForce', daysLeft: 60, withdrawn: null, grantedAtMs: expect.any(Number) },
    ]);
    depot.deps.advance(30 * DAY_MS);
    expect(states()).toEqual([['ending', 30]]);
    depot.deps.advance(30 * DAY_MS);
    expect(states()).toEqual([['ending', 0]]);
    depot.deps.advance(DAY_MS);
    expect(states()).toEqual([['expired', null]]);
  });

  test('says who took one back and why, puts what ends first at the top, and reads the same after reopening', () => {
    const first = grantApproval(ledger, fuzes, second);
    grantApproval(ledger, { ...fuzes, place: 'S3', until: '2026-06-10' }, second);
    grantApproval(ledger, { ...fuzes, place: 'S2', until: '2027-06-10' }, second);
    withdrawApproval(ledger, { id: first.id, reason: 'the fuzes are loose' });
    const register = approvalRegister(ledger);
    expect(register.map(({ place, state }) => [place, state])).toEqual([
      ['S3', 'ending'],
      ['S2', 'inForce'],
      ['S1', 'withdrawn'],
    ]);
    expect(register[2]?.withdrawn).toMatchObject({ person: 'admin', reason: 'the fuzes are loose' });
    closeLedger(ledger);
    ledger = reopen(depot);
    expect(approvalRegister(ledger)).toEqual(register);
    expect(verifyLedger(ledger)).toMatchObject({ ok: true });
  });

  test('a finding that was let pass is the same finding: it says until when', () => {
    receiveDetonators();
    const key = findingKey(mixing());
    expect(explainFinding(ledger, key)).toMatchObject({ conditions: ['fuzesWithArticles'], passesUntil: null });
    grantApproval(ledger, fuzes, second);
    expect(mixing()).toMatchObject({ severity: 'info', says: 'mix.approved' });
    expect(findingKey(mixing())).not.toBe(key);
    expect(troubleOf(findingKey(mixing()))).toBe(troubleOf(key));
    expect(explainFinding(ledger, key)).toMatchObject({ conditions: [], passesUntil: '2026-07-31' });
  });

  test('what may be approved is what the pack in force asks for', () => {
    const rules = conditionalRules(packOf(ledger));
    expect(rules.find(({ rule }) => rule === 'mix.articles.B-D')).toMatchObject({ kind: 'articles', groups: ['B', 'D'] });
    expect(rules.every(({ conditions }) => conditions.length > 0)).toBe(true);
    const near = rules.find(({ rule }) => rule === 'qd.cell.1.1.ES03.P2');
    expect(near).toMatchObject({ kind: 'distances', conditions: [{ id: 'lowerProtection' }] });
    for (const { rule, conditions } of rules) grantApproval(ledger, { ...fuzes, rule, conditions: conditions.map(({ id }) => id) }, second);
    expect(() => grantApproval(ledger, { ...fuzes, rule: 'qd.tooNear', conditions: ['segregated'] }, second)).toThrow('badValue');
    expect(() => grantApproval(ledger, { ...fuzes, rule: 'life.expired' }, second)).toThrow('badValue');
  });
});

const mixing = () => {
  const found = checkDepot(ledger).findings.find(({ rule }) => rule === 'mix.articles.B-D');
  if (found === undefined) throw new Error('no such finding');
  return found;
};
/** Detonators come to lie beside shells: what physically arrives is recorded, whatever the rules say. */
function receiveDetonators(): void {
  const receipt = { kind: 'receipt', item: 'DET', lotId: LOT_DETONATOR, from: 'SUP', to: 'S1', quantity: '5' } as const;
  const held = { condition: 'A1', owner: 'ARMY', holder: 'DEPOT' };
  expect(postMovement(ledger, aRequest(depot.deps, { ...receipt, ...held })).posted).toBe(true);
}

describe('the register of waivers', () => {
  test('shows division, states and the withdrawal', () => {
    const { id } = grantWaiver(ledger, waiver, second);
    expect(waiverRegister(ledger)).toMatchObject([
      { ...about, id, quantityMaxKg: 1_000.5, state: 'inForce', daysLeft: 60, person: 'admin', second: 'amina' },
    ]);
    depot.deps.advance(31 * DAY_MS);
    expect(waiverRegister(ledger)).toMatchObject([{ state: 'ending', daysLeft: 29 }]);
    withdrawWaiver(ledger, { id, reason: 'the store is ready' });
    expect(waiverRegister(ledger)).toMatchObject([{ state: 'withdrawn', daysLeft: null, withdrawn: { reason: 'the store is ready' } }]);
    depot.deps.advance(365 * DAY_MS);
    expect(waiverRegister(ledger)).toMatchObject([{ state: 'withdrawn' }]);
  });

  test('every finding of a check that stops can be waived where it stands', () => {
    receiveDetonators();
    const rules = waivableRules(packOf(ledger));
    const stopping = checkDepot(ledger).findings.filter(({ severity }) => severity === 'stop');
    expect(stopping.length).toBeGreaterThan(0);
    expect(stopping.filter(({ rule }) => !rules.has(rule))).toEqual([]);
  });
});

describe('the doors of the window', () => {
  test('ask for the role', async () => {
    const storekeeper = context(as(['storekeeper']));
    const refused = [
      () => RULE_HANDLERS['pack.choose'](storekeeper, { pack: 'strictest' }),
      () => RULE_HANDLERS['policy.set'](storekeeper, { family: 'mix', kind: 'move', mode: 'off' }),
      () => RULE_HANDLERS['approval.withdraw'](storekeeper, { id: 'x', reason: 'y' }),
      () => RULE_HANDLERS['waiver.withdraw'](storekeeper, { id: 'x', reason: 'y' }),
    ];
    for (const call of refused) expect(call).toThrow('notAllowed');
    await expect(RULE_HANDLERS['approval.grant'](storekeeper, { approval: fuzes })).rejects.toThrow('notAllowed');
    await expect(RULE_HANDLERS['waiver.grant'](storekeeper, { waiver })).rejects.toThrow('notAllowed');
    expect(RULE_HANDLERS['pack.choose'](context(), { pack: 'strictest' })).toMatchObject({ pack: 'strictest' });
  });

  test('ask for a second person with the own passphrase, never the one signed in', async () => {
    const right = { user: 'amina', passphrase: 'amina of the depot' };
    const wrong = [undefined, { ...right, passphrase: 'not hers' }, { user: 'admin', passphrase: PASSPHRASE }];
    for (const given of wrong) {
      await expect(RULE_HANDLERS['approval.grant'](context(), { approval: fuzes, second: given })).rejects.toThrow('secondPersonRequired');
      await expect(RULE_HANDLERS['waiver.grant'](context(), { waiver, second: given })).rejects.toThrow('secondPersonRequired');
    }
    expect([approvalRegister(ledger), waiverRegister(ledger)]).toEqual([[], []]);
    await RULE_HANDLERS['approval.grant'](context(), { approval: fuzes, second: right });
    await RULE_HANDLERS['waiver.grant'](context(), { waiver, second: right });
    expect([approvalRegister(ledger).length, waiverRegister(ledger).length]).toEqual([1, 1]);
    expect(verifyLedger(ledger)).toMatchObject({ ok: true });
  });
});

describe('packs', () => {
  test('a choice names who and when', () => {
    expect(listPacks(ledger)).toMatchObject({ chosen: 'iatg-2021', inForce: 'iatg-2021', decided: { person: 'admin' } });
    depot.deps.advance(DAY_MS);
    choosePack(ledger, { pack: 'aastp1-2006' });
    const { chosen, inForce, decided, packs } = listPacks(ledger);
    expect([chosen, inForce, decided?.person]).toEqual(['aastp1-2006', 'aastp1-2006', 'admin']);
    expect(decided?.atMs).toBeGreaterThanOrEqual(START_MS + DAY_MS);
    expect(packs.map(({ pack, isInForce }) => [pack, isInForce])).toEqual([
      ['iatg-2021', false],
      ['aastp1-2006', true],
      ['strictest', false],
    ]);
    expect(packs[0]?.sources.map(({ read }) => read)).toContain('secondHand');
  });

  test('a national pack is listed beside them, and one that cannot be read says why and is not in force', () => {
    putPack(ledger, national);
    expect(listPacks(ledger).packs.at(-1)).toMatchObject({ pack: 'reeds-2026', isNational: true, problem: null });
    ledger.store.put('nationalPack', { site: ledger.site, pack: 'torn', content: '{' });
    choosePack(ledger, { pack: 'reeds-2026' });
    expect(listPacks(ledger).packs.at(-1)).toMatchObject({ pack: 'torn', problem: 'the file is not JSON', isInForce: false });
    expect(listPacks(ledger).inForce).toBe('reeds-2026');
  });

  test('a preview says how far it is', () => {
    const steps: number[][] = [];
    previewPack(ledger, 'strictest', (done, total) => steps.push([done, total]));
    expect(steps).toEqual([
      [0, 2],
      [1, 2],
      [2, 2],
    ]);
  });
});

test('the policy says who changed a cell, and a change back is a change', () => {
  expect(policyView(ledger)).toEqual({ policy: defaultPolicy, changes: [] });
  setPolicy(ledger, { family: 'mix', kind: 'move', mode: 'warn' });
  setPolicy(ledger, { family: 'life', kind: 'issue', mode: 'off' });
  expect(policyView(ledger)).toMatchObject({
    policy: { mix: { move: 'warn' }, life: { issue: 'off' } },
    changes: [
      { family: 'mix', kind: 'move', person: 'admin' },
      { family: 'life', kind: 'issue', person: 'admin' },
    ],
  });
  const { mix, life, ...others } = policyView(ledger).policy;
  const { mix: mixBefore, life: lifeBefore, ...othersBefore } = defaultPolicy;
  expect(others).toEqual(othersBefore);
  expect([mix, life]).toEqual([
    { ...mixBefore, move: 'warn' },
    { ...lifeBefore, issue: 'off' },
  ]);
  const [, later] = policyView(ledger).changes;
  setPolicy(ledger, { family: 'mix', kind: 'move', mode: 'block' });
  expect(policyView(ledger).policy.mix).toEqual(defaultPolicy.mix);
  expect(policyView(ledger).changes[0]?.atMs).toBeGreaterThan(later?.atMs ?? Number.POSITIVE_INFINITY);
});

const national = JSON.stringify({
  id: 'reeds-2026',
  title: 'Valley of Reeds, order 7',
  authority: 'Inspectorate',
  date: '2026-05-01',
  base: 'iatg-2021',
  sources: [{ id: 'ORDER-7', title: 'Order 7', edition: '2026', cite: 'Order 7', read: 'document' }],
  rows: [{ id: 'mix.articles.D-S', verdict: 'prohibited', notes: [], source: 'ORDER-7', clause: 'article 3', status: 'verified' }],
});
