// Goal: what is entered of a nature, its storehouse and an approval decides how its NEQ counts, everywhere that asks for it,
// at once. Method: the real file, one nature of 1.1 with a filling and single-base propellant, and a rocket.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { closeLedger, inWriteTransaction, type Ledger, record, type Second } from '../../electron/data/ledger.ts';
import { storeFacts } from '../../electron/data/repositories/facts.ts';
import { findPlace } from '../../electron/data/repositories/reference.ts';
import { choosePack } from '../../electron/data/services/administer.ts';
import { type ApprovalInput, grantApproval, withdrawApproval } from '../../electron/data/services/approvals.ts';
import { checkDepot, storeFindings } from '../../electron/data/services/checkDepot.ts';
import { licenceRegister, licenceSheet } from '../../electron/data/services/licences.ts';
import { postMovement } from '../../electron/data/services/postMovement.ts';
import { rankPlaces } from '../../electron/data/services/rankPlaces.ts';
import { putExposed, putStructure } from '../../electron/data/services/siteRecords.ts';
import { sheetOf } from '../../electron/data/services/storehouse.ts';
import { whatIf } from '../../electron/data/services/whatIf.ts';
import { type LaterItemFacts, type Place, UNTOLD_ITEM_FACTS } from '../../shared/domain/model.ts';
import type { Construction, Structure } from '../../shared/domain/site.ts';
import { NOTHING_KNOWN } from '../../shared/rules/distance/underground.ts';
import { aDepot, addColleague, aRequest, LOT_HE, stockUp, type TestDepot } from '../support/depot.ts';

let depot: TestDepot;
let ledger: Ledger;
let second: Second;
beforeAll(async () => {
  depot = await aDepot();
  ledger = depot.ledger;
  stockUp(ledger);
  choosePack(ledger, { pack: 'aastp1-2006' });
});
afterAll(() => closeLedger(ledger));

/** The nature of which 900 lie in S1, of 700 g each. */
const enter = (facts: Partial<LaterItemFacts>, un: string | null = '0168', hazardCode = '1.1D') =>
  inWriteTransaction(ledger, (tx) =>
    record(tx, {
      type: 'item.put',
      data: {
        item: 'HE',
        name: 'Nature HE',
        un,
        hazardCode,
        subdivision: null,
        form: 'article',
        neqG: 700,
        heNeqG: 0,
        massG: 2100,
        packQuantity: 1,
        unit: 'each',
        securityClass: 4,
        weaponGroup: null,
        ...UNTOLD_ITEM_FACTS,
        ...facts,
      },
    }),
  );
const aStructure = (place: string, construction: Construction | null, atM: number, isUnderground = false): Omit<Structure, 'site'> => ({
  place,
  construction,
  isBarricaded: true,
  hasProtectiveRoof: null,
  frontMdeg: null,
  shape: { kind: 'point', points: [[Math.round((atM / 110_574.2758) * 1e7), 0]] },
  conditionsMet: [],
  people: null,
  floorLoadMaxKgPerM2: null,
  stackHeightMaxMm: null,
  floorAreaDm2: null,
  underground: isUnderground ? NOTHING_KNOWN : null,
});
const build = (construction: Construction | null, isUnderground = false) =>
  putStructure(ledger, aStructure('S1', construction, 0, isUnderground));
const limitTo = (limitG: number) =>
  inWriteTransaction(ledger, (tx) => record(tx, { type: 'licence.set', data: { place: 'S1', division: '1.1', limitG } }));
const neqKg = () => licenceSheet(ledger, 'S1').neqKg;
const BALL_KG = 120;

test('the licence sheet and the register count what the standard counts, as soon as building or nature is known', () => {
  enter({ fillingNeqG: 100, singleBaseNeqG: 300 });
  expect(neqKg()).toBe(BALL_KG + 540); // the filling is left out everywhere, the propellant only where the building is known
  build('light');
  expect(neqKg()).toBe(BALL_KG + 270);
  expect(licenceRegister(ledger).find(({ place }) => place === 'S1')?.neqKg).toBe(BALL_KG + 270);
  build('light', true);
  expect(neqKg()).toBe(BALL_KG + 540);
  build('ecm');
  expect(neqKg()).toBe(BALL_KG + 540);
  build(null);
  expect(neqKg()).toBe(BALL_KG + 540);
  build('light');
  choosePack(ledger, { pack: 'strictest' });
  expect(neqKg()).toBe(BALL_KG + 540);
  choosePack(ledger, { pack: 'aastp1-2006' });
  expect(neqKg()).toBe(BALL_KG + 270);
});

test('a place whose type is underground counts in full everywhere, whatever building was entered', () => {
  const be = (type: string | null) => {
    const { site: _site, store: _store, ...place } = findPlace(ledger, 'DEP1', 'S1') as Place;
    inWriteTransaction(ledger, (tx) => record(tx, { type: 'place.put', data: { ...place, type } }));
  };
  const counted = () => {
    const { caused, cured } = whatIf(ledger, { structures: [aStructure('S1', 'light', 1)], exposed: [], stock: [] });
    const limits = [...caused, ...cured].filter(({ rule }) => rule === 'limit.exceeded');
    return [neqKg(), storeFacts(ledger, 'DEP1', 'S1').building?.isUnderground, limits];
  };
  limitTo(270_000);
  expect(counted()).toEqual([BALL_KG + 270, false, []]);
  be('underground');
  expect(counted()).toEqual([BALL_KG + 540, true, []]);
  be(null);
  limitTo(1_000_000);
});

