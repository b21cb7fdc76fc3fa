import type { StockInput } from '../../../shared/domain/imports.ts';
import { type Item, type LicenceDivision, type Lot, UNTOLD_ITEM_FACTS } from '../../../shared/domain/model.ts';
import type { Random } from './random.ts';

/** A finding that the whole-depot check must show. Subjects are sorted. */
export type PlannedFinding = Readonly<{ rule: string; place: string; subjects: readonly string[] }>;
export type Limits = Partial<Record<LicenceDivision, number>>;
export type PlantedStore = Readonly<{
  place: string;
  limitsG: Limits;
  items: readonly Omit<Item, 'site'>[];
  lots: readonly Omit<Lot, 'site'>[];
  stock: readonly StockInput[];
  findings: readonly PlannedFinding[];
}>;

const HIGH: Limits = { '1.1': 50_000_000, '1.2': 50_000_000, '1.3': 50_000_000, '1.4': 50_000_000 };
const QUANTITY = 100;
const LIFE_UNTIL_FAR = '2060-12-31';

type Fault = Readonly<{
  items: readonly Partial<Omit<Item, 'site'>>[];
  lots?: readonly Partial<Omit<Lot, 'site'>>[];
  condition?: string;
  limitsG?: Limits;
  /** Rule → positions of its subjects among the items. */
  expect: readonly (readonly [rule: string, ...subjects: number[]])[];
}>;

/** One planted store each. Nothing here ever moves, so that what is planted is found. */
const FAULTS: readonly Fault[] = [
  {
    items: [
      { hazardCode: '1.1B', un: '0029' },
      { hazardCode: '1.1C', un: '0279' },
    ],
    expect: [['mix.articles.B-C', 0, 1]],
  },
  {
    items: [
      { hazardCode: '1.2H', un: '0245', subdivision: '1.2.2' },
      { hazardCode: '1.1D', un: '0168' },
    ],
    expect: [['mix.articles.D-H', 0, 1]],
  },
  {
    items: [
      { hazardCode: '1.1D', un: '0168' },
      { hazardCode: '1.3G', un: '0254', subdivision: '1.3.2' },
    ],
    expect: [['mix.articles.D-G', 0, 1]],
  },
  {
    items: [
      { hazardCode: '1.1D', un: '0168' },
      { hazardCode: '1.1F', un: '0167' },
    ],
    expect: [['mix.articles.D-F', 0, 1]],
  },
  { items: [{ hazardCode: '1.1D', un: '0168', neqG: 2_000 }], limitsG: { ...HIGH, '1.1': 150_000 }, expect: [['limit.exceeded', 0]] },
  { items: [{ hazardCode: '1.1D', un: '0168' }], limitsG: {}, expect: [['limit.unlicensed', 0]] },
  {
    items: [
      { hazardCode: '1.1D', un: '0168' },
      { hazardCode: '1.1D', un: '0168' },
    ],
    lots: [{ lifeUntil: '2020-06-30' }, { lifeUntil: null }],
    expect: [
      ['life.expired', 0],
      ['life.unknown', 1],
    ],
  },
  {
    items: [{ hazardCode: '1.4S', un: '0012' }],
    lots: [
      { identity: 'unknown', text: '' },
      { identity: 'unknown', text: '', lifeUntil: null },
      { identity: 'mixed', text: '' },
      { identity: 'none', text: '' },
    ],
    expect: [
      ['unknown.lot', 0],
      ['unknown.lot', 0],
      ['unknown.lot', 0],
      ['unknown.lot', 0],
      ['life.unknown', 0],
    ],
  },
  { items: [{ hazardCode: '1.1D', un: '0168', neqG: null }], expect: [['unknown.neq', 0]] },
  {
    items: [{ hazardCode: '1.1D', un: '0168', neqG: null, massG: null }],
    expect: [
      ['unknown.neq', 0],
      ['limit.indeterminate', 0],
    ],
  },
  { items: [{ hazardCode: null, un: null }], expect: [['unknown.hazardCode', 0]] },
  {
    items: [
      { hazardCode: null, un: null },
      { hazardCode: '1.4S', un: '0012' },
    ],
    expect: [
      ['unknown.hazardCode', 0],
      ['mix.unknown', 0, 1],
    ],
  },
  { items: [{ hazardCode: '1.2E', un: '0321', subdivision: null, heNeqG: null }], expect: [['unknown.subdivision', 0]] },
  { items: [{ hazardCode: '1.4S', un: '0012' }], condition: 'unknown', expect: [['unknown.condition', 0]] },
  {
    items: [{ hazardCode: '1.1D', un: '0168' }],
    lots: [{ lifeUntil: '2019-12-31' }, { lifeUntil: '2021-01-31' }, { lifeUntil: '2023-03-31' }],
    expect: [
      ['life.expired', 0],
      ['life.expired', 0],
      ['life.expired', 0],
    ],
  },
  {
    items: [{ name: 'Planted rocket motors', hazardCode: '1.3C', un: '0186', subdivision: '1.3.1', traits: 'propulsive' }],
    expect: [['mix.segregation.propulsive', 0]],
  },
];
export const FAULT_COUNT = FAULTS.length;

/** The planted store number `at`, with what it holds and what must be found there. */
export function plantFault(at: number, place: string, owner: string, holder: string, random: Random): PlantedStore {
  const fault = FAULTS[at] as Fault;
  const items = fault.items.map(
    (given, index): Omit<Item, 'site'> => ({
      item: `F${String(at + 1).padStart(2, '0')}${String.fromCharCode(65 + index)}`,
      name: `Planted nature ${at + 1}${String.fromCharCode(97 + index)}`,
      un: null,
      hazardCode: null,
      subdivision: null,
      form: 'article',
      neqG: 50,
      heNeqG: 0,
      massG: 500,
      ...UNTOLD_ITEM_FACTS,
      packQuantity: 1,
      unit: 'each',
      securityClass: 4,
      weaponGroup: null,
      ...given,
    }),
  );
  const lotCount = Math.max(items.length, fault.lots?.length ?? 0);
  const lots = Array.from(
    { length: lotCount },
    (_, index): Omit<Lot, 'site'> => ({
      lotId: random.uuid(),
      item: (items[Math.min(index, items.length - 1)] as Omit<Item, 'site'>).item,
      text: `P${at + 1}-${index + 1}`,
      identity: 'known',
      maker: 'QX',
      made: '2010-01-01',
      lifeUntil: LIFE_UNTIL_FAR,
      ...fault.lots?.[index],
    }),
  );
  const stock = lots.map(
    ({ lotId }): StockInput => ({ lotId, place, quantity: QUANTITY, condition: fault.condition ?? 'A1', owner, holder }),
  );
  const findings = fault.expect.map(
    ([rule, ...subjects]): PlannedFinding => ({
      rule,
      place,
      subjects: subjects.map((index) => (items[index] as Omit<Item, 'site'>).item).sort(),
    }),
  );
  return { place, limitsG: fault.limitsG ?? HIGH, items, lots, stock, findings };
}
