// Goal: the life of a lot without a date of its own is that of its nature, in every check and on every page that shows one.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { closeLedger, inWriteTransaction, record } from '../../electron/data/ledger.ts';
import { lotChoices } from '../../electron/data/repositories/choices.ts';
import { listAllStock, listStock, listStockOfLot } from '../../electron/data/repositories/stock.ts';
import { checkDepot } from '../../electron/data/services/checkDepot.ts';
import { lotPage } from '../../electron/data/services/lotPage.ts';
import { postMovement } from '../../electron/data/services/postMovement.ts';
import { runSurplus } from '../../electron/data/services/runSurplus.ts';
import { stockAsOf } from '../../electron/data/services/stockAsOf.ts';
import { changeLife, lotLife } from '../../electron/data/services/surveillance.ts';
import { surplusPolicy } from '../../shared/contract/inputs.ts';
import { procedures } from '../../shared/contract/procedures.ts';
import { lifeEndOf } from '../../shared/domain/shelfLife.ts';
import { aDepot, addColleague, aRequest, LOT_HE, stockUp, type TestDepot } from '../support/depot.ts';

let depot: TestDepot;
beforeEach(async () => {
  depot = await aDepot();
  stockUp(depot.ledger);
});
afterEach(() => closeLedger(depot.ledger));

const enter = (shelfLifeMonths: number | null, lot: Readonly<{ made: string | null; lifeUntil: string | null }>) =>
  inWriteTransaction(depot.ledger, (tx) => {
    const item = { item: 'HE', name: 'HE', un: '0168', hazardCode: '1.1D', subdivision: null, form: 'article', neqG: 700 } as const;
    const more = { heNeqG: 0, massG: 2100, packQuantity: 1, unit: 'each', securityClass: 4, weaponGroup: null, shelfLifeMonths };
    record(tx, { type: 'item.put', data: { ...item, ...more } });
    record(tx, { type: 'lot.put', data: { lotId: LOT_HE, item: 'HE', text: 'АБВ-12-83', identity: 'known', maker: 'MK', ...lot } });
  });
const page = () => lotPage(depot.ledger, { site: 'DEP1', lotId: LOT_HE });
const lifeFindings = () =>
  checkDepot(depot.ledger)
    .findings.filter(({ rule, lotId }) => (rule === 'life.expired' || rule === 'life.unknown') && lotId === LOT_HE)
    .map(({ rule, facts }) => `${rule} ${facts.lifeUntil ?? ''} ${facts.shelfLifeMonths ?? ''}`.trim());
const issue = () =>
  postMovement(depot.ledger, aRequest(depot.deps, { kind: 'issue', item: 'HE', lotId: LOT_HE, from: 'S1', to: 'RANGE', quantity: '1' }));

test.each([
  ['2020-01-15', 12, '2021-01-15'],
  ['2020-01-31', 1, '2020-02-29'],
  ['2019-08-31', 6, '2020-02-29'],
  ['2020-02-29', 12, '2021-02-28'],
])('made on %s, good for %s months: until %s', (made, shelfLifeMonths, lifeUntil) => {
  expect(lifeEndOf({ made, lifeUntil: null }, { shelfLifeMonths })).toEqual({ lifeUntil, shelfLifeMonths });
});

test('the own date always wins, and what is not known stays unknown', () => {
  const own = { made: '2020-01-15', lifeUntil: '2040-01-01' };
  expect(lifeEndOf(own, { shelfLifeMonths: 12 })).toEqual({ lifeUntil: '2040-01-01', shelfLifeMonths: null });
  expect(lifeEndOf({ made: null, lifeUntil: null }, { shelfLifeMonths: 12 })).toEqual({ lifeUntil: null, shelfLifeMonths: null });
  expect(lifeEndOf({ made: '2020-01-15', lifeUntil: null }, { shelfLifeMonths: null })).toEqual({ lifeUntil: null, shelfLifeMonths: null });
});