test('a limit holds for what counts, and says what was left out', () => {
  limitTo(270_000);
  const over = () => storeFindings(ledger, 'DEP1', 'S1').filter(({ rule }) => rule === 'limit.exceeded');
  expect(over()).toEqual([]);
  limitTo(269_999);
  expect(over()).toMatchObject([{ numbers: { neqKg: 270, leftOutKg: 360 }, facts: { division: '1.1' } }]);
  expect(over()[0]?.facts.leftOut).toBe('HE 270 kg (limit.exclusion.singleBase); HE 90 kg (limit.exclusion.filling)');
  limitTo(1_000_000);
});

test('distances, what-if and the ranking ask for what counts', () => {
  for (const [place, atM] of [
    ['S2', 1_000],
    ['S3', 2_000],
  ] as const)
    putStructure(ledger, aStructure(place, 'light', atM));
  putExposed(ledger, {
    exposed: 'H1',
    name: 'Farm',
    kind: 'inhabited',
    route: null,
    usersPerDay: null,
    isBarricaded: null,
    hasProtectiveRoof: null,
    people: 4,
    shape: { kind: 'point', points: [[-Math.round((405 / 110_574.2758) * 1e7), 0]] },
    isActive: true,
    isBusyYard: null,
  });
  const near = () =>
    checkDepot(ledger)
      .findings.filter(({ rule }) => rule === 'qd.tooNear')
      .map(({ place, numbers }) => `${place} ${numbers.neqKg}`);
  expect(near()).toEqual([]);
  const asked = whatIf(ledger, { structures: [], exposed: [], stock: [{ place: 'S1', item: 'HE', quantity: 25_000 }] });
  expect(asked.caused.filter(({ rule }) => rule === 'qd.tooNear')).toMatchObject([
    { place: 'S1', numbers: { neqKg: 7770, leftOutKg: 10_360 } },
  ]);
  const covered = whatIf(ledger, {
    structures: [aStructure('S1', 'process', 0)],
    exposed: [],
    stock: [{ place: 'S1', item: 'HE', quantity: 10_000 }],
  });
  expect(covered.caused.filter(({ rule }) => rule === 'qd.tooNear')).toMatchObject([{ place: 'S1', numbers: { neqKg: 6540 } }]);
  const { to: _to, ...request } = aRequest(depot.deps, { kind: 'move', item: 'HE', lotId: LOT_HE, from: 'S1', to: 'S3', quantity: '10' });
  expect(rankPlaces(ledger, request)[0]).toMatchObject({ place: 'S3', isPossible: true });
  expect(sheetOf(ledger, 'S1').withdrawal?.distanceM).toBe(850);
});

const approval = (more: Partial<ApprovalInput> = {}): ApprovalInput => ({
  rule: 'mix.segregation.propulsive',
  place: 'S3',
  conditions: ['restrained'],
  authority: 'Inspectorate 7',
  until: '2026-12-31',
  reason: 'racks with straps, inspected',
  ...more,
});
const toS3 = () =>
  postMovement(ledger, aRequest(depot.deps, { kind: 'move', item: 'HE', lotId: LOT_HE, from: 'S1', to: 'S3', quantity: '10' }));

test('a rocket that would fly goes nowhere until the place is approved for it', async () => {
  second = await addColleague(ledger, 'amina', ['commander']);
  enter({}, '0181', '1.1E');
  const said = () => storeFindings(ledger, 'DEP1', 'S1').filter(({ rule }) => rule.startsWith('mix.segregation.'));
  expect(said()).toMatchObject([{ rule: 'mix.segregation.mayBePropulsive', severity: 'warn' }]);
  expect(toS3().posted).toBe(true);
  enter({ traits: 'propulsive' }, '0181', '1.1E');
  expect(said()).toMatchObject([{ rule: 'mix.segregation.propulsive', severity: 'stop' }]);
  const more = () =>
    postMovement(ledger, aRequest(depot.deps, { kind: 'move', item: 'HE', lotId: LOT_HE, from: 'S1', to: 'S2', quantity: '10' }));
  expect(more()).toMatchObject({ posted: false, refusal: { code: 'blockedByFinding' } });
  const { id } = grantApproval(ledger, approval(), second);
  expect(toS3().posted).toBe(true);
  const atS3 = () => storeFindings(ledger, 'DEP1', 'S3').find(({ rule }) => rule === 'mix.segregation.propulsive');
  expect(atS3()).toMatchObject({ severity: 'info', facts: { authority: 'Inspectorate 7', until: '2026-12-31' } });
  withdrawApproval(ledger, { id, reason: 'the straps are worn' });
  expect(atS3()).toMatchObject({ severity: 'stop' });
});

test.each<[string, Partial<ApprovalInput>]>([
  ['a condition that is none of the row', { conditions: ['segregated'] }],
  ['one among others that is none', { conditions: ['restrained', 'hope'] }],
  ['no condition', { conditions: [] }],
  ['a rule that has no condition', { rule: 'mix.segregation.mayBePropulsive' }],
])('no approval for %s', (_name, wrong) => {
  expect(() => grantApproval(ledger, approval(wrong), second)).toThrow('badValue');
});

test('1.6N counts by its proof, and by the approval where two natures lie', () => {
  const divisions = () =>
    storeFindings(ledger, 'DEP1', 'S1')
      .filter(({ rule }) => rule === 'limit.exceeded')
      .map(({ facts, numbers }) => `${facts.division} ${numbers.neqKg}`);
  limitTo(1_000);
  enter({ traits: null }, null, '1.6N');
  expect(divisions()).toEqual(['1.1 616']);
  enter({ traits: 'demonstrated' }, null, '1.6N');
  expect(divisions()).toEqual([]);
  limitTo(699);
  expect(divisions()).toEqual(['1.1 0.7']);
});

test('all of it replays to the same', () => {
  expect(verifyLedger(ledger)).toMatchObject({ ok: true });
});
