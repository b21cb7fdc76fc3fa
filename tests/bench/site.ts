/** All pairs of a large site against the bare double loop over their distances. */

import { rulePacks } from '../../electron/data/rules/books.ts';
import { UNTOLD_ITEM_FACTS } from '../../shared/domain/model.ts';
import type { ExposedSite, Position7, Shape, Structure } from '../../shared/domain/site.ts';
import { distanceMm } from '../../shared/rules/geometry/geometry.ts';
import type { RulePack } from '../../shared/rules/pack.ts';
import { carryPairs } from '../../shared/rules/site/carry.ts';
import { checkAround, checkSite, type Load, loadOf } from '../../shared/rules/site/checkSite.ts';
import { makePlan, type Potential, type SitePlan } from '../../shared/rules/site/plan.ts';
import { type Figure, median, say, timed } from './measure.ts';

const STORES = 200;
const EXPOSED = 2_000;
/** Once: each takes ten seconds and more. */
const ROUNDS = 1;
const METRES7 = 90;

/** Stores in a grid with 400 m between them, houses all around and among them. */
const positionOf = (at: number, columns: number, spacingM: number): Position7 => [
  Math.floor(at / columns) * spacingM * METRES7,
  (at % columns) * spacingM * METRES7,
];
function boxAt([lat7, lon7]: Position7): Shape {
  const half = 10 * METRES7;
  return {
    kind: 'polygon',
    points: [
      [lat7 - half, lon7 - half],
      [lat7 - half, lon7 + half],
      [lat7 + half, lon7 + half],
      [lat7 + half, lon7 - half],
    ],
  };
}

const potentials = Array.from({ length: STORES }, (_, at): Potential => {
  const shape = boxAt(positionOf(at, 20, 400));
  const structure: Structure = {
    site: 'B',
    place: `S${at}`,
    construction: at % 3 === 0 ? 'ecm' : 'light',
    isBarricaded: at % 2 === 0,
    hasProtectiveRoof: null,
    frontMdeg: (at % 12) * 30_000,
    shape,
    conditionsMet: [],
    people: null,
    floorLoadMaxKgPerM2: null,
    stackHeightMaxMm: null,
    floorAreaDm2: null,
    underground: null,
  };
  return { place: structure.place, type: null, structure, shape };
});
const exposed = Array.from(
  { length: EXPOSED },
  (_, at): ExposedSite => ({
    site: 'B',
    exposed: `H${at}`,
    name: `House ${at}`,
    kind: at % 4 === 0 ? 'route' : 'inhabited',
    route: 'road',
    usersPerDay: at % 6_000,
    isBarricaded: null,
    hasProtectiveRoof: null,
    people: null,
    shape: boxAt(positionOf(at, 50, 170)),
    isActive: true,
    isBusyYard: null,
  }),
);

function loadsOf(pack: RulePack): Map<string, Load> {
  const item = {
    item: 'N',
    un: null,
    hazardCode: '1.1D',
    subdivision: null,
    form: 'article' as const,
    neqG: 1_000,
    heNeqG: 1_000,
    massG: 4_000,
    ...UNTOLD_ITEM_FACTS,
  };
  const load = (at: number) =>
    loadOf({ lines: [{ item: { ...item, hazardCode: at % 2 === 0 ? '1.1D' : '1.2E' }, place: `S${at}`, quantity: 500 + at }] }, pack);
  return new Map(potentials.map(({ place }, at) => [place, load(at)]));
}

/** The same site after one door was turned. */
function turned(plan: SitePlan): SitePlan {
  const [first, ...others] = potentials as [Potential, ...Potential[]];
  const structure = { ...(first.structure as Structure), frontMdeg: 45_000 };
  const after = makePlan(plan.books, [{ ...first, structure }, ...others], exposed);
  carryPairs(plan, after);
  return after;
}

/** Ratio of the whole check of a site, geometry included, to its distances alone; and of one change to the whole. */
export function siteFigures(): readonly Figure[] {
  const pack = rulePacks().get('iatg-2021') as RulePack;
  const loads = loadsOf(pack);
  const bare: number[] = [];
  const whole: number[] = [];
  const around: number[] = [];
  const rebuilt: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    bare.push(
      timed(() => {
        for (const from of potentials) for (const to of exposed) distanceMm(from.shape as Shape, to.shape);
      }),
    );
    const plan = makePlan(pack.distances, potentials, exposed);
    whole.push(timed(() => checkSite(plan, loads, pack)));
    const after = new Map([...loads, ['S7', loads.get('S8') as Load] as const]);
    checkAround(plan, { before: loads, after }, pack, 'S7');
    around.push(timed(() => checkAround(plan, { before: loads, after }, pack, 'S7')));
    rebuilt.push(timed(() => checkSite(turned(plan), loads, pack)));
  }
  say(
    `all pairs of ${STORES} x ${EXPOSED}: ${median(whole).toFixed(0)} ms, distances alone ${median(bare).toFixed(0)} ms, one change ${median(around).toFixed(1)} ms, one door turned ${median(rebuilt).toFixed(0)} ms`,
  );
  return [
    { name: `all pairs of ${STORES} potential and ${EXPOSED} exposed sites`, ratio: median(whole) / median(bare), limit: 3 },
    { name: 'distances after one movement against those of the whole site', ratio: median(around) / median(whole), limit: 0.02 },
    { name: 'check of the site after one door was turned, over its distances alone', ratio: median(rebuilt) / median(bare), limit: 0.1 },
  ];
}
