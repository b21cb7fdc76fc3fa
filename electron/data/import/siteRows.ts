import type { RowError } from '../../../shared/domain/errors.ts';
import {
  constructions,
  type ExposedSite,
  exposedKinds,
  type Position7,
  rockKinds,
  routeKinds,
  type Shape,
  type Structure,
  type Underground,
} from '../../../shared/domain/site.ts';
import { Cells } from './cells.ts';
import type { CsvRow } from './readCsv.ts';

/** The files of a site plan. Positions are `latitude longitude` pairs in degrees, divided by semicolons. */
export const SITE_COLUMNS = {
  structures: [
    'place',
    'construction',
    'barricaded',
    'protective_roof',
    'front_deg',
    'positions',
    'people',
    'floor_load_kg_per_m2',
    'stack_height_max_mm',
    'floor_area_m2',
    'rock',
    'cover_m',
    'chamber_m3',
    'tunnel_m3',
    'tunnel_area_dm2',
    'tunnel_perimeter_mm',
    'protective_construction',
  ],
  exposed: [
    'exposed',
    'name',
    'kind',
    'route',
    'users_per_day',
    'barricaded',
    'protective_roof',
    'people',
    'positions',
    'shape',
    'active',
    'busy_yard',
  ],
} as const;
export const SITE_REQUIRED = { structures: ['place'], exposed: ['exposed', 'name', 'positions'] } as const;
export type SiteKind = keyof typeof SITE_COLUMNS;

const POSITIONS_MAX = 1_000;
const yesNo = (cells: Cells, column: string): boolean | null => {
  const word = cells.oneOf(column, ['yes', 'no'] as const);
  return word === null ? null : word === 'yes';
};

/** Up to 7 decimals of a degree are kept; more is finer than a centimetre. */
function unitsOf(text: string, most: number): number | null {
  if (!/^-?[0-9]{1,3}([.][0-9]+)?$/.test(text) || Math.abs(Number(text)) > most) return null;
  return Math.round(Number(text) * 1e7);
}

function readPositions(cells: Cells, column: string): readonly Position7[] | null {
  const text = cells.raw(column).trim();
  if (text === '') return null;
  const positions = text.split(';').map((pair): Position7 | null => {
    const [latitude = '', longitude = '', more] = pair.trim().split(/\s+/);
    const [lat7, lon7] = [unitsOf(latitude, 90), unitsOf(longitude, 180)];
    return lat7 === null || lon7 === null || more !== undefined ? null : [lat7, lon7];
  });
  if (positions.length > POSITIONS_MAX) return cells.refuse(column, `has more than ${POSITIONS_MAX} positions`);
  if (positions.includes(null)) return cells.refuse(column, 'must be pairs of latitude and longitude in degrees, divided by semicolons');
  return positions as readonly Position7[];
}

/** One position is a point, two a line, more an outline unless the file says otherwise. */
function shapeOf(cells: Cells, positions: readonly Position7[] | null, kind: Shape['kind'] | null): Shape | null {
  if (positions === null) return null;
  const natural = positions.length === 1 ? 'point' : positions.length === 2 ? 'line' : 'polygon';
  const least = { point: 1, line: 2, polygon: 3 }[kind ?? natural];
  if (positions.length < least || (kind === 'point' && positions.length > 1)) return cells.refuse('positions', `are not a ${kind}`);
  return { kind: kind ?? natural, points: positions };
}

/** Null where no cell says anything of a chamber. */
function readUnderground(cells: Cells): Underground | null {
  const coverM = cells.whole('cover_m');
  const read: Underground = {
    rock: cells.oneOf('rock', rockKinds),
    coverMm: coverM === null ? null : coverM * 1000,
    chamberVolumeM3: cells.whole('chamber_m3', 1),
    tunnelVolumeM3: cells.whole('tunnel_m3'),
    tunnelAreaDm2: cells.whole('tunnel_area_dm2', 1),
    tunnelPerimeterMm: cells.whole('tunnel_perimeter_mm', 1),
    hasProtectiveConstruction: yesNo(cells, 'protective_construction'),
  };
  return Object.values(read).every((value) => value === null) ? null : read;
}

export function readStructure(row: CsvRow, errors: RowError[]): Omit<Structure, 'site'> {
  const cells = new Cells(row, errors);
  const frontDeg = cells.whole('front_deg');
  if (frontDeg !== null && frontDeg > 359) cells.refuse('front_deg', 'must be whole degrees from 0 to 359');
  const floorAreaM2 = cells.whole('floor_area_m2');
  return {
    place: cells.code('place'),
    construction: cells.oneOf('construction', constructions),
    isBarricaded: yesNo(cells, 'barricaded'),
    hasProtectiveRoof: yesNo(cells, 'protective_roof'),
    frontMdeg: frontDeg === null || frontDeg > 359 ? null : frontDeg * 1000,
    shape: shapeOf(cells, readPositions(cells, 'positions'), null),
    conditionsMet: [],
    people: cells.whole('people'),
    floorLoadMaxKgPerM2: cells.whole('floor_load_kg_per_m2'),
    stackHeightMaxMm: cells.whole('stack_height_max_mm'),
    floorAreaDm2: floorAreaM2 === null ? null : floorAreaM2 * 100,
    underground: readUnderground(cells),
  };
}

/** Null where the row has no readable position: it was refused. */
export function readExposed(row: CsvRow, errors: RowError[]): Omit<ExposedSite, 'site'> | null {
  const cells = new Cells(row, errors);
  const positions = readPositions(cells, 'positions');
  const shape = shapeOf(cells, positions, cells.oneOf('shape', ['point', 'line', 'polygon'] as const));
  const read = {
    exposed: cells.code('exposed'),
    name: cells.words('name'),
    kind: cells.oneOf('kind', exposedKinds),
    route: cells.oneOf('route', routeKinds),
    usersPerDay: cells.whole('users_per_day'),
    isBarricaded: yesNo(cells, 'barricaded'),
    hasProtectiveRoof: yesNo(cells, 'protective_roof'),
    people: cells.whole('people'),
    isActive: yesNo(cells, 'active') ?? true,
    isBusyYard: yesNo(cells, 'busy_yard'),
  };
  if (shape !== null) return { ...read, shape };
  if (cells.raw('positions').trim() === '') cells.refuse('positions', 'is empty');
  return null;
}
