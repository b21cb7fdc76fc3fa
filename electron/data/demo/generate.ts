import names from '../../../resources/demo/depot.json' with { type: 'json' };
import type { ImportInputs, PastMovement, PlaceInput, StockInput } from '../../../shared/domain/imports.ts';
import type { Lot, Requirement } from '../../../shared/domain/model.ts';
import type { Catalogue } from '../../../shared/rules/catalogue.ts';
import { NEQ_LICENSED_MAX_KG } from '../../../shared/rules/distance/required.ts';
import { FAULT_COUNT, type Limits, type PlannedFinding, type PlantedStore, plantFault } from './faults.ts';
import { history, type LivingLot } from './history.ts';
import { lotText } from './marking.ts';
import { makeNatures, type Nature } from './natures.ts';
import { Random } from './random.ts';
import { type DemoRounds, demoRounds } from './rounds.ts';
import { type DemoSitePlan, demoSitePlan } from './sitePlan.ts';

export type DemoSize = 'demo' | 'large';
export type DemoPlan = Readonly<{
  site: string;
  name: string;
  inputs: ImportInputs;
  openingAtMs: number;
  movementCount: number;
  /** Made lazily: a million of them do not lie in memory. One pass only. */
  movements: () => Iterable<PastMovement>;
  sitePlan: DemoSitePlan;
  rounds: DemoRounds;
  /** The whole-depot check must find exactly these, one for each heap or place. */
  findings: readonly PlannedFinding[];
}>;

/** No licence says more than `licenceMaxKg`. The large depot is for measuring alone: its stores hold what nobody would license. */
const SIZES = {
  demo: { stores: 41, natures: 280, lots: 1_174, movements: 12_000, licenceMaxKg: NEQ_LICENSED_MAX_KG },
  large: { stores: 200, natures: 800, lots: 49_974, movements: 1_000_000, licenceMaxKg: Number.POSITIVE_INFINITY },
} as const;
const YEARS = 10;
const DAY_MS = 86_400_000;
const YEAR_MS = 365.25 * DAY_MS;
const LIMIT_STEP_G = 10_000_000;

const storeCode = (number: number) => `S${String(number + 1).padStart(3, '0')}`;
const place = (code: string, name: string, kind: PlaceInput['kind'], limitsG: Limits): PlaceInput => ({
  place: code,
  name,
  kind,
  parent: null,
  type: kind === 'store' ? 'light' : null,
  lat7: null,
  lon7: null,
  limitsG,
});

type Made = Readonly<{ lot: Omit<Lot, 'site'>; living: LivingLot; opening: StockInput | null }>;

/**
 * The licence of a healthy store: all that may ever lie in it at once, whatever its divisions add up to, rounded up with ten
 * tonnes of room or to the most that any licence says. What does lie there stays below, so that only planted stores break one.
 */
function limitsOf(store: string, natures: ReadonlyMap<string, number>, made: readonly Made[], maxG: number): Limits {
  const heldG = made
    .filter(({ living }) => living.stores.includes(store))
    .reduce((sum, { lot, living, opening }) => sum + (opening?.quantity ?? living.received) * (natures.get(lot.item) ?? 0), 0);
  const limitG = Math.min(maxG, (Math.ceil(heldG / LIMIT_STEP_G) + 1) * LIMIT_STEP_G);
  return { '1.1': limitG, '1.2': limitG, '1.3': limitG, '1.4': limitG };
}

function makePlaces(count: number, planted: readonly PlantedStore[], limitsAt: (store: string) => Limits): PlaceInput[] {
  const healthy = Array.from({ length: count - planted.length }, (_, at) =>
    place(storeCode(at), `Store ${at + 1}, ${names.families[at % names.families.length]?.name ?? ''}`, 'store', limitsAt(storeCode(at))),
  );
  const faulty = planted.map((store, at) => place(store.place, `Store ${count - planted.length + at + 1}`, 'store', store.limitsG));
  const outside = [...names.units, ...names.suppliers].map((code) => place(code, code, 'external', {}));
  return [...healthy, ...faulty, ...outside];
}