test('today is its last day: it goes out; a day later it does not, and the finding says whose life that is', () => {
  enter(12, { made: '2025-06-01', lifeUntil: null }); // today is 2026-06-01
  expect(lifeFindings()).toEqual([]);
  expect(issue().posted).toBe(true);
  enter(12, { made: '2025-05-31', lifeUntil: null });
  expect(lifeFindings()).toEqual(['life.expired 2026-05-31 12']);
  expect(issue()).toMatchObject({ posted: false, refusal: { code: 'blockedByFinding', rules: ['life.expired'] } });
  expect(page().findings.find(({ rule }) => rule === 'life.expired')).toMatchObject({ facts: { shelfLifeMonths: '12' } });
  enter(12, { made: '2025-05-31', lifeUntil: '2026-06-01' });
  expect(lifeFindings()).toEqual([]);
  enter(null, { made: '2025-05-31', lifeUntil: null });
  expect(lifeFindings()).toEqual(['life.unknown']);
  enter(12, { made: null, lifeUntil: null });
  expect(lifeFindings()).toEqual(['life.unknown']);
});

test('every page and list shows the same day, and the page of the lot where it comes from', () => {
  enter(240, { made: '2018-01-31', lifeUntil: null });
  const { ledger } = depot;
  expect(page().lot).toMatchObject({ lifeUntil: '2038-01-31', shelfLifeMonths: 240 });
  const query = procedures['stock.list'].input.parse({ sort: { column: 'lifeUntil', isDescending: false } });
  const rows = [
    listStock(ledger, query).rows,
    listAllStock(ledger),
    listStockOfLot(ledger, 'DEP1', LOT_HE),
    stockAsOf(ledger, Date.now() * 2),
  ];
  for (const each of rows) {
    expect(each.find(({ lotId }) => lotId === LOT_HE)?.lifeUntil).toBe('2038-01-31');
    expect(each[0]).not.toHaveProperty('shelfLifeMonths');
  }
  expect(rows[0]?.map(({ lifeUntil }) => lifeUntil)).toEqual(['2038-01-01', '2038-01-01', '2038-01-31']);
  expect(lotChoices(ledger, { item: 'HE' })).toMatchObject([{ lifeUntil: '2038-01-31' }]);
  expect(lotLife(ledger, { site: 'DEP1', lotId: LOT_HE }).codeForLifeLeft).not.toBeNull();
});

test('the surplus counts with it', () => {
  const classes = () =>
    runSurplus(depot.ledger, { asOf: '2026-06-01', item: 'HE', policy: surplusPolicy.parse({}) }).items.flatMap(({ slices }) =>
      slices.map((slice) => `${slice.class} ${slice.lifeUntil} ${slice.reason}`),
    );
  enter(null, { made: '2018-01-01', lifeUntil: null });
  expect(classes()).toEqual(['PENDING_TECH null lifeUnknown']);
  enter(12, { made: '2018-01-01', lifeUntil: null });
  expect(classes()).toEqual(['PENDING_TECH 2019-01-01 lifeExpired']);
  enter(240, { made: '2018-01-01', lifeUntil: null });
  expect(classes()).toEqual(['SURPLUS_SERVICEABLE 2038-01-01 beyondNeed']);
});

test('a longer life than that of the nature needs an inspection, a shorter one does not, and then the lot has its own', async () => {
  const second = await addColleague(depot.ledger, 'amina', ['commander']);
  enter(240, { made: '2018-01-31', lifeUntil: null });
  const change = (until: string) => changeLife(depot.ledger, { lotId: LOT_HE, until, inspection: null, reason: 'heat of 2025' }, second);
  expect(() => change('2038-02-01')).toThrow('noBasisForExtension');
  change('2030-01-01');
  expect(page().lot).toMatchObject({ lifeUntil: '2030-01-01', shelfLifeMonths: null });
  enter(120, { made: '2018-01-31', lifeUntil: '2030-01-01' }); // what the nature says later does not rewrite the history
  expect(lotLife(depot.ledger, { site: 'DEP1', lotId: LOT_HE }).changes).toMatchObject([{ previous: '2038-01-31', until: '2030-01-01' }]);
  expect(verifyLedger(depot.ledger)).toMatchObject({ ok: true });
});
