import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { closeLedger, type Second } from '../../electron/data/ledger.ts';
import { answer } from '../../electron/data/refused.ts';
import { grantWaiver, setLicence } from '../../electron/data/services/administer.ts';
import { postMovement } from '../../electron/data/services/postMovement.ts';
import { aDepot, addColleague, aRequest, stockUp, type TestDepot } from '../support/depot.ts';

let depot: TestDepot;
let second: Second;
beforeEach(async () => {
  depot = await aDepot();
  stockUp(depot.ledger);
  for (const division of ['1.1', '1.4'] as const) setLicence(depot.ledger, { place: 'S3', division, limitG: 0 });
  second = await addColleague(depot.ledger, 'amina', ['commander']);
});
afterEach(() => closeLedger(depot.ledger));

const moveTo3 = (item: string, lot: string) =>
  postMovement(depot.ledger, aRequest(depot.deps, { kind: 'move', item, lot, from: 'S1', to: 'S3', quantity: '1' }));
const waiver = { rule: 'limit.exceeded', place: 'S3', until: '2026-12-31', reason: 'until the new store is ready' } as const;

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
    [{ rule: 'mix.articles.C-D', division: undefined }, 'badValue'],
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