/** A lot of one nature, either there at the opening or received in its year, in the stores of its family. */
function makeLot(
  nature: Nature,
  storesOfFamily: readonly (readonly string[])[],
  openingAtMs: number,
  asOfMs: number,
  random: Random,
): Made {
  const maker = random.pick(names.makers);
  const madeAtMs = asOfMs - random.between(1, 20 * 365) * DAY_MS;
  const made = new Date(madeAtMs).toISOString().slice(0, 10);
  const lifeUntil = new Date(asOfMs + random.between(400, 20 * 365) * DAY_MS).toISOString().slice(0, 10);
  const lot: Omit<Lot, 'site'> = {
    lotId: random.uuid(),
    item: nature.item.item,
    text: lotText(random, maker, Number(made.slice(0, 4))),
    identity: 'known',
    maker,
    made,
    lifeUntil,
  };
  const family = storesOfFamily[nature.family] as readonly string[];
  const first = random.below(family.length);
  const stores = [family[first] as string, family[(first + 1) % family.length] as string];
  const quantity = random.between(200, nature.item.hazardCode === '1.4S' ? 60_000 : 4_000);
  const [owner, holder] = [random.pick(names.owners), names.holder];
  const isOpening = madeAtMs < openingAtMs;
  const living: LivingLot = {
    lotId: lot.lotId,
    owner,
    holder,
    stores: [...new Set(stores)],
    receiptAt: isOpening ? 0 : madeAtMs + 30 * DAY_MS,
    received: isOpening ? 0 : quantity,
    heaps: new Map(isOpening ? [[stores[0] as string, quantity]] : []),
    open: new Map(),
  };
  return {
    lot,
    living,
    opening: isOpening ? { lotId: lot.lotId, place: stores[0] as string, quantity, condition: 'A1', owner, holder } : null,
  };
}

/** Need for some natures: above, near and below what lies there. */
function makeRequirements(natures: readonly Nature[], asOf: string, random: Random): Omit<Requirement, 'site'>[] {
  const year = Number(asOf.slice(0, 4));
  const line = (item: string, category: Requirement['category'], quantity: number) => ({
    item,
    category,
    quantity,
    from: `${year}-01-01`,
    to: `${year + 9}-12-31`,
    approvedBy: 'AUTHORITY',
  });
  return natures
    .filter((_, at) => at % 7 === 0)
    .flatMap(({ item }) => [
      line(item.item, 'first_line', random.between(50, 400)),
      line(item.item, 'reserve', random.between(500, 6_000)),
      line(item.item, 'training_per_year', random.between(20, 600)),
      line(item.item, 'test_per_year', random.between(1, 20)),
    ]);
}

/** The same seed, size and day give the same depot, to the last identifier. */
export function generateDepot({
  seed,
  size,
  asOf,
  catalogue,
}: Readonly<{ seed: number; size: DemoSize; asOf: string; catalogue: Catalogue }>): DemoPlan {
  const random = new Random(seed);
  const counts = SIZES[size];
  const asOfMs = Date.parse(`${asOf}T00:00:00Z`);
  const openingAtMs = asOfMs - YEARS * YEAR_MS;
  const planted = Array.from({ length: FAULT_COUNT }, (_, at) =>
    plantFault(at, storeCode(counts.stores - FAULT_COUNT + at), names.owners[0] as string, names.holder, random),
  );
  const natures = makeNatures(catalogue, names.families, counts.natures, random);
  const healthyStores = Array.from({ length: counts.stores - FAULT_COUNT }, (_, at) => storeCode(at));
  const storesOfFamily = names.families.map((_, family) => healthyStores.filter((_code, at) => at % names.families.length === family));
  const made = Array.from({ length: counts.lots }, (_, at) =>
    makeLot(natures[at % natures.length] as Nature, storesOfFamily, openingAtMs, asOfMs - 60 * DAY_MS, random),
  );
  const neqOf = new Map(natures.map(({ item }) => [item.item, item.neqG ?? 0]));
  const inputs: ImportInputs = {
    items: [...natures.map(({ item }) => item), ...planted.flatMap((store) => store.items)],
    places: makePlaces(counts.stores, planted, (store) => limitsOf(store, neqOf, made, counts.licenceMaxKg * 1000)),
    lots: [...made.map(({ lot }) => lot), ...planted.flatMap((store) => store.lots)],
    stock: [...made.flatMap(({ opening }) => (opening === null ? [] : [opening])), ...planted.flatMap((store) => store.stock)],
    requirements: makeRequirements(natures, asOf, random),
  };
  const sitePlan = demoSitePlan(healthyStores, planted);
  const rounds = demoRounds([...healthyStores, ...planted.map(({ place }) => place)]);
  const historySeed = random.bits();
  const movements = () =>
    history(
      {
        lots: made.map(({ living }) => living),
        units: names.units,
        suppliers: names.suppliers,
        count: counts.movements,
        fromMs: openingAtMs,
        untilMs: asOfMs,
      },
      new Random(historySeed),
    );
  return {
    site: names.site,
    name: names.name,
    inputs,
    openingAtMs,
    movementCount: counts.movements,
    movements,
    sitePlan,
    rounds,
    findings: [...planted.flatMap((store) => store.findings), ...sitePlan.findings, ...rounds.findings],
  };
}
