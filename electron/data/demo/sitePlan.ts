import Papa from 'papaparse';
import { SITE_COLUMNS } from '../import/siteRows.ts';
import type { PlannedFinding, PlantedStore } from './faults.ts';

/** The plan of the demo depot as two CSV files, and what the check must find because of it. */
export type DemoSitePlan = Readonly<{ structures: string; exposed: string; findings: readonly PlannedFinding[] }>;

/** On the equator, where no land is: metres per degree are the same both ways, nearly enough. */
const METRES_PER_DEGREE = 110_574;
const SPACING_M = 400;
const COLUMNS = 8;
/** Planted stores hold little; they stand in a line of their own, far from the others. */
const LINE_NORTH_M = 6_000;
const LINE_SPACING_M = 100;
/** The planted store that a farm stands too near to: 350 m, where 400 m is the least distance. */
const FARM_STORE = 5;
const FARM_STORE_NORTH_M = LINE_NORTH_M + 200;
const FARM_DISTANCE_M = 350;
const HALF_STORE_M = 10;

const at = (eastM: number, northM: number): string =>
  `${(northM / METRES_PER_DEGREE).toFixed(7)} ${(eastM / METRES_PER_DEGREE).toFixed(7)}`;
const box = (eastM: number, northM: number): string =>
  [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ]
    .map(([east = 0, north = 0]) => at(eastM + east * HALF_STORE_M, northM + north * HALF_STORE_M))
    .join('; ');

const structure = (place: string, eastM: number, northM: number) => [
  place,
  'light',
  'yes',
  '',
  '180',
  box(eastM, northM),
  '0',
  '10000',
  '4000',
  '400',
];

const exposedRows = (farmEastM: number): (string | number)[][] => [
  ['FARM-1', 'Lonely farm', 'inhabited', '', '', '', '', 5, at(farmEastM, FARM_STORE_NORTH_M + HALF_STORE_M + FARM_DISTANCE_M), '', 'yes'],
  [
    'VILLAGE',
    'Reed village',
    'inhabited',
    '',
    '',
    '',
    '',
    340,
    [at(0, -2_000), at(900, -2_000), at(900, -2_600), at(0, -2_600)].join('; '),
    'polygon',
    'yes',
  ],
  ['HOSPITAL', 'Valley hospital', 'vulnerable', '', '', '', '', 120, at(-4_000, 0), '', 'yes'],
  ['ROAD-7', 'Valley road', 'route', 'road', 2_400, '', '', '', [at(-2_000, -1_400), at(6_000, -1_400)].join('; '), 'line', 'yes'],
  ['LINE-2', 'Power line 2', 'powerNormal', '', '', '', '', '', [at(4_000, -3_000), at(4_000, 9_000)].join('; '), 'line', 'yes'],
];

/** Healthy stores in a grid with room around it; a line of planted ones; a village, a hospital, a road and a power line. */
export function demoSitePlan(healthy: readonly string[], planted: readonly PlantedStore[]): DemoSitePlan {
  const inGrid = healthy.map((place, index) => structure(place, (index % COLUMNS) * SPACING_M, Math.floor(index / COLUMNS) * SPACING_M));
  const inLine = planted.map(({ place }, index) =>
    structure(place, index * LINE_SPACING_M, index === FARM_STORE ? FARM_STORE_NORTH_M : LINE_NORTH_M),
  );
  const nearFarm = planted[FARM_STORE];
  const findings = [
    ...(nearFarm === undefined
      ? []
      : [{ rule: 'qd.tooNear', place: nearFarm.place, subjects: nearFarm.items.map(({ item }) => item).sort() }]),
    ...planted.flatMap(({ place, items }) => {
      const untold = items.filter(({ neqG, massG }) => neqG === null && massG === null).map(({ item }) => item);
      return untold.length === 0 ? [] : ['qd.indeterminate', 'store.floorUnknown'].map((rule) => ({ rule, place, subjects: untold }));
    }),
  ];
  return {
    structures: Papa.unparse({ fields: [...SITE_COLUMNS.structures], data: [...inGrid, ...inLine] }),
    exposed: Papa.unparse({ fields: [...SITE_COLUMNS.exposed], data: exposedRows(FARM_STORE * LINE_SPACING_M) }),
    findings,
  };
}
