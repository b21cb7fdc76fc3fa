import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeFinding } from '../../electron/cli/wording.ts';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { closeLedger, inWriteTransaction, record, type Second } from '../../electron/data/ledger.ts';
import { answer } from '../../electron/data/refused.ts';
import { grantWaiver, setLicence } from '../../electron/data/services/administer.ts';
import { withdrawWaiver } from '../../electron/data/services/approvals.ts';
import { storeFindings } from '../../electron/data/services/checkDepot.ts';
import { waiverRegister } from '../../electron/data/services/decisionRegister.ts';
import { explainFindings } from '../../electron/data/services/explaining.ts';
import { postMovement } from '../../electron/data/services/postMovement.ts';
import { isPerDivision } from '../../shared/rules/limits.ts';
import { aDepot, addColleague, aRequest, LOT_HE, stockUp, type TestDepot } from '../support/depot.ts';

let depot: TestDepot;
let second: Second;
beforeEach(async () => {
  depot = await aDepot();
  stockUp(depot.ledger);
  for (const division of ['1.1', '1.4'] as const) setLicence(depot.ledger, { place: 'S3', division, limitG: 0 });
  second = await addColleague(depot.ledger, 'amina', ['commander']);
});
afterEach(() => closeLedger(depot.ledger));

const moveTo3 = (item: string, lot: string, quantity = '1') =>
  postMovement(depot.ledger, aRequest(depot.deps, { kind: 'move', item, lot, from: 'S1', to: 'S3', quantity }));
/** What the move of so many does to the limit. */
function heTo3(quantity: string) {
  const { findings, ...moved } = moveTo3('HE', 'АБВ-12-83', quantity);
  return { ...moved, findings: findings.filter(({ rule }) => rule === 'limit.exceeded') };
}
const untilReady = { place: 'S3', until: '2026-12-31', reason: 'until the new store is ready' } as const;
const waiver = { rule: 'limit.exceeded', ...untilReady, quantityMaxG: 50_000_000 } as const;

test('a waiver for one division of a store lets nothing of another division in', () => {
  grantWaiver(depot.ledger, { ...waiver, division: '1.4' }, second);
  const small = moveTo3('BALL', 'LC-19A001');
  expect([small.posted, small.findings.filter(({ severity }) => severity === 'stop')]).toMatchObject([
    true,
    [{ rule: 'limit.exceeded', facts: { division: '1.4' }, blocked: false, overridden: true }],
  ]);
  const large = moveTo3('HE', 'АБВ-12-83');
  expect(large).toMatchObject({ posted: false, refusal: { code: 'blockedByFinding', rules: ['limit.exceeded'] } });
  grantWaiver(depot.ledger, { ...waiver, division: '1.1' }, second);
  expect(moveTo3('HE', 'АБВ-12-83').posted).toBe(true);
  expect(verifyLedger(depot.ledger)).toMatchObject({ ok: true });
});

test('a waiver of a rule that has a finding for each division must name one, and no other may', () => {
  expect(() => grantWaiver(depot.ledger, waiver, second)).toThrow('badValue');
  expect(() => grantWaiver(depot.ledger, { ...waiver, rule: 'qd.tooNear', division: '1.1' }, second)).toThrow('badValue');
});

test('what no finding would ever match is not signed', () => {
  const refused: readonly (readonly [Readonly<Record<string, string | undefined>>, string])[] = [
    [{ rule: 'limit.exceded' }, 'badValue'],
    [{ rule: 'mix.articles.C-D', division: undefined, quantityMaxG: undefined }, 'badValue'],
    [{ rule: 'store.checklistDue', division: undefined }, 'badValue'],
    [{ rule: 'mix.segregation.mayBePropulsive', division: undefined }, 'badValue'],
    [{ place: 'NOWHERE' }, 'unknownPlace'],
    [{ place: 'RANGE' }, 'unknownPlace'],
    [{ until: '2026-05-31' }, 'badValue'],
    [{ until: '2031-02-30' }, 'badValue'],
    [{ reason: ' ' }, 'reasonRequired'],
  ];
  const before = depot.ledger.journal.last.seq;
  for (const [more, code] of refused)
    expect(() => grantWaiver(depot.ledger, { ...waiver, division: '1.4', ...more } as typeof waiver, second)).toThrow(code);
  expect(depot.ledger.journal.last.seq).toBe(before);
});

test('the refusal names every family of which something can be waived', () => {
  expect(answer(() => grantWaiver(depot.ledger, { ...waiver, rule: 'unknown.neq' }, second))).toMatchObject({
    ok: false,
    error: { field: 'rule', expected: 'class.…, mix.…, limit.…, life.…, qd.…, store.…' },
  });
});

test('a waiver ends with its last day', () => {
  grantWaiver(depot.ledger, { ...waiver, division: '1.4', until: '2026-06-01' }, second);
  expect(moveTo3('BALL', 'LC-19A001').posted).toBe(true);
  depot.deps.advance(86_400_000);
  expect(moveTo3('BALL', 'LC-19A001')).toMatchObject({ posted: false, refusal: { code: 'blockedByFinding' } });
});

