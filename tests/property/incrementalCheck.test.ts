// Goal: the check of one movement, which looks at the storehouse of arrival alone, says exactly what the check of the
// whole depot before and after it says. Method: random natures (codes, forms and NEQ unknown too) moved at random between
// the bays of two stores, open ground and the outside, in the real file, with nothing blocked.

import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeLedger } from '../../electron/data/ledger.ts';
import { setPolicy } from '../../electron/data/services/administer.ts';
import { checkDepot } from '../../electron/data/services/checkDepot.ts';
import { recordMeasures } from '../../electron/data/services/measures.ts';
import { postMovement } from '../../electron/data/services/postMovement.ts';
import { recordInputs } from '../../electron/data/services/recordInputs.ts';
import { importSitePlan } from '../../electron/data/services/siteRecords.ts';
import { UNTOLD_ITEM_FACTS } from '../../shared/domain/model.ts';
import { causedBy } from '../../shared/rules/compare.ts';
import type { Finding, JudgedFinding } from '../../shared/rules/finding.ts';
import { findingKey } from '../../shared/rules/ruleFinding.ts';
import { aDepot, aRequest, START_MS, type TestDepot } from '../support/depot.ts';

let depot: TestDepot;
const CODES = ['1.1D', '1.1B', '1.2G', '1.3C', '1.4S', '1.3L', null, '1.1S'];
const lotIdOf = (at: number) => `50000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
const INSIDE = ['S1', 'S1-A', 'S1-B', 'S2', 'S2-A', 'FIELD'];
const DAY_MS = 86_400_000;

const items = CODES.map((hazardCode, at) => ({
  item: `I${at}`,
  name: `Nature ${at}`,
  un: null,
  hazardCode,
  subdivision: at === 2 ? ('1.2.1' as const) : null,
  form: at % 3 === 0 ? null : ('article' as const),
  neqG: at === 4 ? null : 300 * (at + 1),
  heNeqG: null,
  massG: at === 4 ? null : 5_000,
  packQuantity: null,
  unit: 'each',
  securityClass: null,
  weaponGroup: null,
  ...UNTOLD_ITEM_FACTS,
}));
const aPlace = (place: string, kind: 'store' | 'bay' | 'external', parent: string | null, limitG: number | null) => ({
  place,
  name: place,
  kind,
  parent,
  type: null,
  lat7: null,
  lon7: null,
  limitsG: limitG === null ? {} : { '1.1': limitG, '1.2': limitG / 2, '1.4': limitG },
});

beforeAll(async () => {
  depot = await aDepot();
  const places = [
    aPlace('S1', 'store', null, 60_000),
    aPlace('S1-A', 'bay', 'S1', null),
    aPlace('S1-B', 'bay', 'S1', null),
    aPlace('S2', 'store', null, 20_000),
    aPlace('S2-A', 'bay', 'S2', null),
    aPlace('FIELD', 'bay', null, null),
    aPlace('OUT', 'external', null, null),
  ];
  const lots = items.map(({ item }, at) => ({
    lotId: lotIdOf(at),
    item,
    text: `L${at}`,
    identity: 'known' as const,
    maker: null,
    made: null,
    lifeUntil: '2099-01-01',
  }));
  recordInputs(depot.ledger, { items, places, lots, stock: [], requirements: [] }, START_MS - DAY_MS, () => undefined);
  const positions = 'place,construction,barricaded,positions\nS1,light,yes,0 0\nS2,light,yes,0.0001 0\nFIELD,open,no,0.0003 0\n';
  const around =
    'exposed,name,kind,barricaded,protective_roof,positions\nW1,Workshop,process,yes,yes,-0.0002 0\nW2,Workshop,process,yes,yes,0.0005 0\n';
  const files = { structures: { name: 's.csv', content: positions }, exposed: { name: 'e.csv', content: around } };
  expect(importSitePlan(depot.ledger, files, false).errors).toEqual([]);
  const survey = { stackMm: 5_000, wallGapMm: 0, roofGapMm: null, aisleMm: 900, dunnageMm: 10, coverAirMm: null };
  for (const place of ['S1-B', 'S2-A']) recordMeasures(depot.ledger, { place, onDate: '2020-01-01', ...survey, remark: '' });
  for (const family of ['mix', 'limit', 'class', 'unknown', 'qd'])
    for (const kind of ['move', 'receipt']) setPolicy(depot.ledger, { family, kind, mode: 'warn' });
});
afterAll(() => closeLedger(depot.ledger));

const movement = fc.record({
  lot: fc.integer({ min: 0, max: CODES.length - 1 }),
  from: fc.constantFrom('OUT', 'OUT', ...INSIDE),
  to: fc.constantFrom('OUT', ...INSIDE),
  quantity: fc.integer({ min: 1, max: 40 }),
});
const kindOf = (from: string, to: string) => (from === 'OUT' ? 'receipt' : to === 'OUT' ? 'issue' : 'move');
const ofPlaces = (findings: readonly Finding[]) => findings.filter(({ lotId }) => lotId === undefined);
const said = (findings: readonly Finding[]) => findings.map((finding) => [findingKey(finding), finding.numbers]).sort();

test('one movement is checked as the whole depot before and after it', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(fc.array(movement, { minLength: 1, maxLength: 12 }), (asked) => {
      for (const { lot, from, to, quantity } of asked) {
        const before = checkDepot(depot.ledger).findings;
        const outcome = postMovement(
          depot.ledger,
          aRequest(depot.deps, {
            kind: kindOf(from, to),
            lotId: lotIdOf(lot),
            from,
            to,
            quantity: String(quantity),
            condition: 'A1',
            owner: 'ARMY',
            holder: 'DEPOT',
          }),
        );
        if (!outcome.posted) continue;
        const after = checkDepot(depot.ledger).findings;
        expect(said(ofPlaces(outcome.findings))).toEqual(said(ofPlaces(causedBy(before, after))));
        for (const { rule } of ofPlaces(outcome.findings as readonly JudgedFinding[])) seen.add(rule);
      }
    }),
    { numRuns: 60 },
  );
  expect([...seen].filter((rule) => rule.startsWith('limit.')).length).toBeGreaterThan(1);
  expect([...seen].filter((rule) => rule.startsWith('mix.')).length).toBeGreaterThan(2);
  expect([...seen]).toEqual(
    expect.arrayContaining(['qd.oneSite', 'qd.tooNear', 'store.unmeasured', 'store.measureOld', 'store.checklistDue']),
  );
}, 120_000);