describe('a waiver of a quantity', () => {
  const signed = { ...waiver, division: '1.1', quantityMaxG: 1_400 } as const;

  test('lets in so much and no more; beyond it the finding blocks and says for how much there is a waiver', () => {
    grantWaiver(depot.ledger, signed, second);
    expect(heTo3('3')).toMatchObject({ posted: false, findings: [{ numbers: { neqKg: 2.1, waiverKg: 1.4 }, blocked: true }] });
    expect(heTo3('2')).toMatchObject({ posted: true, findings: [{ numbers: { neqKg: 1.4 }, blocked: false, overridden: true }] });
    const beyond = heTo3('1');
    expect(beyond).toMatchObject({ posted: false, refusal: { code: 'blockedByFinding', rules: ['limit.exceeded'] } });
    expect(beyond.findings.map((finding) => describeFinding(finding))).toEqual([
      expect.stringMatching(/There is a waiver, signed for 1\.4 kg NEQ; this is 2\.1 kg/),
    ]);
    expect(verifyLedger(depot.ledger)).toMatchObject({ ok: true });
  });

  test('of several the one that is large enough counts, and among those too small the greatest is named', () => {
    grantWaiver(depot.ledger, signed, second);
    grantWaiver(depot.ledger, { ...signed, quantityMaxG: 2_099 }, second);
    expect(heTo3('3')).toMatchObject({ posted: false, findings: [{ numbers: { neqKg: 2.1, waiverKg: 2.099 } }] });
    grantWaiver(depot.ledger, { ...signed, quantityMaxG: 2_100 }, second);
    expect(heTo3('3').posted).toBe(true);
  });

  test('the explanation of what lies there says so too', () => {
    grantWaiver(depot.ledger, signed, second);
    heTo3('2');
    const explained = () =>
      explainFindings(
        depot.ledger,
        storeFindings(depot.ledger, 'DEP1', 'S3').filter(({ rule }) => rule === 'limit.exceeded'),
      );
    expect(explained()).toMatchObject([{ passesUntil: '2026-12-31', waivedKg: 1.4, waiverTooSmallKg: null }]);
    const receipt = { kind: 'receipt', item: 'HE', lotId: LOT_HE, from: 'SUP', to: 'S3', quantity: '1', condition: 'A1' } as const;
    expect(postMovement(depot.ledger, aRequest(depot.deps, { ...receipt, owner: 'ARMY', holder: 'DEPOT' })).posted).toBe(true);
    expect(explained()).toMatchObject([{ passesUntil: null, waivedKg: 2.1, waiverTooSmallKg: 1.4 }]);
  });

  test('is signed for no less than the licence allows, and never for nothing', () => {
    setLicence(depot.ledger, { place: 'S3', division: '1.1', limitG: 1_400 });
    const refusal = (more: object) => answer(() => grantWaiver(depot.ledger, { ...signed, ...more }, second));
    expect(refusal({})).toMatchObject({
      error: { code: 'badValue', field: 'quantityMaxKg', value: '1.4', expected: '> 1.4, the limit in force' },
    });
    for (const quantityMaxG of [0, -1, 1.5]) expect(refusal({ quantityMaxG })).toMatchObject({ error: { field: 'quantityMaxKg' } });
    expect(refusal({ quantityMaxG: 1_401 })).toMatchObject({ ok: true });
  });

  test.each(['limit.exceeded', 'limit.unlicensed', 'limit.indeterminate', 'qd.tooNear', 'store.floorLoad'])('%s asks for one', (rule) => {
    const { quantityMaxG: _, ...unbounded } = waiver;
    const division = isPerDivision(rule) ? { division: '1.1' } : {};
    const refused = answer(() => grantWaiver(depot.ledger, { ...unbounded, rule, ...division }, second));
    expect(refused).toEqual({ ok: false, error: { code: 'waiverQuantityRequired', rule } });
    expect(grantWaiver(depot.ledger, { ...waiver, rule, ...division }, second)).toMatchObject({ id: expect.any(String) });
  });

  test.each(['mix.articles.B-D', 'qd.indeterminate', 'life.expired'])('%s has none, and takes none', (rule) => {
    expect(answer(() => grantWaiver(depot.ledger, { rule, ...untilReady, quantityMaxG: 1 }, second))).toMatchObject({
      error: { code: 'badValue', field: 'quantityMaxKg', expected: '–' },
    });
    expect(grantWaiver(depot.ledger, { rule, ...untilReady }, second)).toMatchObject({ id: expect.any(String) });
  });

  test('an older one that says none goes on covering any, and the register says so', () => {
    const { quantityMaxG: _, ...older } = { id: 'older', ...signed };
    inWriteTransaction(depot.ledger, (tx) => record(tx, { type: 'waiver.granted', data: older }, { second }));
    expect(heTo3('800').posted).toBe(true);
    expect(waiverRegister(depot.ledger)).toMatchObject([{ id: 'older', quantityMaxKg: null }]);
    withdrawWaiver(depot.ledger, { id: 'older', reason: 'signed for no quantity' });
    expect(heTo3('1').posted).toBe(false);
    expect(verifyLedger(depot.ledger)).toMatchObject({ ok: true });
  });
});
